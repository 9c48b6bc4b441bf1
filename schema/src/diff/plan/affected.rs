//! The rows that a hazard is about.

use crate::table::{Column, Constraint, Index};

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
