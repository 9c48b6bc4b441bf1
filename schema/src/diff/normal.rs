//! The form in which schemas are compared: what a column says by itself stands beside the columns, and only the order of
//! columns is as it was.

use crate::table::{Constraint, Schema, Table};
use std::cmp::Ordering;
use std::fmt::Debug;

pub(super) fn schema(schema: &Schema) -> Schema {
    Schema { enums: schema.enums.clone(), tables: schema.tables.iter().map(table).collect() }
}

/// Nothing is given a name here: one without a name has none in the database, or another than the convention would give.
fn table(table: &Table) -> Table {
    let mut table = table.clone();
    let mut constraints: Vec<Constraint> = table.key_of_columns().into_iter().collect();
    for column in &mut table.columns {
        let (own, own_index) = column.take_parts();
        constraints.extend(own.into_iter().filter(|own| !matches!(own, Constraint::PrimaryKey(_))));
        table.indexes.extend(own_index);
    }
    constraints.append(&mut table.constraints);
    // In one order, whatever they are declared or read in.
    constraints.sort_by(|one, other| {
        (one.kind(), one.name()).cmp(&(other.kind(), other.name())).then_with(|| in_words(one, other))
    });
    table.indexes.sort_by(|one, other| one.name.cmp(&other.name).then_with(|| in_words(one, other)));
    table.constraints = constraints;
    table
}

/// The order of two of one name, which is seldom asked for.
fn in_words(one: &impl Debug, other: &impl Debug) -> Ordering {
    format!("{one:?}").cmp(&format!("{other:?}"))
}
