//! Rebuilding a table, if SQLite's `ALTER TABLE` cannot make a change.
//!
//! A [`Rebuild`] is created when a revision is recorded: the changes as SQL, from [`render`](crate::render). The text
//! of the table is read when the revision runs, and [`Rebuild::plan`] creates the statements from both.

mod counter;
mod edit;
mod edit_text;
mod mentions;
mod plan;
#[cfg(test)]
mod tests;

pub(crate) use edit::{AlterText, Edit, OldConstraint, TypeText};
pub use plan::{CurrentTable, StoredObject};

use crate::operation::{Operation, OperationProblem};
use crate::table::TableName;
use servicekit_chain::Dialect;
use servicekit_chain::sql::quote_name;

/// Changes of one table in one rebuild.
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
    /// While they run, foreign keys must be off, so that dropping the old table deletes no rows of other tables, and
    /// `legacy_alter_table` must be on, so that the rename does not change the text of other objects.
    ///
    /// # Errors
    /// If a change does not fit the current table.
    pub fn plan(&self, current: &CurrentTable) -> Result<Vec<String>, OperationProblem> {
        plan::plan(current, &self.edits)
    }

    /// A comment that describes it.
    pub fn to_text(&self) -> String {
        format!("-- rebuild of `{}`: {}", self.table, self.changes.join(", "))
    }

    /// All of it as a text that can be digested as SQL.
    pub(crate) fn to_whole_text(&self) -> String {
        let edits: Vec<String> = self.edits.iter().map(ToString::to_string).collect();
        format!("REBUILD {} {}", quote_name(Dialect::Sqlite, &self.table.to_string()), edits.join(", "))
    }
}
