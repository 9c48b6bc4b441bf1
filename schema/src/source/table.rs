//! The source of tables.

use super::column::column;
use super::enums::EnumNames;
use super::layout::{Expr, array, call, text};
use super::names::{dialect, table_name};
use super::parts;
use super::short;
use crate::operation::CreateTable;
use crate::table::Table;

/// `op.create_table("users", […]).with(…)`
pub(super) fn create(op: Expr, create: &CreateTable, names: &EnumNames) -> Expr {
    let short = short::shortened(&create.table);
    let made = op.method("create_table", [table_name(&short.name), columns(&short, names)]);
    beside(&short, made).flag("if_not_exists", create.if_not_exists)
}

/// `Table::new("users", […]).with(…)`, with all names as they are.
pub(super) fn table(table: &Table, names: &EnumNames) -> Expr {
    let made = beside(table, call("Table::new", [table_name(&table.name), columns(table, names)]));
    table.remainders.iter().fold(made, |made, remainder| {
        let parts = [dialect(remainder.dialect), text(&remainder.what), text(&remainder.sql)];
        made.method("remainder", [call("servicekit::schema::Remainder::new", parts)])
    })
}

fn columns(table: &Table, names: &EnumNames) -> Expr {
    array(table.columns.iter().map(|each| column(each, names)))
}

/// What a table has besides columns.
fn beside(table: &Table, made: Expr) -> Expr {
    let constraints = table.constraints.iter().map(parts::constraint);
    let indexes = table.indexes.iter().map(parts::index);
    let made = constraints.chain(indexes).fold(made, |made, part| made.method("with", [part]));
    let made = made.maybe("comment", table.comment.as_deref().map(text));
    table.options.iter().fold(made, |made, (on, sql)| made.method("option", [dialect(*on), text(sql)]))
}
