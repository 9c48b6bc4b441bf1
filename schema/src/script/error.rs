//! Why a revision cannot be written.

use crate::diff::{Elsewhere, Unplannable};
use crate::operation::OperationError;
use crate::source::SourceError;
use servicekit_chain::Dialect;
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
    /// It is not known what something is on another database that the revision is for.
    Elsewhere(Elsewhere),
    /// There are no operations for something on another database that the revision is for.
    #[non_exhaustive]
    PlanElsewhere {
        /// The database.
        dialect: Dialect,
        /// What differs, and why there are none.
        problem: Box<Unplannable>,
    },
    /// One of the databases that the revision is for does not support an operation.
    #[non_exhaustive]
    Unsupported {
        /// The database.
        dialect: Dialect,
        /// The operation, and why.
        error: OperationError,
    },
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
            Self::Elsewhere(problem) => Some(by_hand(problem.unknown_on)),
            Self::PlanElsewhere { dialect, .. } => Some(by_hand(*dialect)),
            Self::Unsupported { dialect, error } => {
                Some(error.help.clone().unwrap_or_else(|| by_hand(*dialect)))
            }
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
            Self::Elsewhere(problem) => problem.fmt(f),
            Self::PlanElsewhere { dialect, problem } => {
                write!(f, "on {dialect}, {}\n{}", problem.reason, problem.fact)
            }
            Self::Unsupported { dialect, error } => {
                write!(f, "{} cannot run on {dialect}: {}", error.operation, error.reason)
            }
            Self::Render(error) => write!(f, "{}: {}", error.operation, error.reason),
            Self::NotSql { operation, reason } => write!(f, "{operation} is no plain SQL: {reason}"),
        }
    }
}

impl Error for ScriptError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Plan(problem) | Self::PlanElsewhere { problem, .. } => Some(problem),
            Self::Rust(error) => Some(error),
            Self::Elsewhere(problem) => Some(problem),
            Self::Render(error) | Self::Unsupported { error, .. } => Some(error),
            Self::NotSql { .. } => None,
        }
    }
}

/// What can be done where a revision cannot serve a database.
fn by_hand(dialect: Dialect) -> String {
    format!(
        "write the revision by hand, with `op.only_for` for what differs, or leave `{dialect}` out of `databases` in the \
         configuration"
    )
}
