//! What the errors of SQLite mean.

use crate::backend::Tables;
use crate::backend::engine::ErrorClasses;
use crate::backend::sqlite::Sqlite;
use crate::error::ErrorClass;

impl ErrorClasses for Sqlite {
    // The column is unquoted on purpose: SQLite takes a double-quoted name of no column for a string.

    fn is_missing(&self, error: &sqlx::Error, tables: &Tables) -> bool {
        let words = error.as_database_error().map(sqlx::error::DatabaseError::message);
        words.is_some_and(|words| words == format!("no such table: {}", tables.plain_version()))
    }

    fn is_no_table(&self, error: &sqlx::Error) -> bool {
        says(error, "no such table: ")
    }

    fn corruption(&self, error: &sqlx::Error) -> Option<&'static str> {
        says(error, "no such column").then_some("it has no column `version_num`")
    }

    fn is_nothing_to_commit(&self, error: &sqlx::Error) -> bool {
        says(error, "cannot commit - no transaction is active")
    }

    fn is_no_savepoint(&self, error: &sqlx::Error) -> bool {
        says(error, "no such savepoint")
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

    fn help(&self, error: &sqlx::Error) -> Option<&'static str> {
        // Result codes: https://www.sqlite.org/rescode.html
        match code(error)? {
            787 => {
                return Some(
                    "a row refers to a row that does not exist: fix the revision; if it rebuilds a table, use connections with `foreign_keys(false)`",
                );
            }
            1032 => return Some("the file was moved or deleted while it was open: connect again"),
            _ => {}
        }
        Some(match primary_code(error)? {
            5 | 6 => "another session is writing to it: find that session, or raise the acquire timeout",
            8 => {
                "the file, its folder or the connection is read-only: give write permission to both the file \
                 and its folder, or migrate with an account that has it"
            }
            10 => {
                "reading or writing the disk failed: check free space, limits and the disk itself, then start again"
            }
            11 => "the file is damaged: restore a backup, or try SQLite's `.recover`",
            13 => "the disk or the database's page limit is full: free some space and start again",
            14 => {
                "check that the path is right and is a file, not a folder, and that its folder exists and can be opened; a file in WAL mode \
                 also needs a writable folder, else switch it to `PRAGMA journal_mode = DELETE` or open it with \
                 `immutable=1`"
            }
            26 => "the file is not a SQLite database, or it is encrypted: check the path",
            _ => return None,
        })
    }

    fn is_denied(&self, error: &sqlx::Error) -> bool {
        primary_code(error) == Some(8)
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
