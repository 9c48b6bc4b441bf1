//! Columns: they come and go. What changes of them is in `attributes`.

use super::{Affected, Alteration, Draft, HazardKind, Stage};
use crate::diff::Difference;
use crate::diff::backfill::{self, Backfill};
use crate::operation::{AddColumn, AlterColumn, DropColumn, Update};
use crate::table::{Column, TableName, Value};
use servicekit_chain::Dialect;
use servicekit_chain::sql::quote_name;

pub(super) fn plan(
    difference: &Difference,
    table: &TableName,
    column: &Alteration<Box<Column>>,
    draft: &mut Draft,
) {
    let (from, to) = column.sides();
    if let Some(column) = from {
        drop(table, column, draft);
        if column.generated.is_none() {
            let what = format!("column {table}.{}", column.name);
            draft.warn_of_last(HazardKind::LosesData, table, what, Affected::Values(column.name.clone()));
        }
    }
    match to.map(|column| (column, difference.backfill(table, &column.name))) {
        Some((column, Some(backfill))) => add_filled(table, column, &backfill.value, draft),
        Some((column, None)) => {
            add(table, column, draft);
            warn_of_rows_without_value(table, column, draft);
        }
        None => {}
    }
}

/// It comes empty, and is required when all rows have the value.
fn add_filled(table: &TableName, column: &Column, value: &Value, draft: &mut Draft) {
    let mut empty = column.clone();
    empty.nullable = true;
    draft.push(Stage::AddEmptyColumns, table, AddColumn::new(table, empty.clone()));
    let mut update = Update::new(table);
    update.set.push((column.name.clone(), value.clone()));
    draft.push(Stage::Backfill, table, update);
    let mut alter = AlterColumn::new(table, &column.name);
    alter.nullable = Some(false);
    alter.existing = Some(empty);
    draft.push(Stage::AlterColumns, table, alter);
}

/// Gives the rows that have none a value.
pub(super) fn fill(dialect: Dialect, backfill: &Backfill, draft: &mut Draft) {
    let mut update = Update::new(&backfill.table);
    update.set.push((backfill.column.clone(), backfill.value.clone()));
    update.filter = Some(format!("{} IS NULL", quote_name(dialect, &backfill.column)));
    draft.push(Stage::Backfill, &backfill.table, update);
}

/// What a new column has for the rows that are there.
pub(super) fn warn_of_rows_without_value(table: &TableName, column: &Column, draft: &mut Draft) {
    if backfill::has_no_value(column) {
        let what = format!("rows of {table}, which get no value for {}", column.name);
        draft.warn_of_last(HazardKind::CanFail, table, what, Affected::Rows);
    }
}

pub(super) fn drop(table: &TableName, column: &Column, draft: &mut Draft) {
    let mut drop = DropColumn::new(table, &column.name);
    drop.existing = Some(column.clone());
    let stage = if column.generated.is_some() { Stage::DropGenerated } else { Stage::DropColumns };
    draft.push(stage, table, drop);
}

pub(super) fn add(table: &TableName, column: &Column, draft: &mut Draft) {
    let stage = if column.generated.is_some() { Stage::AddGenerated } else { Stage::AddColumns };
    draft.push(stage, table, AddColumn::new(table, column.clone()));
}
