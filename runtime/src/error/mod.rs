//! Errors of a run, as plain data with their texts.

/// `Debug` as `Display`: `unwrap` in a test shows it, and a `main` that returns the error.
macro_rules! debug_as_display {
    ($($error:ty),*) => {$(
        impl std::fmt::Debug for $error {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(self, f)
            }
        }
    )*};
}

#[cfg(any(feature = "testing", feature = "api"))]
pub(crate) use debug_as_display;

mod database;
mod foreign_keys;
#[cfg(feature = "introspection")]
mod introspection;
mod kind;
#[allow(clippy::question_mark, reason = "the derive macros of nanoserde write it out")]
mod lock_holder;
mod name_limit;
pub(crate) mod no_answer;
mod notes;
mod old_server;
mod outside;
mod partial;
mod phase;
mod read_only;
mod recorded_elsewhere;
mod refused;
#[cfg(feature = "introspection")]
mod scratch;
mod setting;
mod statement;
#[cfg(test)]
mod tests;
mod text;
pub(crate) mod unsupported_operation;
mod work;

pub use database::DatabaseError;
pub use foreign_keys::ForeignKeyViolation;
#[cfg(feature = "introspection")]
pub use introspection::IntrospectionError;
pub use kind::{ErrorKind, UnknownRevision};
pub use lock_holder::LockHolder;
pub use name_limit::NameLimit;
#[doc(hidden)]
pub use notes::notes;
pub use old_server::{OldServer, ServerNote};
pub use outside::OutsideReason;
pub use partial::PartialStage;
pub use phase::Phase;
pub use read_only::ReadOnlyCause;
pub use recorded_elsewhere::RecordedElsewhere;
pub use refused::{RefusalReason, RefusedStatement};
#[cfg(feature = "introspection")]
pub use scratch::ScratchError;
pub use servicekit_chain::GraphError;
pub use servicekit_schema::OperationError;
pub use setting::SettingInTheWay;
pub use statement::{StagePosition, StatementError};
pub use unsupported_operation::UnsupportedOperation;
pub use work::{WorkError, WorkErrorKind};

pub(crate) use database::ErrorClass;
pub(crate) use statement::StatementOutcome;
pub(crate) use text::{KEPT_BY_THE_RUNNER, is_unknown};

use servicekit_chain::Heads;
use servicekit_chain::diagnostic::Diagnostic;
use std::fmt;

/// The error of a run.
///
/// Its text describes what happened, the state of the database now, and what to do; it can have several lines.
/// [`code`](Self::code) and [`kind`](Self::kind) are for programs. The `Debug` text is the same, because a `main`
/// that returns an error prints it.
///
/// ```
/// # async fn example(migrations: servicekit::Migrations, pool: servicekit::sqlx::SqlitePool) {
/// use servicekit::ErrorKind;
///
/// if let Err(error) = migrations.upgrade(&pool).await {
///     match error.kind() {
///         ErrorKind::Locked { waited, .. } => eprintln!("no luck for {waited:?}"),
///         _ => eprintln!("{}: {error}", error.code()),
///     }
/// }
/// # }
/// ```
pub struct Error {
    kind: Box<ErrorKind>,
    /// The version rows, where they are known.
    at: Option<Heads>,
}

impl Error {
    /// The kind of error, with its data.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// The kind of error by value.
    pub fn into_kind(self) -> ErrorKind {
        *self.kind
    }

    /// A stable name for programs, in snake case.
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// The whole error as a value: text, places, state and help. [`Diagnostic::render`] draws it, with or without colors.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic { state: self.state(), help: self.help(), ..text::diagnostic(&self.kind) }
    }

    /// What happened, in one line or several; for a failed statement, with the statement and its place.
    pub fn message(&self) -> String {
        text::diagnostic(&self.kind).to_string()
    }

    /// The state of the database now, if the error knows it.
    pub fn state(&self) -> Option<String> {
        text::state(&self.kind, self.at.as_ref())
    }

    /// Whether it was found before anything ran.
    pub(crate) fn ran_nothing(&self) -> bool {
        text::ran_nothing(&self.kind, self.at.as_ref())
    }

    /// What to do, if there is advice.
    pub fn help(&self) -> Option<String> {
        text::help(&self.kind)
    }

    /// The version rows now, if the error knows them.
    ///
    /// ```
    /// # async fn example(migrations: servicekit::Migrations, pool: servicekit::sqlx::SqlitePool) {
    /// if let Err(error) = migrations.upgrade(&pool).await {
    ///     match error.heads() {
    ///         Some(heads) => eprintln!("{} at {heads}", error.code()),
    ///         None => eprintln!("{}", error.code()),
    ///     }
    /// }
    /// # }
    /// ```
    pub fn heads(&self) -> Option<&Heads> {
        self.at.as_ref()
    }

    /// The same, with where the database is.
    #[must_use]
    pub(crate) fn at(mut self, heads: &Heads) -> Self {
        self.at = Some(heads.clone());
        self
    }

    /// The same, with where the database was seen last, where nothing newer is known.
    #[must_use]
    pub(crate) fn seen_at(mut self, heads: Option<Heads>) -> Self {
        if matches!(*self.kind, ErrorKind::Database(_)) {
            self.at = self.at.or(heads);
        }
        self
    }

    /// The error of the database, if another session only held it; any other error is returned.
    pub(crate) fn busy(self) -> Result<sqlx::Error, Self> {
        let at = self.at;
        let other = |kind| Err(Self { kind: Box::new(kind), at: at.clone() });
        match *self.kind {
            ErrorKind::Database(error) if error.class == ErrorClass::Busy => Ok(error.source),
            ErrorKind::Statement(error) if error.class == ErrorClass::Busy => Ok(error.source),
            ErrorKind::Work(error) if error.class == ErrorClass::Busy => {
                error.into_database_error().or_else(|error| other(ErrorKind::Work(error)))
            }
            kind => other(kind),
        }
    }

    /// Whether no answer came, so that none will come to anything else that is sent on the connection.
    pub(crate) fn is_silence(&self) -> bool {
        let source = match &*self.kind {
            ErrorKind::Database(error) => Some(&error.source),
            #[cfg(feature = "sqlite")]
            ErrorKind::JournalMode { source, .. } => source.as_ref().map(|source| source as _),
            ErrorKind::CommitUnknown { source, .. } => Some(source),
            ErrorKind::Statement(error) => Some(&error.source),
            _ => None,
        };
        source.is_some_and(|source| no_answer::waited(source).is_some())
    }

    /// Nobody knows what the statement has done.
    #[must_use]
    pub(crate) fn with_outcome(mut self, outcome: StatementOutcome) -> Self {
        if let ErrorKind::Statement(error) = &mut *self.kind {
            error.outcome = outcome;
        }
        self
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self { kind: Box::new(kind), at: None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostic().fmt(f)
    }
}

debug_as_display!(Error);

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.kind() {
            ErrorKind::Target(source) => Some(source),
            ErrorKind::Plan { source, .. } => Some(source),
            ErrorKind::Operation(error) => Some(&error.source),
            ErrorKind::Statement(error) => Some(&error.source),
            ErrorKind::Work(error) => error.source(),
            ErrorKind::Locked { source, .. } => source.as_ref().map(|source| source as _),
            ErrorKind::Database(error) => Some(&error.source),
            ErrorKind::CommitUnknown { source, .. } => Some(source),
            ErrorKind::UrlRefused { source, .. } => Some(source),
            #[cfg(feature = "introspection")]
            ErrorKind::Scratch(ScratchError::NotEmptied { source, .. }) => {
                source.as_ref().map(|source| source as _)
            }
            _ => None,
        }
    }
}

impl From<servicekit_chain::TargetError> for Error {
    fn from(source: servicekit_chain::TargetError) -> Self {
        ErrorKind::Target(source).into()
    }
}

impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

/// The database's own words, without what sqlx puts around them.
pub(crate) fn error_message(error: &sqlx::Error) -> String {
    match error.as_database_error() {
        Some(error) => error.message().to_owned(),
        None => match no_answer::waited(error) {
            Some(waited) => no_answer::describe(waited),
            None => error.to_string(),
        },
    }
}

/// A state, with where the database is when that is known.
fn located(state: &str, at: Option<&Heads>) -> String {
    match at {
        Some(at) => format!("{state}; the database is at {at}"),
        None => state.to_owned(),
    }
}
