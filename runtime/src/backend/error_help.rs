//! What a person can do about an error of the database.

use crate::backend::silence;
use crate::backend::{Engine, ErrorClass};

/// About a table of the runner's own that is not as the runner left it.
pub(crate) const KEPT_BY_THE_RUNNER: &str =
    "the runner keeps its tables itself: look for what else changes them, in the revision or in a trigger";

/// Reading asks for a write only for a file in WAL mode, whose `-shm` must be made, and after a crash, when the
/// journal must be rolled back: <https://www.sqlite.org/wal.html#read_only_databases>.
#[cfg(feature = "sqlite")]
pub(crate) const READ_NEEDS_WRITE: &str = "a file in WAL mode, or one that a crash left with a journal, needs a writable folder even for reading: open \
     it once where that is allowed and switch it to `PRAGMA journal_mode = DELETE`, or open it with `immutable=1` \
     if nobody writes to it";

/// What a person can do about an error that is not about a statement, whatever database it is of.
pub(crate) fn help_for(error: &sqlx::Error) -> Option<&'static str> {
    match error {
        sqlx::Error::PoolTimedOut => Some(
            "every connection of the pool is in use, or its hooks keep failing: give connections back before \
             the run, allow more of them, or hand in the one that is at hand",
        ),
        sqlx::Error::PoolClosed => Some("use a pool that is open"),
        error if silence::waited(error).is_some() => Some(
            "check that the server runs and can be reached from here, and that nobody holds a lock on the version table; then \
             start again, with a longer lock timeout if it is only slow",
        ),
        // EMFILE and ENFILE, which are the same numbers on every Unix.
        sqlx::Error::Io(error) if cfg!(unix) && matches!(error.raw_os_error(), Some(23 | 24)) => {
            Some("let the process open more files, as with `ulimit -n`, or see why it has so many open")
        }
        sqlx::Error::Io(_) => {
            Some("check that the server runs and can be reached from here, then start again")
        }
        _ => ENGINES.iter().find_map(|engine| engine.help(error)),
    }
}

/// Whether an error says that the connection is gone, whatever database it is of.
pub(crate) fn is_gone(error: &sqlx::Error) -> bool {
    ENGINES.iter().any(|engine| engine.class(error) == ErrorClass::Gone)
}

/// Each engine only knows errors of its own driver.
const ENGINES: &[&dyn Engine] = &[
    #[cfg(feature = "sqlite")]
    &crate::backend::sqlite::Sqlite,
    #[cfg(feature = "postgres")]
    &crate::backend::postgres::Postgres,
    #[cfg(feature = "mysql")]
    &crate::backend::mysql::MySql,
];

/// About a constraint that is looked at when the transaction ends.
pub(crate) const DEFERRED_CONSTRAINT: &str = "a deferred constraint is checked at the commit: mend the revision, so that its rows fit together at its end, and start again";

/// Whether rows break a constraint.
pub(crate) fn is_constraint(error: &sqlx::Error) -> bool {
    use sqlx::error::ErrorKind::{CheckViolation, ForeignKeyViolation, NotNullViolation, UniqueViolation};
    let kind = error.as_database_error().map(sqlx::error::DatabaseError::kind);
    matches!(kind, Some(CheckViolation | ForeignKeyViolation | NotNullViolation | UniqueViolation))
}
