//! One table, from the rows about it.

use crate::backend::mysql::introspect::catalogue::{Row, Server};
use crate::backend::mysql::introspect::parts::Parts;
use crate::backend::mysql::introspect::rows::Rows;
use crate::backend::mysql::introspect::{checks, columns, foreign_keys, indexes, partitions};
use crate::error::IntrospectionError;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{backquoted, significant};
use servicekit_schema::revision::Operations;
use servicekit_schema::table::{Constraint, KeyOf, Table};

pub(super) fn read(server: &Server<'_>, rows: &mut Rows<'_>) -> Result<Table, IntrospectionError> {
    let row = rows.table;
    let json = checks::json_columns(server, rows);
    let name = server.table_name(row.text(0), row.text(1));
    let schema = name.schema.iter().map(|schema| format!("{}.", backquoted(schema)));
    let quoted = schema.collect::<String>() + &backquoted(&name.name);
    let mut table = Table::new(name, columns::read(server, rows, &json));
    table.comment = Some(row.text(6)).filter(|comment| !comment.is_empty()).map(str::to_owned);
    table.options =
        options(server, row, rows.schema_collation).into_iter().map(|sql| (Dialect::Mysql, sql)).collect();
    let checks =
        rows.checks.iter().filter(|check| check.is_enforced && !check.is_of_column).map(|check| check.name);
    let other_constraints = checks.chain(rows.key_columns.iter().map(|key| key.text(2))).collect();
    let mut parts =
        Parts { table: &mut table, quoted, other_constraints, has_later_key: false, later: Vec::new() };
    indexes::read(server, rows, &mut parts);
    checks::read(server, rows, &json, &mut parts);
    // A column that a foreign key refers to cannot be changed any more.
    count_by_another_key(&mut parts);
    foreign_keys::read(server, rows, &mut parts)?;
    partitions::read(rows, &mut parts);
    let later = std::mem::take(&mut parts.later);
    table.remainders.extend(later);
    sort(&mut table);
    Ok(table)
}

/// What stands after the closing parenthesis, where it is not the default.
fn options(server: &Server<'_>, row: Row<'_>, schema_collation: &str) -> Vec<String> {
    let mut options = Vec::new();
    let engine = row.text(3);
    if !engine.is_empty() && !engine.eq_ignore_ascii_case(server.engine) {
        options.push(format!("ENGINE = {}", word(engine)));
    }
    if let Some(collation) = row.value(4).filter(|collation| *collation != schema_collation) {
        options.push(format!("COLLATE = {}", word(collation)));
    }
    options.extend(explicit_options(row.text(5)));
    if row.text(2) == "SYSTEM VERSIONED" {
        options.push("WITH SYSTEM VERSIONING".to_owned());
    }
    options
}

/// A name without quotes, if it needs none.
fn word(name: &str) -> String {
    let is_word = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if is_word { name.to_owned() } else { backquoted(name) }
}

/// The options that were written, such as `row_format=COMPRESSED`, as they are written again.
fn explicit_options(text: &str) -> Vec<String> {
    let mut options: Vec<String> = Vec::new();
    let mut is_value = false;
    for token in significant(Dialect::Mysql, text) {
        match options.last_mut() {
            Some(last) if token.is_sign("=") => {
                last.push_str(" = ");
                is_value = true;
            }
            Some(last) if is_value => {
                last.push_str(&single_quoted(token.text));
                is_value = false;
            }
            // Partitions are read by themselves.
            _ if token.is("partitioned") => {}
            _ if token.is_name() => options.push(token.text.to_ascii_uppercase()),
            _ => {}
        }
    }
    options.retain(|option| option.contains(" = "));
    options
}

/// A value in double quotes is a name in some modes.
fn single_quoted(text: &str) -> String {
    match text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => format!("'{}'", inner.replace('\'', "''")),
        None => text.to_owned(),
    }
}

/// A column that counts must be the first of a key that is made with the table: else it begins to count when its key is
/// there. Some storage engines also count within a key.
fn count_by_another_key(parts: &mut Parts<'_>) {
    let Some(at) = parts.table.columns.iter().position(|column| column.identity.is_some()) else { return };
    let Some(name) = parts.table.columns.get(at).map(|column| column.name.clone()) else { return };
    let keys = keys(parts.table);
    let is_first = keys.iter().any(|key| key.first().is_some_and(|first| *first == name));
    if is_first {
        return;
    }
    let is_within = keys.iter().any(|key| key.contains(&name.as_str()));
    let Some(column) = parts.table.columns.get_mut(at) else { return };
    let counting = column.clone();
    column.identity = None;
    if is_within {
        column.options.insert(0, (Dialect::Mysql, "AUTO_INCREMENT".to_owned()));
        return;
    }
    let mut operations = Operations::default();
    operations.alter_column(&parts.table.name, &name).set_not_null().existing(counting);
    // What cannot be written here could not be written with the table either.
    for sql in operations.sql(Dialect::Mysql).unwrap_or_default() {
        parts.remain(format!("autoincrement of {name}"), sql);
    }
}

/// The columns of each key that is made with the table.
fn keys(table: &Table) -> Vec<Vec<&str>> {
    let constraints = table.constraints.iter().filter_map(|constraint| match constraint {
        Constraint::PrimaryKey(key) => Some(&key.columns),
        Constraint::Unique(unique) => Some(&unique.columns),
        _ => None,
    });
    let constraints = constraints.map(|columns| columns.iter().map(String::as_str).collect());
    let indexes = table.indexes.iter().map(|index| {
        let columns = index.keys.iter().filter_map(|key| match &key.of {
            KeyOf::Column(name) => Some(name.as_str()),
            _ => None,
        });
        columns.collect()
    });
    constraints.chain(indexes).collect()
}

/// Constraints by kind and name, indexes by name.
fn sort(table: &mut Table) {
    table.constraints.sort_by(|one, other| (one.kind(), one.name()).cmp(&(other.kind(), other.name())));
    table.indexes.sort_by(|one, other| one.name.cmp(&other.name));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_written_so_that_they_are_read_again() {
        let text =
            r#"row_format=COMPRESSED KEY_BLOCK_SIZE=8 COMPRESSION="zlib" partitioned `page_compressed`='1'"#;
        assert_eq!(
            explicit_options(text),
            [
                "ROW_FORMAT = COMPRESSED",
                "KEY_BLOCK_SIZE = 8",
                "COMPRESSION = 'zlib'",
                "`PAGE_COMPRESSED` = '1'"
            ]
        );
        assert_eq!(explicit_options("= x"), [] as [&str; 0]);
    }
}
