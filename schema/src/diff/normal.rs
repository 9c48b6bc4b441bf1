//! The form in which schemas are compared: what a column says by itself stands beside the columns, and only the order of
//! columns is as it was.

use crate::table::{Constraint, Schema, Table};

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
    constraints.sort_by_cached_key(|each| (each.kind(), each.name().map(str::to_owned), format!("{each:?}")));
    table.indexes.sort_by_cached_key(|index| (index.name.clone(), format!("{index:?}")));
    table.constraints = constraints;
    table
}
