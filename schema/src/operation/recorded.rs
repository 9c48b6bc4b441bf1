//! An operation of the list.

use super::{Operation, OperationError, OperationProblem};
use servicekit_chain::Dialect;
use std::panic::Location;

/// A recorded operation, with the place of the call that recorded it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RecordedOperation {
    /// The database it is meant for; `None` for all.
    pub dialect: Option<Dialect>,
    /// Whether each of its statements is committed by itself.
    pub autocommit: bool,
    /// The operation.
    pub operation: Operation,
    /// Where the revision, or a helper of it, called for it.
    pub location: &'static Location<'static>,
}

impl RecordedOperation {
    /// Whether it is meant for this database.
    pub fn is_for(&self, dialect: Dialect) -> bool {
        self.dialect.is_none_or(|only| only == dialect)
    }

    /// The error for what is wrong with it.
    pub fn error(&self, problem: OperationProblem) -> OperationError {
        OperationError::new(&self.operation, problem, self.location)
    }
}
