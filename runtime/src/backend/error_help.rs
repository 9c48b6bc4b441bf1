//! What a person can do about an error of the database.

use crate::backend::{Engine, SendError};
use crate::error::{DatabaseError, Error, ErrorClass, ErrorKind, KEPT_BY_THE_RUNNER, Phase, no_answer};

/// Reading asks for a write only for a file in WAL mode, whose `-shm` must be made, and after a crash, when the
/// journal must be rolled back: <https://www.sqlite.org/wal.html#read_only_databases>.
#[cfg(feature = "sqlite")]
const READ_NEEDS_WRITE: &str = "a file in WAL mode, or one that a crash left with a journal, needs a writable folder even for reading: open \
     it once with write access and switch it to `PRAGMA journal_mode = DELETE`, or open it with `immutable=1` \
     if it is never written to";

/// The error for what was refused while this was done.
pub(crate) fn database_error(phase: Phase, source: sqlx::Error) -> Error {
    let (class, help) = (class(&source), help_during(&phase, &source));
    ErrorKind::Database(Box::new(DatabaseError { phase, source, class, help })).into()
}

/// The same, for a statement that was refused.
pub(crate) fn during(phase: Phase) -> impl FnOnce(SendError) -> Error {
    move |error| database_error(phase, error.source)
}

/// A transaction could not be begun; one that sqlx does not know of has its own error.
pub(crate) fn begin_error(source: sqlx::Error) -> Error {
    match class(&source) {
        ErrorClass::InTransaction => ErrorKind::InTransaction.into(),
        _ => database_error(Phase::Begin, source),
    }
}

/// A file could not be opened.
#[cfg(feature = "sqlite")]
pub(crate) fn open_error(source: sqlx::Error, options: &sqlx::sqlite::SqliteConnectOptions) -> Error {
    let name = options.get_filename();
    // sqlx gives a database in memory the name of a URI; and when there was no connection to be had, the
    // file is not what is wrong.
    let is_file = source.as_database_error().is_some()
        && !name.as_os_str().is_empty()
        && !name.as_os_str().as_encoded_bytes().starts_with(b"file:")
        && name != std::path::Path::new(":memory:");
    database_error(Phase::Connect { file: is_file.then(|| name.to_owned()) }, source)
}

/// A server could not be reached.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) fn connect_error(source: sqlx::Error) -> Error {
    database_error(Phase::Connect { file: None }, source)
}

fn help_during(phase: &Phase, source: &sqlx::Error) -> Option<&'static str> {
    match phase {
        #[cfg(feature = "sqlite")]
        Phase::ReadVersion if crate::backend::sqlite::primary_code(source) == Some(8) => {
            Some(READ_NEEDS_WRITE)
        }
        Phase::BeginSession if matches!(source, sqlx::Error::PoolTimedOut) => Some(EXHAUSTED_BY_SESSIONS),
        #[cfg(feature = "sqlite")]
        Phase::BeginSession if crate::backend::sqlite::primary_code(source) == Some(5) => {
            Some(ANOTHER_WRITER)
        }
        Phase::ReadJournal | Phase::WriteJournal { .. } if lacks_new_column(source) => Some(OLD_JOURNAL),
        Phase::WriteVersion { .. } | Phase::WriteJournal { .. } => {
            Some(help_for(source).unwrap_or(KEPT_BY_THE_RUNNER))
        }
        Phase::Commit { .. } if is_constraint(source) => Some(DEFERRED_CONSTRAINT),
        _ => help_for(source),
    }
}

#[cfg(feature = "sqlite")]
const ANOTHER_WRITER: &str = "another session writes to the file for longer than the `busy_timeout`: commit that one sooner, or allow more time";

const EXHAUSTED_BY_SESSIONS: &str = "every connection of the pool is in use, or its hooks keep failing: end sessions sooner, hold one at a time in each \
     task, or allow more connections";

/// What a person can do about an error that is not about a statement, whatever database it is of.
fn help_for(error: &sqlx::Error) -> Option<&'static str> {
    match error {
        sqlx::Error::PoolTimedOut => Some(
            "every connection of the pool is in use, or its hooks keep failing: release connections before the run, \
             allow more of them, or pass a connection",
        ),
        sqlx::Error::PoolClosed => Some("use a pool that is open"),
        error if no_answer::waited(error).is_some() => Some(
            "check that the server runs and can be reached from here, and that no session holds a lock on the \
             version table; then start again, with a longer acquire timeout if the server is slow",
        ),
        // EMFILE and ENFILE, which are the same numbers on every Unix.
        sqlx::Error::Io(error) if cfg!(unix) && matches!(error.raw_os_error(), Some(23 | 24)) => {
            Some("let the process open more files, as with `ulimit -n`, or find out why so many are open")
        }
        sqlx::Error::Io(_) => {
            Some("check that the server runs and can be reached from here, then start again")
        }
        _ => ENGINES.iter().find_map(|engine| engine.help(error)),
    }
}

/// What kind of trouble an error is, whatever database it is of.
pub(crate) fn class(error: &sqlx::Error) -> ErrorClass {
    let mut classes = ENGINES.iter().map(|engine| engine.class(error));
    classes.find(|class| *class != ErrorClass::Other).unwrap_or(ErrorClass::Other)
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

/// About a journal whose columns have the names of builds before 0.1.
const OLD_JOURNAL: &str = "a build before 0.1 created the journal: while no run is active, rename its columns `step`, `steps` and `backend` to \
                           `stage`, `stages` and `session`, each by `ALTER TABLE … RENAME COLUMN`";

/// Whether a column is missing that had another name then. SQLite has no number for a missing column.
fn lacks_new_column(error: &sqlx::Error) -> bool {
    let Some(error) = error.as_database_error() else { return false };
    let message = error.message();
    let is_missing = matches!(error.code().as_deref(), Some("42703" | "42S22"))
        || message.starts_with("no such column")
        || message.contains("has no column named");
    let mut words = message.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    is_missing && words.any(|word| matches!(word, "stage" | "stages" | "session"))
}

/// About a constraint that is looked at when the transaction ends.
const DEFERRED_CONSTRAINT: &str = "a deferred constraint is checked at the commit: fix the revision so that its rows satisfy the constraint at its end, and start again";

/// Whether rows break a constraint.
fn is_constraint(error: &sqlx::Error) -> bool {
    use sqlx::error::ErrorKind::{CheckViolation, ForeignKeyViolation, NotNullViolation, UniqueViolation};
    let kind = error.as_database_error().map(sqlx::error::DatabaseError::kind);
    matches!(kind, Some(CheckViolation | ForeignKeyViolation | NotNullViolation | UniqueViolation))
}
