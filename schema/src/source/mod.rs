//! Operations as the Rust that records them.
//!
//! What is written is what a person would write: short forms where recording makes the same of them (`.primary_key()`,
//! `.unique()`, no name where the naming convention gives it), lines of at most 110 characters, one import.
//!
//! ```
//! # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
//! use servicekit::{revision::*, source};
//!
//! let mut op = Operations::default();
//! op.create_table("users", [ulid("id").primary_key(), string("email", 254).not_null()])
//!     .with(unique(["email"]).name("uq_users_email"));
//! assert_eq!(
//!     source::function("upgrade", &op).unwrap(),
//!     r#"pub fn upgrade(op: &mut Operations) {
//!     op.create_table("users", [ulid("id").primary_key(), string("email", 254).not_null().unique()]);
//! }
//! "#
//! );
//! ```
//!
//! Compiled with `use servicekit::revision::*`, the function records the same operations. What a table has that there is no
//! word for is a statement behind the table then.

mod batch;
mod column;
mod commented;
mod enums;
mod error;
mod layout;
mod literal;
mod names;
mod operation;
mod parts;
mod short;
mod table;

pub(crate) use commented::{Comments, commented};
pub use error::SourceError;
pub(crate) use literal::comment;

use crate::operation::{Operation, Operations, RecordedOperation};
use crate::table::{Schema, Type};
use enums::EnumNames;
use layout::{Expr, Statement, word};

/// A function that records these operations.
///
/// Enum types that are used several times are named at its beginning.
///
/// # Errors
/// If one of the operations is custom work, cannot be reversed, or is in a batch that has no method for it.
pub fn function(name: &str, operations: &Operations) -> Result<String, SourceError> {
    let recorded = operations.recorded();
    let names = EnumNames::of(recorded.iter().map(|recorded| &recorded.operation));
    let mut statements = names.statements();
    for group in recorded.chunk_by(|one, next| one.autocommit == next.autocommit) {
        statements.extend(autocommitted(group, &names)?);
    }
    Ok(layout::function(name, &[], &statements, false))
}

/// The same schema in the order that has the shortest [source](function): in each table first what its columns say by
/// themselves, then the other constraints and indexes.
#[must_use]
pub fn arranged(schema: &Schema) -> Schema {
    let tables = schema.tables.iter().map(short::arranged).collect();
    Schema { tables, ..schema.clone() }
}

/// Operations that are all committed by themselves, or none.
fn autocommitted(group: &[RecordedOperation], names: &EnumNames) -> Result<Vec<Statement>, SourceError> {
    let mut statements = Vec::new();
    for part in group.chunk_by(|one, next| one.dialect == next.dialect) {
        statements.extend(for_one_dialect(part, names)?);
    }
    match group.first() {
        Some(first) if first.autocommit => Ok(vec![nested("autocommit", None, statements)]),
        _ => Ok(statements),
    }
}

/// Operations that are all for the same database, or for all.
fn for_one_dialect(group: &[RecordedOperation], names: &EnumNames) -> Result<Vec<Statement>, SourceError> {
    let dialect = group.first().and_then(|first| first.dialect);
    let mut statements = Vec::new();
    for recorded in group {
        match (&recorded.operation, dialect) {
            (Operation::Execute(execute), Some(dialect))
                if group.len() == 1 && execute.parameters.is_empty() && execute.reverse.is_none() =>
            {
                return Ok(vec![operation::execute_for(dialect, &execute.sql).into()]);
            }
            (operation, dialect) => statements.extend(operation::statements(operation, dialect, names)?),
        }
    }
    match dialect {
        Some(dialect) => Ok(vec![nested("only_for", Some(names::dialect(dialect)), statements)]),
        None => Ok(statements),
    }
}

/// `op.only_for(Dialect::Postgres, |op| { … })`
fn nested(method: &str, argument: Option<Expr>, statements: Vec<Statement>) -> Statement {
    let block = Expr::Block { head: "|op|", statements, value: None };
    word("op").method(method, argument.into_iter().chain([block])).into()
}

/// The function that makes a column of a type without arguments, such as `integer`.
pub(crate) fn function_of(data_type: &Type) -> Option<&'static str> {
    names::simple(data_type).map(|(function, _)| function)
}

/// The type without arguments that a column of this function has.
pub(crate) fn type_of(function: &str) -> Option<Type> {
    names::SIMPLE.into_iter().find(|known| function_of(known) == Some(function))
}
