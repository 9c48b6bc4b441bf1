//! What a person can do about an error of the database.

use super::sqlite;

/// About a table of the runner's own that is not as the runner left it.
pub(super) const KEPT_BY_THE_RUNNER: &str =
    "the runner keeps its tables itself: look for what else changes them, in the revision or in a trigger";

/// Reading asks for a write only for a file in WAL mode, whose `-shm` must be made, and after a crash, when the
/// journal must be rolled back: <https://www.sqlite.org/wal.html#read_only_databases>.
pub(super) const READ_NEEDS_WRITE: &str = "a file in WAL mode, or one that a crash left with a journal, needs a writable folder even for reading: open \
     it once where that is allowed and switch it to `PRAGMA journal_mode = DELETE`, or open it with `immutable=1` \
     if nobody writes to it";

/// What a person can do about an error of SQLite that is not about the statement.
pub(super) fn help_for(error: &sqlx::Error) -> Option<&'static str> {
    match error {
        sqlx::Error::PoolTimedOut => {
            return Some(
                "every connection of the pool is in use, or its hooks keep failing: give connections back before \
                 the run, allow more of them, or hand in the one that is at hand",
            );
        }
        sqlx::Error::PoolClosed => return Some("use a pool that is open"),
        _ => {}
    }
    // Result codes: https://www.sqlite.org/rescode.html
    match sqlite::code(error)? {
        787 => {
            return Some(
                "a row refers to one that is not there: mend the revision, or where it builds a table anew, run \
                 with connections that have `foreign_keys(false)`",
            );
        }
        1032 => return Some("the file was moved or deleted while it was open: connect again"),
        _ => {}
    }
    let help = match sqlite::primary_code(error)? {
        5 | 6 => "somebody else is writing to it: find out who, or raise the lock timeout",
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
    };
    Some(help)
}
