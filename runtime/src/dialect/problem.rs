//! Why an operation has no SQL.

use crate::operation::Operation;

/// What is wrong with an operation, and the way out where one is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) reason: String,
    pub(crate) help: Option<String>,
}

impl Problem {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, about one operation of several.
    pub(super) fn within(self, operation: &Operation) -> Self {
        Self { reason: format!("{operation}: {}", self.reason), ..self }
    }

    /// Something that this database does not have.
    pub(super) fn lacks(database: &str, what: &str) -> Self {
        Self::new(format!("{database} has no {what}"))
    }
}

/// Refuses an option that was said, where the database does not have it.
pub(super) fn refuse(said: bool, database: &str, what: &str) -> Result<(), Problem> {
    if said { Err(Problem::lacks(database, what)) } else { Ok(()) }
}
