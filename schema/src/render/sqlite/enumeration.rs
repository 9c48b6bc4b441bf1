//! Enum types, which are texts with a check in each column.

use super::super::shared::columns_of_enum;
use super::super::{Action, Sql as _};
use super::{SQLITE, Sqlite, rebuild, types};
use crate::operation::{AlterColumn, AlterEnum, Change, Operation, Result};
use crate::table::{Column, TableName};

/// A rebuild of each table, which gives rows their new value on the way.
pub(super) fn alter(sql: &Sqlite, alter: &AlterEnum) -> Result<Vec<Action>> {
    // The change was checked to fit the values.
    let outcome = alter.outcome().unwrap_or_else(|| alter.enumeration.clone());
    let mut tables: Vec<(&TableName, Vec<Operation>)> = Vec::new();
    for (table, column) in columns_of_enum(SQLITE, alter)? {
        types::name(&column.data_type)?;
        let new = alter.column_after(column, &outcome);
        let operation = changed(sql, alter, table, column, new)?.into();
        match tables.iter_mut().find(|(known, _)| *known == table) {
            Some((_, operations)) => operations.push(operation),
            None => tables.push((table, vec![operation])),
        }
    }
    let mut actions = Vec::new();
    for (_, operations) in &tables {
        actions.extend(rebuild::together(sql, operations)?);
    }
    Ok(actions)
}

fn changed(
    sql: &Sqlite,
    alter: &AlterEnum,
    table: &TableName,
    column: &Column,
    outcome: Column,
) -> Result<AlterColumn> {
    let using = match alter.replaced() {
        Some((value, new)) => {
            let name = sql.quote(&column.name);
            let (value, new) = (sql.literal(&value.into())?, sql.literal(&new.into())?);
            Some(format!("CASE {name} WHEN {value} THEN {new} ELSE {name} END"))
        }
        None => None,
    };
    let default = if outcome.default == column.default {
        Change::Keep
    } else {
        outcome.default.clone().map_or(Change::Remove, Change::To)
    };
    Ok(AlterColumn {
        data_type: Some(outcome.data_type),
        using,
        default,
        ..AlterColumn::new(table, column.name.clone())
    })
}
