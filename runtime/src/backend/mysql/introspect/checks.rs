//! Check constraints.

use crate::backend::mysql::introspect::catalogue::Server;
use crate::backend::mysql::introspect::expressions;
use crate::backend::mysql::introspect::parts::Parts;
use crate::backend::mysql::introspect::rows::{CheckRow, Rows};
use servicekit_chain::Dialect;
use servicekit_chain::sql::backquoted;
use servicekit_schema::table::check;
use std::collections::HashSet;

/// The columns that are JSON: on MariaDB such a column is a `longtext` with a check of its own.
pub(super) fn json_columns<'a>(server: &Server<'_>, rows: &Rows<'a>) -> HashSet<&'a str> {
    if !server.is_mariadb {
        return HashSet::new();
    }
    let checked: HashSet<&str> =
        rows.checks.iter().filter(|check| is_json(check)).map(|check| check.name).collect();
    let is_alias = |column: &&str, data_type: &str, collation: &str| {
        checked.contains(*column) && data_type == "longtext" && collation == "utf8mb4_bin"
    };
    let columns = rows.columns.iter().filter(|row| is_alias(&row.text(3), row.text(4), row.text(8)));
    columns.map(|row| row.text(3)).collect()
}

fn is_json(check: &CheckRow<'_>) -> bool {
    check.is_of_column && check.clause == format!("json_valid({})", backquoted(check.name))
}

/// Reads the checks, but for those of columns of JSON.
pub(super) fn read(server: &Server<'_>, rows: &Rows<'_>, json: &HashSet<&str>, parts: &mut Parts<'_>) {
    for row in &rows.checks {
        if is_json(row) && json.contains(row.name) {
            continue;
        }
        let condition = expressions::expression(server.is_mariadb, row.clause);
        if row.is_of_column {
            // It goes and changes with its column only; the name is the column's.
            let column = parts.table.columns.iter_mut().find(|column| column.name == row.name);
            if let Some(column) = column {
                column.options.push((Dialect::Mysql, format!("CHECK ({condition})")));
            }
        } else {
            let mut constraint = check(condition).name(row.name);
            constraint.not_enforced = !row.is_enforced;
            parts.table.constraints.push(constraint.into());
        }
    }
}
