//! What has no source.

use crate::operation::Operation;
use std::fmt;

/// An operation that no Rust can be written for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceError {
    /// Custom work, of which only the name is known.
    #[non_exhaustive]
    Work {
        /// The name.
        name: String,
    },
    /// The reverse of an operation that cannot be reversed.
    #[non_exhaustive]
    Irreversible {
        /// The operation.
        operation: String,
    },
    /// A batch has no method for it.
    #[non_exhaustive]
    InBatch {
        /// The operation.
        operation: String,
    },
}

impl SourceError {
    pub(super) fn in_batch(operation: &Operation) -> Self {
        Self::InBatch { operation: operation.to_string() }
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Work { name } => write!(f, "the work `{name}` is Rust that is not known here"),
            Self::Irreversible { operation } => write!(f, "{operation} cannot be reversed"),
            Self::InBatch { operation } => write!(f, "a batch has no method for {operation}"),
        }
    }
}

impl std::error::Error for SourceError {}
