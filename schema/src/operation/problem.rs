//! The reason why an operation has no SQL.

use super::Operation;

/// What is found, or what keeps an operation from being turned into SQL.
pub(crate) type Result<T = ()> = std::result::Result<T, OperationProblem>;

/// The problem of an operation, and the solution if known.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationProblem {
    /// The problem.
    pub reason: String,
    /// The solution, if known.
    pub help: Option<String>,
}

impl OperationProblem {
    /// A problem without a solution.
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), help: None }
    }

    /// The solution.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, about one operation of several.
    pub(crate) fn within(self, operation: &Operation) -> Self {
        Self { reason: format!("{operation}: {}", self.reason), ..self }
    }

    /// Something that this database does not have.
    pub(crate) fn lacks(database: &str, what: &str) -> Self {
        Self::new(format!("{database} has no {what}"))
    }
}

/// Refuses an option that is set, where the database does not have it.
pub(crate) fn refuse(is_set: bool, database: &str, what: &str) -> Result {
    if is_set { Err(OperationProblem::lacks(database, what)) } else { Ok(()) }
}
