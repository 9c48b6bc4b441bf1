//! Check constraints.

use crate::backend::mysql::introspect::catalogue::Server;
use crate::backend::mysql::introspect::expressions;
use crate::backend::mysql::introspect::parts::Parts;
use crate::backend::mysql::introspect::rows::{CheckRow, Rows};
use servicekit_chain::Dialect;
use servicekit_chain::sql::{backquoted, mentions_name};
use servicekit_schema::table::{Column, check};
use std::collections::HashSet;

/// The columns that are JSON: on MariaDB such a column is a `longtext` with a check of its own.
pub(super) fn json_columns<'a>(server: &Server<'_>, rows: &Rows<'a>) -> HashSet<&'a str> {
    if !server.is_mariadb {
        return HashSet::new();
    }
    let is_checked = |column: &str| rows.checks.iter().any(|check| is_json(check, column));
    let is_alias = |column: &str, data_type: &str, collation: &str| {
        data_type == "longtext" && collation == "utf8mb4_bin" && is_checked(column)
    };
    let columns = rows.columns.iter().filter(|row| is_alias(row.text(3), row.text(4), row.text(8)));
    columns.map(|row| row.text(3)).collect()
}

/// Whether it is the check of this column of JSON.
fn is_json(check: &CheckRow<'_>, column: &str) -> bool {
    check.is_of_column && check.clause == format!("json_valid({})", backquoted(column))
}

/// Reads the checks, but for those of columns of JSON.
pub(super) fn read(server: &Server<'_>, rows: &Rows<'_>, json: &HashSet<&str>, parts: &mut Parts<'_>) {
    for row in &rows.checks {
        if json.iter().any(|column| is_json(row, column)) {
            continue;
        }
        let condition = expressions::expression(server.is_mariadb, row.clause);
        if row.is_of_column {
            // It goes and changes with its column only.
            if let Some(column) = column_of(row, &mut parts.table.columns) {
                column.options.push((Dialect::Mysql, format!("CHECK ({condition})")));
            }
        } else {
            let mut constraint = check(condition).name(row.name);
            constraint.not_enforced = !row.is_enforced;
            parts.table.constraints.push(constraint.into());
        }
    }
}

/// The column in which a check stands. The name of the check is the column's when it is made, and stays when the column is renamed.
fn column_of<'c>(check: &CheckRow<'_>, columns: &'c mut [Column]) -> Option<&'c mut Column> {
    let is_meant = |column: &Column| mentions_name(Dialect::Mysql, check.clause, &column.name);
    let has_name = |column: &Column| column.name == check.name;
    let is_free = |column: &Column| !column.options.iter().any(|(_, text)| text.starts_with("CHECK"));
    let at = columns
        .iter()
        .position(|column| has_name(column) && is_meant(column))
        .or_else(|| columns.iter().position(|column| is_meant(column) && is_free(column)))
        .or_else(|| columns.iter().position(has_name));
    columns.get_mut(at?)
}
