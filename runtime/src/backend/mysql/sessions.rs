//! The settings, the number and the role of a session of MySQL and MariaDB.

use crate::backend::engine::{Quoting as _, Sessions};
use crate::backend::mysql::processlist::{SESSIONS, runs};
use crate::backend::mysql::{MySql, driver_settings, session_state};
use crate::backend::{Answer, OwnSetting, Server, Timeouts};
use servicekit_chain::sql::{ModeSetting, Named};

impl Sessions for MySql {
    fn settings(&self, timeouts: &Timeouts, _: &Server) -> Vec<(&'static str, String)> {
        let seconds = timeouts.lock.as_secs().max(1).to_string();
        vec![
            // A pool's hooks may have turned it off, and then nothing would be kept.
            ("autocommit", "1".to_owned()),
            ("lock_wait_timeout", seconds.clone()),
            ("innodb_lock_wait_timeout", seconds),
            // With others COMMIT ends the session, or begins a transaction that nobody asked for.
            ("completion_type", "NO_CHAIN".to_owned()),
        ]
        .into_iter()
        .chain(self.idle_settings(false))
        .collect()
    }

    fn idle_settings(&self, is_expected: bool) -> Vec<(&'static str, String)> {
        // No session can set keepalives here, so a host that is gone would keep the lock for two hours. But a run that is
        // there says something all the time, except while a revision works elsewhere.
        let seconds = if is_expected { 28_800 } else { 120 };
        vec![("wait_timeout", seconds.to_string())]
    }

    fn setting(&self, name: &str) -> Option<String> {
        Some(format!("SELECT @@SESSION.{name}"))
    }

    fn set(&self, name: &str, value: &str) -> Option<String> {
        // A number in quotes is refused.
        let is_number = !value.is_empty() && value.chars().all(|c| c.is_ascii_digit() || c == '.');
        // Such as `RELEASE`, which is a keyword.
        let value = if is_number { value.to_owned() } else { self.literal(value) };
        Some(format!("SET SESSION {name} = {value}"))
    }

    fn session_id(&self) -> Option<String> {
        Some("SELECT CONNECTION_ID()".to_owned())
    }

    fn session_exists(&self, id: &str, statement: &str) -> Option<String> {
        // After a restart another session may have the number; one that runs this very statement is the one.
        Some(format!(
            "SELECT COUNT(*) > 0 FROM {SESSIONS} WHERE id = {} AND {}",
            connection_id(id),
            runs(statement)
        ))
    }

    fn terminate_session(&self, id: &str) -> Option<String> {
        Some(format!("KILL CONNECTION {}", connection_id(id)))
    }

    fn role(&self) -> Option<&'static str> {
        Some("SELECT CURRENT_ROLE()")
    }

    fn sets_role(&self, sql: &str) -> bool {
        let mut words = sql.split_whitespace();
        let mut next_is = |keyword: &str| words.next().is_some_and(|word| word.eq_ignore_ascii_case(keyword));
        next_is("SET") && next_is("ROLE")
    }

    fn assume_own_role(&self, found: &Answer) -> Vec<String> {
        // MySQL answers names in quotes, MariaDB one as it is.
        let role = match found.first() {
            None | Some("NONE") => "NONE".to_owned(),
            Some(names) if names.contains('`') => names.to_owned(),
            Some(name) => self.quote(name),
        };
        vec![format!("SET ROLE {role}")]
    }

    fn restore_revision_role(&self, taken: Option<&str>) -> Vec<String> {
        taken.map(str::to_owned).into_iter().collect()
    }

    fn restore_own_role(&self, found: &Answer) -> Vec<String> {
        self.assume_own_role(found)
    }

    fn state_questions(&self, _: &[Named]) -> Vec<String> {
        session_state::questions()
    }

    fn save_state(&self, named: &[Named]) -> Vec<String> {
        session_state::keep(named)
    }

    fn restore_state(&self, _: &[&str], named: &[Named], before: &[Answer], after: &[Answer]) -> Vec<String> {
        session_state::put_back(self, named, before, after)
    }

    fn driver_settings_question(&self) -> Option<String> {
        Some(driver_settings::question())
    }

    fn driver_settings(&self, answers: &[Answer], _: &[Answer], _: Option<&str>) -> Vec<OwnSetting> {
        driver_settings::read(answers)
    }

    fn mode_setting(&self, answers: &[Answer]) -> ModeSetting {
        driver_settings::mode(answers)
    }
}

/// The number of a session; what is in the journal is not trusted to be one.
fn connection_id(id: &str) -> u64 {
    id.parse().unwrap_or_default()
}
