//! Who holds a lock, read from what the server tells.

use crate::backend::Answer;
use crate::error::LockHolder;

/// What ends the part of a message that is the same for every revision: others see only the first thousand bytes or so
/// of what a session runs, and want to know what it runs for.
pub(crate) const OPENED: &str = " -- opened";

/// What the answer to the question for the holder of a lock says.
pub(crate) fn read_holder(answer: &Answer) -> Option<LockHolder> {
    let row = answer.rows.first()?;
    let value = |column: usize| row.get(column)?.clone().filter(|text| !text.is_empty());
    let (user, application, client, since, statement) = (value(1), value(2), value(3), value(4), value(5));
    let own = statement.as_ref().and_then(|text| text.split_once(OPENED)).map(|(_, rest)| rest);
    let own = own.map(|rest| rest.trim_start_matches([';', '\n']).to_owned());
    let statement = own.filter(|own| !own.is_empty()).or(statement);
    Some(LockHolder { session: value(0)?, user, application, client, since, statement })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(values: [Option<&str>; 6]) -> Option<String> {
        let row = values.map(|value| value.map(str::to_owned)).to_vec();
        read_holder(&Answer { rows: vec![row], affected: 0 }).map(|holder| holder.to_string())
    }

    #[test]
    fn a_holder_is_described_by_what_the_server_tells() {
        let all = [
            Some("4711"),
            Some("app"),
            Some("shop 1.2"),
            Some("10.0.0.3"),
            Some("12:00"),
            Some("ALTER\n TABLE a"),
        ];
        insta::assert_snapshot!(holder(all).unwrap(), @"session 4711 of shop 1.2 as app from 10.0.0.3 since 12:00, with `ALTER TABLE a`");
        insta::assert_snapshot!(holder([Some("7"), None, Some(""), None, None, None]).unwrap(), @"session 7");
        assert_eq!(holder([None; 6]), None);
        let opened = Some("BEGIN\n;\nSELECT 1 -- opened\n;\nALTER TABLE a");
        insta::assert_snapshot!(holder([Some("7"), None, None, None, None, opened]).unwrap(), @"session 7, with `ALTER TABLE a`");
        let long = "x".repeat(500);
        let text = holder([Some("7"), None, None, None, None, Some(&long)]).unwrap();
        assert_eq!(text.chars().filter(|&c| c == 'x').count(), 120);
    }
}
