//! Enum types, which are lists of values in columns (MySQL's manual, 11.3.5).

use super::super::shared::{columns_of_enum, replace_enum_value};
use super::super::{Rendered, Sql as _};
use super::limits::MYSQL;
use super::{MySql, types};
use crate::operation::{AlterEnum, Result};
use crate::table::{Column, EnumType, TableName};

/// Each value in each column: a new one is there before rows get it, and an old one until no row has it.
pub(super) fn alter(sql: &MySql, alter: &AlterEnum) -> Rendered {
    let before = &alter.enumeration;
    // The change was checked to fit the values.
    let outcome = alter.outcome().unwrap_or_else(|| before.clone());
    let mut statements = Vec::new();
    for (table, column) in columns_of_enum(MYSQL, alter)? {
        types::refuse_arrays(&column.data_type)?;
        let update = replace_enum_value(sql, alter, table, column)?;
        let new = alter
            .replaced()
            .map(|(_, new)| new)
            .filter(|new| !before.values.iter().any(|value| value == new));
        if let Some(new) = new {
            let mut both = before.clone();
            both.values.push(new.to_owned());
            statements.push(modify(sql, table, column, &both)?);
        }
        statements.extend(update);
        statements.push(modify(sql, table, &alter.column_after(column, &outcome), &outcome)?);
    }
    Ok(statements)
}

fn modify(sql: &MySql, table: &TableName, column: &Column, enumeration: &EnumType) -> Result<String> {
    let column = Column { data_type: enumeration.clone().into(), ..column.clone() };
    Ok(format!("ALTER TABLE {} MODIFY COLUMN {}", sql.table(table), sql.column(&column)?))
}
