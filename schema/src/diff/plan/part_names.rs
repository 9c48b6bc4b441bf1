//! Constraints and indexes that only get another name, because a new table needs theirs.

use super::{Draft, Stage};
use crate::diff::{Difference, Rename};
use crate::operation::{AddConstraint, CreateIndex, DropConstraint, DropIndex, Operation, RenameIndex};
use crate::table::{Constraint, ConstraintKind, Table, TableName};
use servicekit_chain::Dialect;

/// Plans all of them: when tables and columns have their later names.
pub(super) fn plan(difference: &Difference, draft: &mut Draft) {
    let is_first = difference.renamed.is_first;
    let schema = if is_first { &difference.from } else { &difference.to };
    let stage = if is_first { Stage::Renames } else { Stage::RenamesBack };
    for rename in &difference.renamed.list {
        let Rename::Part { table: name, kind, from, to } = rename else { continue };
        if difference.dialect == Dialect::Postgres {
            // That of a constraint is renamed with its index.
            draft.push(stage, name, RenameIndex::new(name, from, to));
            continue;
        }
        // The schema has the later name.
        let known = if is_first { to } else { from };
        let table = schema.tables.iter().find(|table| table.name == *name);
        let operations = table.and_then(|table| again(table, *kind, known, [from, to]));
        operations.into_iter().flatten().for_each(|operation| draft.push(stage, name, operation));
    }
}

/// What drops a part, and creates it by another name.
fn again(
    table: &Table,
    kind: Option<ConstraintKind>,
    known: &str,
    [from, to]: [&String; 2],
) -> Option<[Operation; 2]> {
    let name: &TableName = &table.name;
    let Some(kind) = kind else {
        let index = table.indexes.iter().find(|index| index.name.as_deref() == Some(known))?;
        let named = |name: &String| crate::table::Index { name: Some(name.clone()), ..index.clone() };
        let mut drop = DropIndex::new(name, from);
        drop.existing = Some(named(from));
        return Some([drop.into(), CreateIndex::new(name, named(to)).into()]);
    };
    let is_it = |each: &&Constraint| each.kind() == kind && each.name() == Some(known);
    let constraint = table.constraints.iter().find(is_it)?;
    let named = |name: &String| {
        let mut named = constraint.clone();
        *named.name_mut() = Some(name.clone());
        named
    };
    let mut drop = DropConstraint::new(name, from, kind);
    drop.existing = Some(named(from));
    Some([drop.into(), AddConstraint::new(name, named(to)).into()])
}
