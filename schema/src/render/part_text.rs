//! Parts of a table as SQL, for people to read and for comparing.

use super::mysql::{self, MySql};
use super::on;
use super::postgres::{self, Postgres};
use super::shared::{Stands, constraint};
use super::sqlite::{self, Sqlite};
use crate::operation::{CreateIndex, Result};
use crate::table::{Column, Constraint, Index, TableName, Type, Value};
use servicekit_chain::Dialect;

/// What a database calls a type.
///
/// # Errors
/// When the database has no such type.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::{Dialect, render::type_text, table::Type};
/// assert_eq!(type_text(Dialect::Mysql, &Type::Numeric(12, 2)).unwrap(), "DECIMAL(12, 2)");
/// ```
pub fn type_text(dialect: Dialect, data_type: &Type) -> Result<String> {
    match dialect {
        Dialect::Postgres => Ok(postgres::types::name(data_type)),
        Dialect::Mysql => mysql::types::name(data_type, dialect.into()),
        _ => sqlite::types::name(data_type),
    }
}

/// A column, as it stands in its table.
pub(crate) fn column_text(dialect: Dialect, column: &Column) -> Result<String> {
    match dialect {
        Dialect::Postgres => Postgres { mode: dialect.into() }.column(column),
        Dialect::Mysql => MySql { mode: dialect.into() }.column(column),
        _ => Sqlite.column(column, None),
    }
}

/// A value, as a literal or an expression.
pub(crate) fn value_text(dialect: Dialect, value: &Value) -> Result<String> {
    on(dialect.into(), |sql| sql.literal(value))
}

/// The default of a column of this type.
pub(crate) fn default_text(dialect: Dialect, data_type: &Type, value: &Value) -> Result<String> {
    match value {
        Value::Now if dialect == Dialect::Mysql => Ok(mysql::types::now(data_type)),
        value => value_text(dialect, value),
    }
}

/// A constraint, as it stands in its table.
pub(crate) fn constraint_text(dialect: Dialect, each: &Constraint) -> String {
    on(dialect.into(), |sql| constraint(sql, each, Stands::ByItself))
}

/// An index, as what creates it.
pub(crate) fn index_text(dialect: Dialect, table: &TableName, index: &Index) -> Result<String> {
    let create = CreateIndex::new(table.clone(), index.clone());
    on(dialect.into(), |sql| sql.create_index(&create)).map(|statements| statements.join("; "))
}
