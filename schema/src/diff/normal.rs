//! The form in which schemas are compared: what a column says by itself stands beside the columns, and only the order of
//! columns is as it was.

use crate::table::{Column, Constraint, Index, Schema, Table, index, primary_key, unique};

pub(super) fn schema(schema: &Schema) -> Schema {
    Schema { enums: schema.enums.clone(), tables: schema.tables.iter().map(table).collect() }
}

/// Nothing is given a name here: one without a name has none in the database, or another than the convention would give.
fn table(table: &Table) -> Table {
    let mut table = table.clone();
    let mut constraints = Vec::new();
    let key = table.columns.iter().filter(|column| column.primary_key);
    let key: Vec<String> = key.map(|column| column.name.clone()).collect();
    if !key.is_empty() {
        constraints.push(primary_key(key).into());
    }
    for column in &mut table.columns {
        let (own, own_index) = take_parts(column);
        constraints.extend(own);
        table.indexes.extend(own_index);
    }
    constraints.append(&mut table.constraints);
    // In one order, whatever they are declared or read in.
    constraints.sort_by_cached_key(|each| (each.kind(), each.name().map(str::to_owned), format!("{each:?}")));
    table.indexes.sort_by_cached_key(|index| (index.name.clone(), format!("{index:?}")));
    table.constraints = constraints;
    table
}

fn take_parts(column: &mut Column) -> (Vec<Constraint>, Option<Index>) {
    let of = [column.name.clone()];
    let mut constraints: Vec<Constraint> = Vec::new();
    column.primary_key = false;
    if std::mem::take(&mut column.unique) {
        constraints.push(unique(&of).into());
    }
    constraints.extend(std::mem::take(&mut column.checks).into_iter().map(Constraint::Check));
    constraints.extend(column.references.take().map(Constraint::ForeignKey));
    (constraints, std::mem::take(&mut column.indexed).then(|| index(&of)))
}
