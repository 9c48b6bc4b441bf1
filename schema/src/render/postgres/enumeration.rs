//! Enum types: <https://www.postgresql.org/docs/current/sql-altertype.html>.

use super::super::shared::replace_enum_value;
use super::super::{Rendered, Sql as _};
use super::{Postgres, literal_text, types};
use crate::operation::{
    AddValue, AlterEnum, CreateEnum, DropEnum, EnumChange, OperationProblem, RenameValue, Result,
    ValuePosition,
};
use crate::table::{Column, EnumType, TableName, Type, shortened};

pub(super) fn create(sql: &Postgres, CreateEnum { enumeration }: &CreateEnum) -> Rendered {
    Ok(vec![create_type(sql, enumeration)?])
}

pub(super) fn drop(sql: &Postgres, drop: &DropEnum) -> String {
    let if_exists = if drop.if_exists { "IF EXISTS " } else { "" };
    format!("DROP TYPE {if_exists}{}", sql.table(&drop.enumeration.name))
}

pub(super) fn alter(sql: &Postgres, alter: &AlterEnum) -> Rendered {
    let name = sql.table(&alter.enumeration.name);
    Ok(match &alter.change {
        EnumChange::Add(AddValue { value, position }) => {
            let position = match position {
                None => String::new(),
                Some(ValuePosition::Before(next)) => format!(" BEFORE {}", label(next)?),
                Some(ValuePosition::After(previous)) => format!(" AFTER {}", label(previous)?),
            };
            vec![format!("ALTER TYPE {name} ADD VALUE {}{position}", label(value)?)]
        }
        EnumChange::Rename(RenameValue { value, to }) => {
            vec![format!("ALTER TYPE {name} RENAME VALUE {} TO {}", label(value)?, label(to)?)]
        }
        EnumChange::Remove(_) | EnumChange::Reorder(_) => replace_type(sql, alter)?,
    })
}

/// A new type in the place of the old one, because no value can be removed or moved.
fn replace_type(sql: &Postgres, alter: &AlterEnum) -> Rendered {
    let name = &alter.enumeration.name;
    // The change was checked to fit the values.
    let outcome = alter.outcome().unwrap_or_else(|| alter.enumeration.clone());
    let old = name.in_same_schema(&shortened(format!("{}_before", name.name)));
    let mut statements = Vec::new();
    for (table, column) in &alter.columns {
        statements.extend(match &column.data_type {
            Type::Array(_) => replace_in_arrays(sql, alter, table, column)?,
            _ => replace_enum_value(sql, alter, table, column)?,
        });
    }
    statements.push(format!("ALTER TYPE {} RENAME TO {}", sql.table(name), sql.quote(&old.name)));
    statements.push(create_type(sql, &outcome)?);
    for (table, column) in &alter.columns {
        statements.push(change_type(sql, table, &alter.column_after(column, &outcome))?);
    }
    statements.push(format!("DROP TYPE {}", sql.table(&old)));
    Ok(statements)
}

fn replace_in_arrays(sql: &Postgres, alter: &AlterEnum, table: &TableName, column: &Column) -> Rendered {
    let Some((value, new)) = alter.replaced() else { return Ok(Vec::new()) };
    let (value, new, table, column) = (label(value)?, label(new)?, sql.table(table), sql.quote(&column.name));
    Ok(vec![format!(
        "UPDATE {table} SET {column} = array_replace({column}, {value}, {new}) WHERE {value} = ANY ({column})"
    )])
}

/// The default is in the way, because it has the old type.
fn change_type(sql: &Postgres, table: &TableName, column: &Column) -> Result<String> {
    let (table, name, data_type) =
        (sql.table(table), sql.quote(&column.name), types::name(&column.data_type));
    let using = types::cast_to_enum(&name, &column.data_type).unwrap_or_default();
    let change = format!("ALTER COLUMN {name} TYPE {data_type}{using}");
    let Some(default) = &column.default else { return Ok(format!("ALTER TABLE {table} {change}")) };
    Ok(format!(
        "ALTER TABLE {table} ALTER COLUMN {name} DROP DEFAULT, {change}, ALTER COLUMN {name} SET DEFAULT {}",
        sql.default(default)?
    ))
}

fn create_type(sql: &Postgres, enumeration: &EnumType) -> Result<String> {
    let values: Result<Vec<String>> = enumeration.values.iter().map(|value| label(value)).collect();
    Ok(format!("CREATE TYPE {} AS ENUM ({})", sql.table(&enumeration.name), values?.join(", ")))
}

/// How many bytes a value has at most (manual, 8.7.4).
const LABEL: usize = 63;

fn label(value: &str) -> Result<String> {
    if value.len() > LABEL {
        return Err(OperationProblem::new(format!(
            "an enum value of PostgreSQL has at most {LABEL} bytes, and `{value}` has {}",
            value.len()
        )));
    }
    literal_text(value)
}
