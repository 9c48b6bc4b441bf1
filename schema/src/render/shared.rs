//! SQL that the dialects write in the same way.
//!
//! They write whatever is set; what a dialect lacks is refused by its file before.

use super::{Rendered, Sql, parameters};
use crate::operation::{BulkInsert, CreateTable, OperationProblem, Result, Update};
use crate::table::{
    Check, Constraint, Deferrability, Exclusion, ForeignKey, ForeignKeyMatch, Index, IndexKey, KeyOf, Nulls,
    Order, PrimaryKey, Unique, Value,
};
use servicekit_chain::sql::{hexadecimal, literal as quoted};

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
        Constraint::PrimaryKey(PrimaryKey { columns: key, deferrability, .. }) => {
            (format!("PRIMARY KEY{}", columns(key)), *deferrability)
        }
        Constraint::Unique(Unique { columns: key, deferrability, nulls_not_distinct, .. }) => {
            let nulls = if *nulls_not_distinct { " NULLS NOT DISTINCT" } else { "" };
            (format!("UNIQUE{nulls}{}", columns(key)), *deferrability)
        }
        Constraint::Check(Check { condition, .. }) => (format!("CHECK ({condition})"), None),
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
    format!("{name}{body}{deferrable}")
}

fn references(sql: &dyn Sql, key: &ForeignKey) -> String {
    let mut text =
        format!("REFERENCES {} ({})", sql.table(&key.referred_table), sql.list(&key.referred_columns));
    text.push_str(match key.matching {
        None => "",
        Some(ForeignKeyMatch::Simple) => " MATCH SIMPLE",
        Some(ForeignKeyMatch::Full) => " MATCH FULL",
    });
    for (event, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        text.extend(action.map(|action| format!(" ON {event} {}", action.sql())));
    }
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
    let include = match index.include.as_slice() {
        [] => String::new(),
        columns => format!(" INCLUDE ({})", sql.list(columns)),
    };
    let nulls = if index.nulls_not_distinct { " NULLS NOT DISTINCT" } else { "" };
    format!("{using} ({}){include}{nulls}{}", keys.join(", "), filter(index.filter.as_deref()))
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
