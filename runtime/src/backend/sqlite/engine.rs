//! SQLite: the write lock of each transaction is the lock, and nothing waits inside the server, which there is none.

use crate::backend::answer::Answer;
use crate::backend::rights::{MissingRight, RightQuestion};
use crate::backend::sqlite::{dropped_table, session_state};
use crate::backend::tables::Tables;
use crate::backend::{Engine, ErrorClass, Server, is_yes};
use crate::error::read_only::ReadOnlyCause;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{self, Named};
use std::time::Duration;

#[derive(Debug)]
pub(crate) struct Sqlite;

impl Engine for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn literal(&self, value: &str) -> String {
        sql::literal(Dialect::Sqlite, value)
    }

    fn quote(&self, name: &str) -> String {
        sql::quote_name(Dialect::Sqlite, name)
    }

    // The column is unquoted on purpose: SQLite takes a double-quoted name of no column for a string.

    fn is_missing(&self, error: &sqlx::Error, tables: &Tables) -> bool {
        let words = error.as_database_error().map(sqlx::error::DatabaseError::message);
        words.is_some_and(|words| words == format!("no such table: {}", tables.plain_version()))
    }

    fn says_no_table(&self, error: &sqlx::Error) -> bool {
        says(error, "no such table: ")
    }

    fn corruption(&self, error: &sqlx::Error) -> Option<&'static str> {
        let words = error.as_database_error()?.message();
        words.starts_with("no such column").then_some("it has no column `version_num`")
    }

    fn create_tables(&self, tables: &Tables) -> Vec<String> {
        // The name that Python's Alembic gives it.
        let key = self.quote(&format!("{}_pkc", tables.version_name()));
        let version = format!(
            "CREATE TABLE IF NOT EXISTS {} (version_num VARCHAR(255) NOT NULL, \
             CONSTRAINT {key} PRIMARY KEY (version_num))",
            tables.version()
        );
        let journal = format!(
            "CREATE TABLE IF NOT EXISTS {} (\
             seq INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL, revision TEXT NOT NULL, \
             direction TEXT NOT NULL, stage INTEGER NOT NULL, stages INTEGER NOT NULL, state TEXT NOT NULL, \
             source_digest TEXT, statement_digest TEXT, fingerprint TEXT, session TEXT, \
             started_at TEXT NOT NULL, finished_at TEXT, application TEXT, message TEXT, \
             version_schema TEXT, version_table TEXT)",
            tables.journal()
        );
        vec![version, journal]
    }

    fn begin(&self) -> &'static str {
        // A deferred BEGIN would fail at its first write, without waiting for the lock:
        // https://www.sqlite.org/lang_transaction.html
        "BEGIN IMMEDIATE"
    }

    fn must_be_checked(&self, sql: &str) -> bool {
        dropped_table::applies(sql)
    }

    fn takes_several(&self) -> bool {
        true
    }

    fn require_rows(&self, tables: &Tables, ids: &[String]) -> Option<String> {
        let (table, number, ids) = (tables.version(), ids.len(), ids.join(", "));
        // "integer overflow", or no row at all: each row would be a message between threads.
        // https://www.sqlite.org/lang_corefunc.html#abs
        Some(format!(
            "SELECT abs(-9223372036854775807 - 1) WHERE (SELECT count(*) FROM {table}) <> {number} \
             OR (SELECT count(*) FROM {table} WHERE version_num IN ({ids})) <> {number}"
        ))
    }

    fn commits_again(&self) -> bool {
        // SQLite leaves the transaction open then: https://www.sqlite.org/lang_transaction.html
        true
    }

    fn says_nothing_to_commit(&self, error: &sqlx::Error) -> bool {
        says(error, "cannot commit - no transaction is active")
    }

    fn time(&self) -> &'static str {
        "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
    }

    fn time_after(&self, time: &str, passed: Duration) -> String {
        format!(
            "strftime('%Y-%m-%dT%H:%M:%fZ', {}, '+{:.3} seconds')",
            self.literal(time),
            passed.as_secs_f64()
        )
    }

    fn shown_time(&self, column: &str) -> String {
        column.to_owned()
    }

    fn says_no_savepoint(&self, error: &sqlx::Error) -> bool {
        let words = error.as_database_error().map(sqlx::error::DatabaseError::message);
        words.is_some_and(|words| words.starts_with("no such savepoint"))
    }

    fn class(&self, error: &sqlx::Error) -> ErrorClass {
        // SQLITE_BUSY, and SQLITE_LOCKED for a shared cache: https://www.sqlite.org/rescode.html
        match primary_code(error) {
            Some(5 | 6) => ErrorClass::Busy,
            Some(1) if says(error, "cannot VACUUM from within a transaction") => ErrorClass::NotInTransaction,
            Some(1) if says(error, "cannot start a transaction within a transaction") => {
                ErrorClass::InTransaction
            }
            _ => ErrorClass::Other,
        }
    }

    fn names_owner(&self, tables: &Tables) -> Option<String> {
        Some(format!(
            "SELECT count(*) FROM pragma_table_info({}, {}) WHERE name = 'version_table'",
            self.literal(tables.journal_name()),
            self.literal(tables.schema().unwrap_or("main"))
        ))
    }

    fn before_another_session(&self) -> &'static [&'static str] {
        // The lock goes with the next look at the file: https://www.sqlite.org/pragma.html#pragma_locking_mode
        &["PRAGMA locking_mode = NORMAL", "SELECT 1 FROM sqlite_schema LIMIT 1"]
    }

    fn identify(&self, _: &Tables) -> Vec<String> {
        vec!["PRAGMA query_only".to_owned()]
    }

    fn read_identity(&self, _: &Tables, answers: &[Answer]) -> Server {
        let is_on = is_yes(answers.first().and_then(Answer::first));
        Server { read_only: is_on.then_some(ReadOnlyCause::Connection("query_only")), ..Server::default() }
    }

    fn kept(&self, _: &[Named]) -> Vec<String> {
        session_state::questions()
    }

    fn put_back(&self, statements: &[&str], _: &[Named], before: &[Answer], after: &[Answer]) -> Vec<String> {
        session_state::put_back(statements, before, after)
    }

    fn widen_journal(&self, tables: &Tables) -> Vec<String> {
        let add = |column| format!("ALTER TABLE {} ADD COLUMN {column} TEXT", tables.journal());
        vec![add("version_schema"), add("version_table")]
    }

    fn help(&self, error: &sqlx::Error) -> Option<&'static str> {
        // Result codes: https://www.sqlite.org/rescode.html
        match code(error)? {
            787 => {
                return Some(
                    "a row refers to one that does not exist: fix the revision, or where it rebuilds a table, run \
                     with connections that have `foreign_keys(false)`",
                );
            }
            1032 => return Some("the file was moved or deleted while it was open: connect again"),
            _ => {}
        }
        Some(match primary_code(error)? {
            5 | 6 => "another session is writing to it: find out who, or raise the acquire timeout",
            8 => {
                "the file, its folder or the connection is read-only: give write permission to both the file \
                 and its folder, or migrate with an account that has it"
            }
            10 => {
                "reading or writing the disk failed: check free space, limits and the disk itself, then start again"
            }
            11 => "the file is damaged: go back to a backup, or try SQLite's `.recover`",
            13 => "the disk or the database's page limit is full: make room and start again",
            14 => {
                "check that the path is right and is that of a file, not of a folder, and that the folder it is in exists \
                 and can be entered; a file in WAL mode \
                 also needs a writable folder, else switch it to `PRAGMA journal_mode = DELETE` or open it with \
                 `immutable=1`"
            }
            26 => "the file is something else, or it is encrypted: check the path",
            _ => return None,
        })
    }

    fn says_denied(&self, error: &sqlx::Error) -> bool {
        primary_code(error) == Some(8)
    }

    fn rights(&self, tables: &Tables, _: &Server) -> Vec<RightQuestion> {
        // It needs the write lock, which a read-only file refuses, and changes nothing; `BEGIN IMMEDIATE` only reads there.
        let texts = vec![format!("DELETE FROM {} WHERE 0", tables.version())];
        let right = MissingRight { right: "write permission", on: "the file".to_owned(), is_needed: true };
        vec![RightQuestion { right, texts }]
    }
}

fn says(error: &sqlx::Error, beginning: &str) -> bool {
    error.as_database_error().is_some_and(|error| error.message().starts_with(beginning))
}

/// The primary result code, without what SQLite adds in the higher bytes.
pub(crate) fn primary_code(error: &sqlx::Error) -> Option<u32> {
    code(error).map(|extended| extended & 0xff)
}

/// The extended result code.
fn code(error: &sqlx::Error) -> Option<u32> {
    let error = error.as_database_error()?.try_downcast_ref::<sqlx::sqlite::SqliteError>()?;
    sqlx::error::DatabaseError::code(error)?.parse().ok()
}
