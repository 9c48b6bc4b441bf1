//! Rows of the catalogue that many others are joined with.

mod column;
mod constraint;
mod index;

pub(super) use column::{ColumnRow, Generation, attribute_options};
pub(super) use constraint::{ConstraintRow, Kind};
pub(super) use index::IndexRow;
