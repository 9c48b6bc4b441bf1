//! Whether a statement throws data away.

use super::{LexicalMode, TokenCursor, has_pair, significant};

/// What behind `DROP` holds rows.
const WITH_ROWS: [&str; 4] = ["TABLE", "SCHEMA", "DATABASE", "MATERIALIZED"];

/// What behind the `DROP` of an `ALTER TABLE` is no column.
const NO_COLUMNS: [&str; 12] = [
    "CONSTRAINT",
    "INDEX",
    "KEY",
    "PRIMARY",
    "FOREIGN",
    "CHECK",
    "DEFAULT",
    "NOT",
    "IDENTITY",
    "EXPRESSION",
    "PERIOD",
    "SYSTEM",
];

/// Whether a statement is for throwing rows or columns away, as far as its text tells: `DROP TABLE`, the `DROP` of a
/// column, `DELETE`, `TRUNCATE`.
///
/// For a question before it runs, not for a guarantee: a procedure, a trigger or a cascade can do it as well.
///
/// ```
/// use servicekit_chain::sql::{Dialect, drops_data};
/// assert!(drops_data(Dialect::Sqlite, "ALTER TABLE users DROP COLUMN email"));
/// assert!(!drops_data(Dialect::Postgres, "ALTER TABLE users ALTER email DROP NOT NULL"));
/// ```
pub fn drops_data(mode: impl Into<LexicalMode>, sql: &str) -> bool {
    let mode = mode.into();
    let all = significant(mode, sql);
    let mut words = TokenCursor::new(mode.dialect, &all);
    match words.keyword().as_deref() {
        Some("DELETE" | "TRUNCATE") => true,
        Some("DROP") => words.is_any(&WITH_ROWS),
        // PostgreSQL: `WITH gone AS (DELETE FROM …)`.
        Some("WITH") => has_pair(words.rest(), |first, second| first.is("DELETE") && second.is("FROM")),
        Some("ALTER") if words.take_any(&["TABLE", "IGNORE", "ONLINE", "FOREIGN"]) => {
            has_pair(words.rest(), |first, second| first.is("DROP") && !second.is_any(&NO_COLUMNS))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dialect;

    #[test]
    fn what_throws_data_away_is_told_from_what_does_not() {
        let all = Dialect::ALL;
        let drops = [
            "DROP TABLE users",
            "  drop table if exists \"users\" cascade",
            "/* gone */ DELETE FROM users WHERE id = 1",
            "TRUNCATE users",
            "DROP SCHEMA shop CASCADE",
            "DROP MATERIALIZED VIEW totals",
            "ALTER TABLE users DROP email",
            "ALTER TABLE users ADD x INT, DROP COLUMN IF EXISTS email",
            "ALTER TABLE users DROP \"constraint\"",
            "WITH gone AS (DELETE FROM a RETURNING x) SELECT count(*) FROM gone",
        ];
        let keeps = [
            "",
            "SELECT 'DROP TABLE users'",
            "-- DROP TABLE users",
            "CREATE TABLE a (x INT REFERENCES b ON DELETE CASCADE)",
            "DROP INDEX users_email",
            "DROP VIEW totals",
            "DROP TEMPORARY TABLE t",
            "ALTER TABLE users DROP CONSTRAINT c",
            "ALTER TABLE users ALTER COLUMN a DROP DEFAULT, ALTER b DROP NOT NULL",
            "ALTER TABLE users DROP INDEX i, DROP FOREIGN KEY f, DROP PRIMARY KEY",
            "ALTER TABLE users RENAME COLUMN a TO b",
        ];
        for dialect in all {
            for sql in drops {
                assert!(drops_data(dialect, sql), "{dialect}: {sql}");
            }
            for sql in keeps {
                assert!(!drops_data(dialect, sql), "{dialect}: {sql}");
            }
        }
    }
}
