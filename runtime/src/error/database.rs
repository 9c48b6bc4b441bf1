//! Errors of the database outside the statements of a revision.

use crate::error::{Phase, error_message, notes};
use servicekit_chain::Heads;
use servicekit_chain::diagnostic::Diagnostic;

/// The database returned an error for something that is not part of a revision.
#[derive(Debug)]
#[non_exhaustive]
pub struct DatabaseError {
    /// The phase of the run.
    pub phase: Phase,
    /// The error of the database.
    pub source: sqlx::Error,
    /// What kind of trouble that is; found out by the backend, like the help.
    pub(crate) class: ErrorClass,
    pub(crate) help: Option<&'static str>,
}

impl DatabaseError {
    pub(super) fn diagnostic(&self) -> Diagnostic {
        let message = format!("{}: {}", self.phase, error_message(&self.source));
        Diagnostic::new("database_error", message).notes(notes(&self.source))
    }

    pub(super) fn state(&self, at: Option<&Heads>) -> Option<String> {
        match (&self.phase, at) {
            (Phase::Connect { .. }, None) => None,
            (_, Some(at)) if self.is_connection_lost() => Some(format!(
                "the server rolls back what was not committed; the database was last seen at {at}"
            )),
            (_, at) => {
                at.map(|at| format!("what was not committed has been rolled back; the database is at {at}"))
            }
        }
    }

    /// Whether the connection was lost before anything ran.
    pub(super) fn ran_nothing(&self, at: Option<&Heads>) -> bool {
        at.is_none() && self.is_connection_lost() && !matches!(self.phase, Phase::Connect { .. })
    }

    /// Whether the connection is gone.
    pub(crate) fn is_connection_lost(&self) -> bool {
        self.class == ErrorClass::Gone
    }
}

/// What kind of trouble an error is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorClass {
    /// Another session holds a lock: worth another attempt, nothing was done.
    Busy,
    /// The server has no room for another connection.
    #[cfg_attr(
        not(any(feature = "postgres", feature = "mysql")),
        allow(dead_code, reason = "a file has no server")
    )]
    TooManyConnections,
    /// The statement cannot run inside a transaction block; nothing was done.
    NotInTransaction,
    /// Another session has begun a transaction on this connection.
    InTransaction,
    /// The connection is gone, so the outcome of the last statement is unknown.
    Gone,
    /// Anything else.
    Other,
}
