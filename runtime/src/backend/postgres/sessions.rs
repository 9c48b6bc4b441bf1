//! The settings, the name and the roles of a session of PostgreSQL.

use crate::backend::engine::{Quoting as _, Sessions};
use crate::backend::postgres::{Postgres, driver_settings, session_state};
use crate::backend::{Answer, OwnSetting, Server, Timeouts};
use servicekit_chain::sql::{ModeSetting, Named};
use std::time::Duration;

/// The settings that say which role a session has; to change the first one resets the second.
const ROLES: [&str; 2] = ["session_authorization", "role"];

/// How often the server looks whether its client is still there, in milliseconds.
const CHECK_INTERVAL: &str = "2000";

/// A session by its process and when it began: process numbers are used again.
const BACKEND: &str = "pid || ' ' || (extract(epoch FROM backend_start) * 1000000)::bigint";

impl Sessions for Postgres {
    fn settings(&self, timeouts: &Timeouts, server: &Server) -> Vec<(&'static str, String)> {
        let mut settings = vec![("lock_timeout", milliseconds(timeouts.lock))];
        settings.extend(gone_hosts(server));
        if let Some(timeout) = timeouts.statement {
            settings.push(("statement_timeout", milliseconds(timeout)));
        }
        if let Some(application) = server.application {
            settings.push(("application_name", application.to_owned()));
        }
        if server.notices_gone_clients {
            settings.push(("client_connection_check_interval", CHECK_INTERVAL.to_owned()));
        }
        settings
    }

    fn enforces_statement_timeout(&self) -> bool {
        true
    }

    fn patient_settings(&self, timeouts: &Timeouts) -> Vec<(&'static str, String)> {
        // A concurrent build waits for old transactions without being in the way of anybody.
        vec![
            ("lock_timeout", "0".to_owned()),
            ("statement_timeout", milliseconds(timeouts.statement.unwrap_or(timeouts.concurrent_index))),
        ]
    }

    fn setting(&self, name: &str) -> Option<String> {
        Some(format!("SELECT current_setting({})", self.literal(name)))
    }

    fn set(&self, name: &str, value: &str) -> Option<String> {
        Some(format!("SET {name} = {}", self.literal(value)))
    }

    fn is_pooled(&self) -> Option<String> {
        // sqlx says all of these when it connects, and the server notes who said it. A pooler has connected before.
        let said = "SELECT 1 FROM pg_settings WHERE source = 'client' AND name IN ('client_encoding', 'DateStyle', 'TimeZone')";
        Some(format!("SELECT NOT EXISTS ({said})"))
    }

    fn session_id(&self) -> Option<String> {
        Some(format!("SELECT {BACKEND} FROM pg_stat_activity WHERE pid = pg_backend_pid()"))
    }

    fn session_exists(&self, id: &str, _: &str) -> Option<String> {
        let id = self.literal(id);
        Some(format!("SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE {BACKEND} = {id})"))
    }

    fn terminate_session(&self, id: &str) -> Option<String> {
        let id = self.literal(id);
        Some(format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {BACKEND} = {id}"))
    }

    fn role(&self) -> Option<&'static str> {
        Some("SELECT current_setting('session_authorization'), current_setting('role')")
    }

    fn assume_own_role(&self, found: &Answer) -> Vec<String> {
        let kept = ROLES
            .map(|name| format!("SELECT set_config('servicekit.{name}', current_setting('{name}'), true)"));
        kept.into_iter().chain(self.set_roles(found, true)).collect()
    }

    fn restore_revision_role(&self, _: Option<&str>) -> Vec<String> {
        // The role last: to change the user of the session resets it.
        let back = ROLES
            .map(|name| format!("SELECT set_config('{name}', current_setting('servicekit.{name}'), true)"));
        back.into()
    }

    fn restore_own_role(&self, found: &Answer) -> Vec<String> {
        self.set_roles(found, false)
    }

    fn state_questions(&self, named: &[Named]) -> Vec<String> {
        session_state::questions(self, named)
    }

    fn restore_state(&self, _: &[&str], named: &[Named], before: &[Answer], after: &[Answer]) -> Vec<String> {
        session_state::put_back(self, named, before, after)
    }

    fn driver_settings_question(&self) -> Option<String> {
        Some(driver_settings::question())
    }

    fn driver_settings_in_files(&self, answers: &[Answer], options: Option<&str>) -> Vec<String> {
        driver_settings::question_of_files(answers, options)
    }

    fn driver_settings(
        &self,
        answers: &[Answer],
        files: &[Answer],
        options: Option<&str>,
    ) -> Vec<OwnSetting> {
        driver_settings::read(answers, files, options)
    }

    fn mode_setting(&self, answers: &[Answer]) -> ModeSetting {
        driver_settings::mode(answers)
    }
}

/// Settings by which the server notices in two minutes that the host of a client is gone; else nobody does for two hours,
/// with the lock still held. <https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-TCP-KEEPALIVES-IDLE>
fn gone_hosts(server: &Server) -> Vec<(&'static str, String)> {
    let mut settings = vec![
        ("tcp_keepalives_idle", "60".to_owned()),
        ("tcp_keepalives_interval", "10".to_owned()),
        ("tcp_keepalives_count", "6".to_owned()),
    ];
    if server.has_user_timeout {
        settings.push(("tcp_user_timeout", "120000".to_owned()));
    }
    settings
}

fn milliseconds(duration: Duration) -> String {
    // At most what a setting can hold; 0 would be no limit at all.
    duration.as_millis().clamp(1, 2_147_483_647).to_string()
}

impl Postgres {
    /// Takes on the roles that were found, for the transaction or for good.
    fn set_roles(&self, found: &Answer, is_local: bool) -> Vec<String> {
        let values = found.rows.first().map(Vec::as_slice).unwrap_or_default();
        let set = |(name, value): (&str, &Option<String>)| {
            let value = self.literal(value.as_deref()?);
            Some(format!("SELECT set_config('{name}', {value}, {is_local})"))
        };
        ROLES.into_iter().zip(values).filter_map(set).collect()
    }
}
