//! Columns: they come and go. What changes of them is in `attributes`.

use super::{Affected, Alteration, Draft, HazardKind, Stage};
use crate::operation::{AddColumn, DropColumn};
use crate::table::{Column, TableName};

pub(super) fn plan(table: &TableName, column: &Alteration<Box<Column>>, draft: &mut Draft) {
    let (from, to) = column.sides();
    if let Some(column) = from {
        drop(table, column, draft);
        if column.generated.is_none() {
            let what = format!("column {table}.{}", column.name);
            draft.warn_of_last(HazardKind::LosesData, table, what, Affected::Values(column.name.clone()));
        }
    }
    if let Some(column) = to {
        add(table, column, draft);
        warn_of_rows_without_value(table, column, draft);
    }
}

/// What a new column has for the rows that are there.
pub(super) fn warn_of_rows_without_value(table: &TableName, column: &Column, draft: &mut Draft) {
    let counts = column.identity.is_some() || column.data_type.behind_serial().is_some();
    let has_value = column.default.is_some() || column.generated.is_some() || counts;
    if !column.nullable && !has_value {
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
