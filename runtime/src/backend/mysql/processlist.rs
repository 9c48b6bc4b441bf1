//! The sessions of a server, and what they run.

use servicekit_chain::sql::hexadecimal;

/// What stands behind `FROM`: the sessions with `id`, `user`, `host`, `time` and `info`.
///
/// MySQL's `information_schema.processlist` is an error (3854) for as long as any session runs a statement with a character beyond
/// U+FFFF. The other one is empty with `performance_schema = OFF`, and came with 8.0.22:
/// <https://dev.mysql.com/doc/refman/8.4/en/performance-schema-processlist-table.html>
pub(super) const SESSIONS: &str = "/*!80022 (SELECT id, user, host, time, info FROM performance_schema.processlist UNION ALL \
     SELECT id, user, host, time, info FROM */ information_schema.processlist \
     /*!80022 WHERE NOT @@performance_schema) */ AS sessions";

/// How many bytes of a statement are compared; MySQL shows the first 1024.
const COMPARED: usize = 1000;

/// Whether a session runs this statement, as a condition.
pub(super) fn runs(statement: &str) -> String {
    // What the server leaves out around a statement before it reads it.
    let statement = statement
        .trim_ascii_start()
        .trim_end_matches(|letter: char| letter == ';' || letter.is_ascii_whitespace());
    let as_sent = beginning(statement.as_bytes());
    // MariaDB shows four marks instead of a character that its catalogue lacks.
    let as_shown = statement.replace(|letter| letter > '\u{ffff}', "????");
    let as_shown = beginning(as_shown.as_bytes());
    format!("LEFT(CAST(info AS BINARY), {COMPARED}) IN (X'{as_sent}', X'{as_shown}')")
}

fn beginning(text: &[u8]) -> String {
    hexadecimal(text.get(..COMPARED).unwrap_or(text))
}
