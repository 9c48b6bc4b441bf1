//! Columns.

use super::catalogue::FoundColumn;
use super::{types, values};
use servicekit_schema::stored::{ColumnText, comment_text};
use servicekit_schema::table::{Column, Type};

/// A column without what its clauses add; `None` where the text does not fit the catalogue.
pub(super) fn column(text: &ColumnText, known: &FoundColumn) -> Option<Column> {
    let is_same = text.name == known.name && types::is_same(&known.data_type, &text.data_type);
    let mut column = is_same.then(|| of_type(known, types::read(&text.data_type)))?;
    column.comment = text.comment.as_deref().and_then(comment_text);
    Some(column)
}

/// What the catalogue tells of a column.
pub(super) fn known(known: &FoundColumn) -> Column {
    of_type(known, types::read(&known.data_type))
}

fn of_type(known: &FoundColumn, data_type: Type) -> Column {
    let mut column = Column::new(known.name.as_str(), data_type);
    column.nullable = !known.is_not_null;
    if !known.is_generated {
        column.default = known.default.as_deref().and_then(values::read);
    }
    column
}
