//! The source of several changes of one table.

use super::SourceError;
use super::enums::EnumNames;
use super::layout::{Expr, Statement, word};
use super::names::table_name;
use super::operation::{Receiver, of_one_table};
use crate::operation::{Batch, Recreate};

/// `op.batch_alter_table("users", |batch| { … })`
pub(super) fn batch(changes: &Batch, names: &EnumNames) -> Result<Expr, SourceError> {
    let recreate = match changes.recreate {
        Recreate::Auto => None,
        Recreate::Always => Some("servicekit::operation::Recreate::Always"),
        Recreate::Never => Some("servicekit::operation::Recreate::Never"),
    };
    let recreate = recreate.map(|recreate| word("batch").method("recreate", [word(recreate)]));
    let mut statements: Vec<Statement> = recreate.into_iter().map(Statement::from).collect();
    for operation in &changes.operations {
        if operation.table() != Some(&changes.table) {
            return Err(SourceError::in_batch(operation));
        }
        statements.push(of_one_table(operation, Receiver::OfTable, names)?.into());
    }
    for statement in &mut statements {
        statement.about = Some(String::new());
    }
    let head = if statements.is_empty() { "|_|" } else { "|batch|" };
    let block = Expr::Block { head, statements, value: None };
    Ok(word("op").method("batch_alter_table", [table_name(&changes.table), block]))
}
