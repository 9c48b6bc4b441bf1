//! Columns.

use crate::backend::mysql::introspect::catalogue::{Row, Server};
use crate::backend::mysql::introspect::rows::Rows;
use crate::backend::mysql::introspect::{defaults, expressions, types};
use servicekit_chain::Dialect;
use servicekit_schema::table::{Column, Type};
use std::collections::HashSet;

/// The columns of a table, in their order. `json` are those that only a check makes a column of JSON.
pub(super) fn read(server: &Server<'_>, rows: &mut Rows<'_>, json: &HashSet<&str>) -> Vec<Column> {
    rows.columns.sort_by_key(|row| row.number(2));
    let table = rows.table;
    rows.columns.iter().map(|row| column(server, table, *row, json.contains(row.text(3)))).collect()
}

fn column(server: &Server<'_>, table: Row<'_>, row: Row<'_>, is_json: bool) -> Column {
    let (name, extra) = (row.text(3), row.text(7).to_ascii_lowercase());
    let data_type = if is_json { Type::Json } else { types::read(row.text(4), table.text(1), name) };
    let mut column = Column::new(name, data_type);
    column.nullable = row.text(5) != "NO";
    let collation = row.value(8).filter(|collation| !is_json && *collation != table.text(4));
    if let Some(collation) = collation {
        column = column.collate_on(Dialect::Mysql, collation);
    }
    let generated = row.value(9).filter(|expression| !expression.is_empty());
    if let Some(expression) = generated {
        column = generate(column, &expressions::expression(server.is_mariadb, expression), &extra);
    } else {
        column = fill(server, column, row, &extra);
    }
    column.comment = row.value(10).filter(|comment| !comment.is_empty()).map(str::to_owned);
    if let Some(system) = row.value(11) {
        column = column.option(Dialect::Mysql, format!("SRID {system}"));
    }
    for (word, option) in
        [("invisible", "INVISIBLE"), ("without system versioning", "WITHOUT SYSTEM VERSIONING")]
    {
        if extra.contains(word) {
            column = column.option(Dialect::Mysql, option);
        }
    }
    column
}

fn generate(column: Column, expression: &str, extra: &str) -> Column {
    if extra.contains("virtual") {
        column.generated_virtual(expression)
    } else {
        column.generated(expression)
    }
}

/// What a row without a value for the column gets.
fn fill(server: &Server<'_>, mut column: Column, row: Row<'_>, extra: &str) -> Column {
    if extra.contains("auto_increment") {
        return column.autoincrement();
    }
    let read = if server.is_mariadb {
        defaults::mariadb(row.value(6), column.data_type)
    } else {
        defaults::mysql(row.value(6), extra.contains("default_generated"), column.data_type)
    };
    column.data_type = read.data_type;
    column.default = read.value;
    column.now_on_update = extra.contains("on update");
    column
}
