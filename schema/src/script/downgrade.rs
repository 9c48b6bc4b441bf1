//! The way back in Rust.

use super::{ScriptError, function, lost, written};
use crate::diff::SchemaChange;
use crate::operation::{CreateTable, Operation, Operations};
use crate::source;
use servicekit_chain::Dialect;
use std::fmt::Write as _;

/// The reverse of what `upgrade` records if it is what leads back, else what does.
pub(super) fn of_difference(there: &SchemaChange, back: &SchemaChange) -> Result<String, ScriptError> {
    let above = lost(there);
    if is_reverse(&there.recorded(), &back.recorded(), &Dialect::ALL) {
        let hazards = back.hazards.iter().map(ToString::to_string);
        return Ok(reverse(above.into_iter().chain(hazards)));
    }
    function("downgrade", back, above)
}

pub(super) fn of_creation(there: &Operations, back: &Operations) -> Result<String, ScriptError> {
    if only_creates(there) {
        return Ok(reverse([]));
    }
    source::function("downgrade", back).map_err(ScriptError::Rust)
}

/// The function that reverses `upgrade`.
pub(super) fn reverse(comments: impl IntoIterator<Item = String>) -> String {
    let mut text = "pub fn downgrade(op: &mut Operations) {\n".to_owned();
    for comment in comments {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "    // {}", source::comment(&comment));
    }
    text + "    op.reverse_of(upgrade);\n}\n"
}

/// Whether the reverse of what is recorded there is what is recorded on the way back, on each of these databases.
pub(super) fn is_reverse(there: &Operations, back: &Operations, databases: &[Dialect]) -> bool {
    let mut reversed = Operations::default();
    reversed.reverse_of(|op| *op = written(there));
    let back = written(back);
    let on = |operations: &Operations, dialect: Dialect| -> Vec<Operation> {
        operations.clone().into_recorded(dialect).map(|recorded| named(recorded.operation)).collect()
    };
    databases.iter().all(|dialect| on(&reversed, *dialect) == on(&back, *dialect))
}

/// A table that goes, with the names that it was created with where it has none.
fn named(operation: Operation) -> Operation {
    let Operation::DropTable(mut drop) = operation else { return operation };
    if let Some(existing) = drop.existing.take() {
        let mut created = Operations::default();
        created.push(CreateTable::new(existing));
        drop.existing = created.recorded().iter().find_map(|recorded| match &recorded.operation {
            Operation::CreateTable(create) => Some(create.table.clone()),
            _ => None,
        });
    }
    drop.into()
}

/// Whether everything goes with the tables and types that are created: there is no statement for what there is no word for,
/// and no circle of tables, whose last foreign keys have to go first.
fn only_creates(operations: &Operations) -> bool {
    operations.recorded().iter().all(|recorded| match &recorded.operation {
        Operation::CreateTable(create) => create.table.remainders.is_empty(),
        Operation::CreateEnum(_) => true,
        _ => false,
    })
}
