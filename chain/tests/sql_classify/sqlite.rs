//! SQLite's statements, tried on 3.40.

use super::described::{assert_class, assert_rows};
use servicekit_chain::Dialect::Sqlite;

#[test]
fn sqlite_runs_nearly_everything_in_a_transaction() {
    assert_class(Sqlite, "transactional", TRANSACTIONAL);
}

pub(crate) const TRANSACTIONAL: &[&str] = &[
    "",
    "-- nothing",
    "ALTER TABLE t RENAME TO u",
    "ANALYZE",
    "CREATE TABLE vacuum_log (a)",
    "CREATE TABLE \"VACUUM\" (a)",
    "CREATE INDEX i ON t (a)",
    "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END",
    "CREATE VIEW v AS SELECT 'COMMIT'",
    "CREATE VIRTUAL TABLE f USING fts5(x)",
    "DELETE FROM t",
    "DROP TABLE t",
    "EXPLAIN QUERY PLAN SELECT 1",
    "EXPLAIN VACUUM",
    "INSERT INTO t VALUES ('VACUUM')",
    "REINDEX",
    "REPLACE INTO t VALUES (1)",
    "SELECT 1",
    "UPDATE t SET a = 1",
    "VALUES (1)",
    "WITH q AS (SELECT 1) DELETE FROM t",
    "PRAGMA foreign_keys",
    "PRAGMA journal_mode",
    "PRAGMA main.user_version",
    "PRAGMA user_version = 3",
    "PRAGMA main.application_id(7)",
    "PRAGMA table_info(t)",
    "PRAGMA \"Table_Info\"('t')",
    "PRAGMA integrity_check(10)",
    "PRAGMA incremental_vacuum(10)",
    "PRAGMA optimize",
    "PRAGMA defer_foreign_keys = ON",
];

#[test]
fn sqlite_tells_settings_and_what_stands_alone() {
    assert_rows(Sqlite, OTHERS);
}

pub(crate) const OTHERS: &[(&str, &str)] = &[
    ("BEGIN IMMEDIATE", "control"),
    ("COMMIT TRANSACTION", "control"),
    ("END", "control"),
    ("ROLLBACK TO a", "control"),
    ("SAVEPOINT a", "control"),
    ("RELEASE a", "control"),
    ("\u{feff}COMMIT", "control"),
    ("-- a\n/* b */ \u{feff}COMMIT;", "control"),
    ("VACUUM;", "repeat"),
    ("SELECT 1; VACUUM", "ask"),
    ("vacuum main", "repeat"),
    ("VACUUM INTO 'copy.db'", "ask"),
    ("VACUUM main INTO 'copy.db'", "ask"),
    ("ATTACH 'a.db' AS a", "session"),
    ("DETACH DATABASE a", "session"),
    ("PRAGMA foreign_keys = ON", "session"),
    ("PRAGMA foreign_keys(OFF)", "session"),
    ("PRAGMA main.cache_size = -2000", "session"),
    ("PRAGMA writable_schema=RESET", "session"),
    ("PRAGMA journal_mode = WAL", "repeat"),
    ("PRAGMA main.journal_mode('delete')", "repeat"),
    ("PRAGMA journal_mode = MEMORY", "session"),
    ("PRAGMA journal_mode = 'off'", "session"),
    ("PRAGMA wal_checkpoint", "repeat"),
    ("PRAGMA wal_checkpoint(TRUNCATE)", "repeat"),
];
