//! A recorded operation.

use super::{Operation, OperationError, OperationProblem};
use servicekit_chain::Dialect;
use std::panic::Location;

/// A recorded operation, with the place of the call that recorded it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RecordedOperation {
    /// The kind of database that it is for; `None` for all.
    pub dialect: Option<Dialect>,
    /// Whether each of its statements is committed separately.
    pub autocommit: bool,
    /// The operation.
    pub operation: Operation,
    /// The place of the call in the revision, or in a helper.
    pub location: &'static Location<'static>,
}

impl RecordedOperation {
    /// Whether it is for this kind of database.
    pub fn is_for(&self, dialect: Dialect) -> bool {
        self.dialect.is_none_or(|only| only == dialect)
    }

    /// The error for a problem of it.
    pub fn error(&self, problem: OperationProblem) -> OperationError {
        OperationError {
            operation: self.operation.to_string(),
            reason: problem.reason,
            help: problem.help,
            file: self.location.file(),
            line: self.location.line(),
            column: self.location.column(),
        }
    }
}
