//! MySQL and MariaDB: sqlx adds to `sql_mode` when it connects, and sets the time zone.

use crate::backend::answer::value;
use crate::backend::{Answer, OwnSetting};
use servicekit_chain::Dialect;
use servicekit_chain::sql::ModeSetting;

/// What sqlx adds to `sql_mode`: two by a statement, and one by what it tells the server of itself
/// (`CLIENT_IGNORE_SPACE`). <https://mariadb.com/kb/en/sql-mode/>
const ADDED: [&str; 3] = ["PIPES_AS_CONCAT", "NO_ENGINE_SUBSTITUTION", "IGNORE_SPACE"];

/// What sqlx sets the time zone to, unless the URL or the options name one.
const ZONE: &str = "+00:00";

/// Asks for the settings as they are, and as the server begins a session with.
pub(in crate::backend) fn question() -> String {
    "SELECT @@SESSION.sql_mode, @@GLOBAL.sql_mode, @@SESSION.time_zone, @@GLOBAL.time_zone".to_owned()
}

/// Reads the answer.
pub(in crate::backend) fn read(answers: &[Answer]) -> Vec<OwnSetting> {
    let answer = |column| value(answers, 0, column);
    let mode = answer(0).zip(answer(1)).map(|(now, global)| ("sql_mode", now, without_added(now, global)));
    let zone = answer(2).zip(answer(3)).filter(|(now, _)| *now == ZONE);
    let zone = zone.map(|(now, global)| ("time_zone", now, global.to_owned()));
    [mode, zone]
        .into_iter()
        .flatten()
        .filter(|(_, now, own)| now != own)
        .map(|(name, now, value)| OwnSetting { name, value, opened_with: now.to_owned() })
        .collect()
}

/// How a revision is read that begins under these settings.
pub(in crate::backend) fn mode(answers: &[Answer]) -> ModeSetting {
    let answer = |column| value(answers, 0, column);
    match answer(0).zip(answer(1)) {
        Some((now, global)) => ModeSetting::new(Dialect::Mysql, without_added(now, global), global),
        None => Dialect::Mysql.into(),
    }
}

/// The modes of a session without those that only sqlx has put there. The others stay, also where the server begins a
/// session without them: `init_connect` or a hook of the pool has set them.
fn without_added(now: &str, global: &str) -> String {
    let is_own = |mode: &&str| !ADDED.contains(mode) || global.split(',').any(|own| own == *mode);
    now.split(',').filter(is_own).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(values: [&str; 4]) -> Vec<(&'static str, String)> {
        let row = values.map(|value| Some(value.to_owned())).to_vec();
        let answer = Answer { rows: vec![row], affected: 0 };
        read(&[answer]).into_iter().map(|setting| (setting.name, setting.value)).collect()
    }

    #[test]
    fn what_the_driver_added_is_taken_away_and_everything_else_stays() {
        assert_eq!(
            own([
                "PIPES_AS_CONCAT,IGNORE_SPACE,STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION",
                "STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION",
                "+00:00",
                "SYSTEM"
            ]),
            [
                ("sql_mode", "STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION".to_owned()),
                ("time_zone", "SYSTEM".to_owned())
            ]
        );
        assert_eq!(
            own([
                "PIPES_AS_CONCAT,ANSI_QUOTES,IGNORE_SPACE,NO_ENGINE_SUBSTITUTION",
                "PIPES_AS_CONCAT",
                "SYSTEM",
                "SYSTEM"
            ]),
            [("sql_mode", "PIPES_AS_CONCAT,ANSI_QUOTES".to_owned())]
        );
    }

    #[test]
    fn a_time_zone_that_somebody_has_set_stays() {
        assert_eq!(own(["", "", "+02:00", "SYSTEM"]), []);
        assert_eq!(own(["", "STRICT_TRANS_TABLES", "+00:00", "+00:00"]), []);
    }
}
