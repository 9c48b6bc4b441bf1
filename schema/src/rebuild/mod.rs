//! Tables that are rebuilt, where SQLite's `ALTER TABLE` cannot make a change.
//!
//! What is known when a revision is recorded is a [`Rebuild`]: the changes as SQL, made by [`render`](crate::render). The text
//! of the table is read when the revision runs, and [`Rebuild::plan`] makes the statements of both.

mod edit;
mod mentions;
mod plan;
mod stored;
#[cfg(test)]
mod tests;

pub(crate) use edit::{AlterText, Edit, NewConstraint, OldConstraint};
pub use plan::{CurrentTable, StoredObject};

use crate::operation::{Operation, OperationProblem};
use crate::table::TableName;

/// Changes of one table that are made by one rebuild.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Rebuild {
    /// The table.
    pub table: TableName,
    edits: Vec<Edit>,
    /// What is to be changed, in words.
    changes: Vec<String>,
}

impl Rebuild {
    /// Nothing to change yet.
    pub(crate) fn new(table: TableName) -> Self {
        Self { table, edits: Vec::new(), changes: Vec::new() }
    }

    /// Adds a change, which this operation asks for.
    pub(crate) fn add(&mut self, operation: &Operation, edit: Edit) {
        self.edits.push(edit);
        self.changes.push(operation.to_string());
    }

    /// The statements that rebuild the table with these changes.
    ///
    /// While they run, foreign keys must be off, so that no row of another table goes with the old table, and
    /// `legacy_alter_table` on, so that a rename changes no text of another object.
    ///
    /// # Errors
    /// A change does not fit the table as it is.
    pub fn plan(&self, current: &CurrentTable) -> Result<Vec<String>, OperationProblem> {
        plan::plan(current, &self.edits)
    }

    /// A comment that describes it.
    pub fn to_text(&self) -> String {
        format!("-- rebuild of `{}`: {}", self.table, self.changes.join(", "))
    }
}
