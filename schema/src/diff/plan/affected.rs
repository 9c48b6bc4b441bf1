//! The rows that a hazard is about.

use crate::diff::renames::Renaming;
use crate::table::{Column, Constraint, Index, TableName};

/// The rows that a hazard is about, as the database has them before the change.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Affected {
    /// All rows of the table.
    Rows,
    /// The rows where this column is null.
    Null(String),
    /// The rows where this column is not null.
    Values(String),
    /// The rows where this column is zero.
    Zeros(String),
    /// The rows with a value that the new type of a column does not take.
    Unfit {
        /// The column as it is.
        from: Box<Column>,
        /// The column as it becomes.
        to: Box<Column>,
    },
    /// The rows that a new constraint does not take.
    Violating(Constraint),
    /// The rows that a new unique index does not take.
    Duplicates(Index),
    /// The rows with this value of the enum type.
    EnumValue(String),
    /// Only the change itself finds them; this says why.
    Untold(&'static str),
}

impl Affected {
    /// The same by other names.
    pub(in crate::diff) fn renamed(&self, renaming: &Renaming<'_>, table: &TableName) -> Self {
        let column = |name: &String| renaming.column_name(table, name);
        let whole = |of: &Column| Box::new(renaming.column(table, of));
        match self {
            Self::Null(name) => Self::Null(column(name)),
            Self::Values(name) => Self::Values(column(name)),
            Self::Zeros(name) => Self::Zeros(column(name)),
            Self::Unfit { from, to } => Self::Unfit { from: whole(from), to: whole(to) },
            Self::Violating(constraint) => Self::Violating(renaming.constraint(table, constraint)),
            Self::Duplicates(index) => Self::Duplicates(renaming.index(table, index)),
            Self::Rows | Self::EnumValue(_) | Self::Untold(_) => self.clone(),
        }
    }
}
