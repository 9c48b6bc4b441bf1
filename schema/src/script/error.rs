//! Why a revision cannot be written.

use crate::diff::Unplannable;
use crate::operation::OperationError;
use crate::source::SourceError;
use std::error::Error;
use std::fmt;

/// A revision that cannot be written.
#[derive(Debug)]
#[non_exhaustive]
pub enum ScriptError {
    /// There are no operations for something that differs.
    Plan(Box<Unplannable>),
    /// There is no Rust for an operation.
    Rust(SourceError),
    /// The database does not support an operation.
    Render(OperationError),
    /// An operation is more than statements.
    #[non_exhaustive]
    NotSql {
        /// The operation.
        operation: String,
        /// What it is besides.
        reason: &'static str,
    },
}

impl ScriptError {
    /// What the reader can do.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Plan(_) | Self::Rust(_) => Some("write the revision by hand".to_owned()),
            Self::Render(error) => error.help.clone(),
            Self::NotSql { .. } => Some("write it as Rust: `--format rs`".to_owned()),
        }
    }
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan(problem) => write!(f, "{}\n{}", problem.reason, problem.fact),
            Self::Rust(error) => error.fmt(f),
            Self::Render(error) => write!(f, "{}: {}", error.operation, error.reason),
            Self::NotSql { operation, reason } => write!(f, "{operation} is no plain SQL: {reason}"),
        }
    }
}

impl Error for ScriptError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Plan(problem) => Some(problem),
            Self::Rust(error) => Some(error),
            Self::Render(error) => Some(error),
            Self::NotSql { .. } => None,
        }
    }
}
