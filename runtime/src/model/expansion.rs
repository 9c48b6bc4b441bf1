//! What the derives refer to; not public API.

mod field_type;
pub mod reading;

pub use super::Kind;
#[cfg(feature = "entity")]
pub use super::entity_fields::{EntityId, EntityTags, EntityTime};
pub use super::enumeration::{native_enum, read_by_sqlx, unknown_number, unknown_text};
pub use super::registry::Entry;
use super::{ColumnType, Model};
use crate::schema::{Column, Table, TableName};
pub use field_type::{FieldType, field_type};
pub use inventory;

/// The table of a model, for a foreign key.
pub fn table_name<M: Model>() -> TableName {
    match M::SCHEMA {
        Some(schema) => (schema, M::NAME).into(),
        None => M::NAME.into(),
    }
}

/// A column with the type of `T`; the only bound that shows a type without a column at the field.
pub fn column<T: ColumnType + ?Sized>(name: &str) -> Column {
    let mut column = Column::new(name, T::column_type());
    column.nullable = T::NULLABLE;
    T::described(column)
}

/// Whether it is one of these kinds.
pub const fn is_kind(kind: Kind, wanted: &[Kind]) -> bool {
    let mut rest = wanted;
    while let [first, others @ ..] = rest {
        if *first as u8 == kind as u8 {
            return true;
        }
        rest = others;
    }
    false
}

/// The column of a field of a model.
///
/// # Panics
/// While it is compiled, when there is no such field.
pub const fn column_of(fields: &[(&'static str, &'static str)], field: &str) -> &'static str {
    match found(fields, field) {
        Some(column) => column,
        // What a constant evaluates to this is an error of the compiler; the derive has checked that the field exists.
        #[allow(clippy::panic, reason = "it is evaluated by the compiler")]
        None => panic!("the field that `references` names is no column of its model"),
    }
}

const fn found(fields: &[(&'static str, &'static str)], field: &str) -> Option<&'static str> {
    let mut rest = fields;
    while let [(name, column), others @ ..] = rest {
        if is_same(name.as_bytes(), field.as_bytes()) {
            return Some(column);
        }
        rest = others;
    }
    None
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    match (one, other) {
        ([], []) => true,
        ([first, rest @ ..], [other_first, other_rest @ ..]) => {
            *first == *other_first && is_same(rest, other_rest)
        }
        _ => false,
    }
}

/// Whether a model has this column; for attributes that name a flattened one.
pub const fn has_field(fields: &[(&'static str, &'static str)], field: &str) -> bool {
    found(fields, field).is_some()
}

/// Adds the columns, constraints and indexes of a flattened struct.
pub fn flatten<M: Model>(mut table: Table) -> Table {
    let mut inner = M::table();
    table.columns.append(&mut inner.columns);
    table.constraints.append(&mut inner.constraints);
    table.indexes.append(&mut inner.indexes);
    table
}

/// Two lists of fields as one, for a model with flattened structs: `N` is the sum of their lengths.
pub const fn joined<const N: usize>(
    lists: &[&[(&'static str, &'static str)]],
) -> [(&'static str, &'static str); N] {
    let mut all = [("", ""); N];
    let mut at = 0;
    let mut rest = lists;
    while let [list, others @ ..] = rest {
        let mut index = 0;
        while index < list.len() {
            all[at] = list[index];
            at += 1;
            index += 1;
        }
        rest = others;
    }
    all
}
