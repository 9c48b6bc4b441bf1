//! SQL that the dialects write in the same way.
//!
//! They write whatever is set; what a dialect lacks is refused by its file before.

use super::{Rendered, Sql, parameters};
use crate::operation::{AlterEnum, BulkInsert, CreateTable, OperationProblem, Result, Update, refuse};
use crate::table::{
    Check, Column, Constraint, Deferrability, Exclusion, ForeignKey, ForeignKeyMatch, Index, IndexKey, KeyOf,
    Nulls, Order, PrimaryKey, TableName, Unique, Value,
};
use servicekit_chain::sql::{hexadecimal, literal as quoted, plain_string};

/// What only MySQL has of a column.
pub(super) const NOW_ON_UPDATE: &str = "`ON UPDATE CURRENT_TIMESTAMP`; a trigger can do that";
pub(super) const OWN_CHECK: &str = "check that belongs to a column; a check constraint can do that";

/// A value, as most dialects write it.
pub(super) fn literal(sql: &dyn Sql, value: &Value) -> Result<String> {
    Ok(match value {
        Value::Null => "NULL".to_owned(),
        Value::Boolean(true) => "TRUE".to_owned(),
        Value::Boolean(false) => "FALSE".to_owned(),
        Value::Integer(number) => number.to_string(),
        // Every database reads this back as the same number.
        Value::Real(number) if number.is_finite() => format!("{number:?}"),
        Value::Real(number) => {
            let database = sql.dialect().select("SQLite", "PostgreSQL", "MySQL");
            return Err(OperationProblem::lacks(database, &format!("floating-point number {number}")));
        }
        Value::Text(text) => quoted(sql.dialect(), text),
        Value::Bytes(bytes) => format!("X'{}'", hexadecimal(bytes)),
        Value::Expression(sql) => sql.clone(),
        Value::Now => "CURRENT_TIMESTAMP".to_owned(),
    })
}

/// `CREATE TABLE` with these lines between its parentheses, and a comment before them.
pub(super) fn create_table(sql: &dyn Sql, create: &CreateTable, comment: &str, lines: &[String]) -> String {
    let if_not_exists = if create.if_not_exists { "IF NOT EXISTS " } else { "" };
    let (name, options) = (sql.table(&create.table.name), sql.table_options(&create.table));
    format!("CREATE TABLE {if_not_exists}{name} ({comment}\n    {}\n){options}", lines.join(",\n    "))
}

/// Where a constraint stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// Among the columns of a table, or after `ADD`.
    ByItself,
    /// After a column, which is the only one that it is about.
    AfterColumn,
}

/// A constraint with its name.
pub(super) fn constraint(sql: &dyn Sql, constraint: &Constraint, stands: Stands) -> String {
    let columns = |columns: &[String]| match stands {
        Stands::ByItself => format!(" ({})", sql.list(columns)),
        Stands::AfterColumn => String::new(),
    };
    let (body, deferrability) = match constraint {
        Constraint::PrimaryKey(PrimaryKey { columns: key, include, deferrability, .. }) => {
            (format!("PRIMARY KEY{}{}", columns(key), included(sql, include)), *deferrability)
        }
        Constraint::Unique(Unique { columns: key, include, deferrability, nulls_not_distinct, .. }) => {
            let nulls = if *nulls_not_distinct { " NULLS NOT DISTINCT" } else { "" };
            (format!("UNIQUE{nulls}{}{}", columns(key), included(sql, include)), *deferrability)
        }
        Constraint::Check(Check { condition, no_inherit, .. }) => {
            let no_inherit = if *no_inherit { " NO INHERIT" } else { "" };
            (format!("CHECK ({}){no_inherit}", condition.sql(sql.dialect())), None)
        }
        Constraint::ForeignKey(key) => {
            let own = match stands {
                Stands::ByItself => format!("FOREIGN KEY ({}) ", sql.list(&key.columns)),
                Stands::AfterColumn => String::new(),
            };
            (own + &references(sql, key), key.deferrability)
        }
        Constraint::Exclusion(exclusion) => (exclude(sql, exclusion), exclusion.deferrability),
    };
    let name = constraint.name().map(|name| format!("CONSTRAINT {} ", sql.quote(name))).unwrap_or_default();
    let deferrable = match deferrability {
        None => "",
        Some(Deferrability::Immediate) => " DEFERRABLE INITIALLY IMMEDIATE",
        Some(Deferrability::Deferred) => " DEFERRABLE INITIALLY DEFERRED",
    };
    let is_not_enforced = match constraint {
        Constraint::Check(check) => check.not_enforced,
        Constraint::ForeignKey(key) => key.not_enforced,
        _ => false,
    };
    let not_enforced = if is_not_enforced { " NOT ENFORCED" } else { "" };
    format!("{name}{body}{deferrable}{not_enforced}")
}

/// Columns that an index stores and that are no keys.
fn included(sql: &dyn Sql, columns: &[String]) -> String {
    if columns.is_empty() { String::new() } else { format!(" INCLUDE ({})", sql.list(columns)) }
}

fn references(sql: &dyn Sql, key: &ForeignKey) -> String {
    let mut text =
        format!("REFERENCES {} ({})", sql.table(&key.referred_table), sql.list(&key.referred_columns));
    text.push_str(match key.matching {
        None => "",
        Some(ForeignKeyMatch::Simple) => " MATCH SIMPLE",
        Some(ForeignKeyMatch::Full) => " MATCH FULL",
    });
    text.extend(key.on_delete.map(|action| format!(" ON DELETE {}", action.sql())));
    let columns = key.on_delete_columns.as_slice();
    text.extend((!columns.is_empty()).then(|| format!(" ({})", sql.list(columns))));
    text.extend(key.on_update.map(|action| format!(" ON UPDATE {}", action.sql())));
    text
}

fn exclude(sql: &dyn Sql, exclusion: &Exclusion) -> String {
    let using =
        exclusion.method.as_ref().map(|method| format!(" USING {}", sql.quote(method))).unwrap_or_default();
    let element = |(key, operator): &(IndexKey, String)| format!("{} WITH {operator}", self::key(sql, key));
    let elements: Vec<String> = exclusion.elements.iter().map(element).collect();
    format!("EXCLUDE{using} ({}){}", elements.join(", "), filter(exclusion.filter.as_deref()))
}

fn filter(condition: Option<&str>) -> String {
    condition.map(|condition| format!(" WHERE ({condition})")).unwrap_or_default()
}

/// A key of an index.
fn key(sql: &dyn Sql, key: &IndexKey) -> String {
    let mut text = match &key.of {
        KeyOf::Column(name) => sql.index_column(name),
        KeyOf::Expression(expression) => format!("({expression})"),
    };
    text.extend(key.collation.iter().map(|name| format!(" COLLATE {}", sql.quote(name))));
    text.extend(key.operator_class.iter().map(|name| format!(" {}", sql.quote(name))));
    text.push_str(order(key.order));
    text.push_str(match key.nulls {
        None => "",
        Some(Nulls::First) => " NULLS FIRST",
        Some(Nulls::Last) => " NULLS LAST",
    });
    text
}

/// The order of a key.
pub(super) fn order(order: Option<Order>) -> &'static str {
    match order {
        None => "",
        Some(Order::Ascending) => " ASC",
        Some(Order::Descending) => " DESC",
    }
}

/// What stands after the name of the table in `CREATE INDEX`.
pub(super) fn index_tail(sql: &dyn Sql, index: &Index) -> String {
    let using =
        index.method.as_ref().map(|method| format!(" USING {}", sql.quote(method))).unwrap_or_default();
    let keys: Vec<String> = index.keys.iter().map(|key| self::key(sql, key)).collect();
    let include = included(sql, &index.include);
    let nulls = if index.nulls_not_distinct { " NULLS NOT DISTINCT" } else { "" };
    let options = index
        .options
        .iter()
        .map(|(name, value)| format!("{} = {}", sql.quote(name), plain_string(sql.mode(), value)));
    let options = options.collect::<Vec<_>>().join(", ");
    let with = if options.is_empty() { String::new() } else { format!(" WITH ({options})") };
    format!("{using} ({}){include}{nulls}{with}{}", keys.join(", "), filter(index.filter.as_deref()))
}

/// How many bytes of rows go into one statement: far below what servers take (MySQL's `max_allowed_packet`).
const STATEMENT: usize = 64 * 1024;
/// How many rows go into one statement.
const ROWS: usize = 1000;

pub(super) fn bulk_insert(sql: &dyn Sql, insert: &BulkInsert) -> Rendered {
    let head = format!("INSERT INTO {} ({}) VALUES", sql.table(&insert.table), sql.list(&insert.columns));
    let mut statements = Vec::new();
    let (mut rows, mut bytes) = (Vec::new(), 0);
    for row in &insert.rows {
        let values: Result<Vec<String>> = row.iter().map(|value| sql.literal(value)).collect();
        let row = format!("\n    ({})", values?.join(", "));
        if rows.len() == ROWS || (bytes > 0 && bytes + row.len() > STATEMENT) {
            statements.push(format!("{head}{}", rows.join(",")));
            rows.clear();
            bytes = 0;
        }
        bytes += row.len();
        rows.push(row);
    }
    if !rows.is_empty() {
        statements.push(format!("{head}{}", rows.join(",")));
    }
    Ok(statements)
}

pub(super) fn update(sql: &dyn Sql, update: &Update) -> Result<String> {
    let set = |(column, value): &(String, _)| {
        sql.literal(value).map(|value| format!("{} = {value}", sql.quote(column)))
    };
    let set: Result<Vec<String>> = update.set.iter().map(set).collect();
    let condition = match &update.filter {
        Some(condition) => Some(parameters::fill(sql, condition, &update.parameters)?),
        None => None,
    };
    let condition = filter(condition.as_deref());
    Ok(format!("UPDATE {} SET {}{condition}", sql.table(&update.table), set?.join(", ")))
}

/// Where each column has its own list, a change of an enum type is one of its columns.
pub(super) fn columns_of_enum<'a>(database: &str, alter: &'a AlterEnum) -> Result<&'a [(TableName, Column)]> {
    if alter.columns.is_empty() {
        return Err(OperationProblem::new(format!(
            "on {database} each column has its own list of the values of `{}`, and no column is named",
            alter.enumeration.name
        ))
        .help("name each column with `.used_by(table, column)`; if there is none, use `op.only_for(Dialect::Postgres, …)`"));
    }
    Ok(&alter.columns)
}

/// The rows with a value of an enum type that goes get another one.
pub(super) fn replace_enum_value(
    sql: &dyn Sql,
    alter: &AlterEnum,
    table: &TableName,
    column: &Column,
) -> Rendered {
    let Some((value, new)) = alter.replaced() else { return Ok(Vec::new()) };
    let (value, new) = (sql.literal(&value.into())?, sql.literal(&new.into())?);
    let (table, column) = (sql.table(table), sql.quote(&column.name));
    Ok(vec![format!("UPDATE {table} SET {column} = {new} WHERE {column} = {value}")])
}

/// Refuses what only PostgreSQL has of a constraint that others have too. A check that is not enforced is none of it.
pub(super) fn refuse_postgres_only(database: &str, constraint: &Constraint) -> Result {
    let (include, not_enforced) = match constraint {
        Constraint::PrimaryKey(key) => (!key.include.is_empty(), false),
        Constraint::Unique(unique) => (!unique.include.is_empty(), false),
        Constraint::Check(check) => {
            refuse(check.no_inherit, database, "`NO INHERIT`")?;
            (false, false)
        }
        Constraint::ForeignKey(key) => {
            refuse(!key.on_delete_columns.is_empty(), database, "columns of `SET NULL` and `SET DEFAULT`")?;
            (false, key.not_enforced)
        }
        Constraint::Exclusion(_) => (false, false),
    };
    refuse(include, database, "`INCLUDE` columns")?;
    refuse(not_enforced, database, "`NOT ENFORCED`")?;
    refuse(constraint.is_not_valid(), database, "`NOT VALID`")
}
