//! Tables that come and go, and their comments.

use super::{Affected, Alteration, Draft, HazardKind, Stage, named};
use crate::diff::{Difference, Fact};
use crate::operation::{Operation, SetTableComment};
use crate::table::{Schema, Table, TableName};

pub(super) fn plan(difference: &Difference, table: &Alteration<Box<Table>>, draft: &mut Draft) {
    match table {
        // All together with the first, because of those that they refer to.
        Alteration::Added(table) => {
            if added(difference).next().is_some_and(|first| first.name == table.name) {
                create_all(difference, draft);
            }
        }
        Alteration::Dropped(table) => {
            if dropped(difference).next().is_some_and(|first| first.name == table.name) {
                drop_all(difference, draft);
            }
        }
        Alteration::Changed { .. } => {}
    }
}

pub(super) fn plan_comment(table: &TableName, comment: &Alteration<String>, draft: &mut Draft) {
    let (from, to) = comment.sides();
    let mut set = SetTableComment::new(table, to.cloned());
    set.existing = from.cloned();
    draft.push(Stage::Comments, table, set);
}

fn added(difference: &Difference) -> impl Iterator<Item = &Table> {
    difference.facts.iter().filter_map(|fact| match fact {
        Fact::Table(Alteration::Added(table)) => Some(&**table),
        _ => None,
    })
}

fn dropped(difference: &Difference) -> impl Iterator<Item = &Table> {
    difference.facts.iter().filter_map(|fact| match fact {
        Fact::Table(Alteration::Dropped(table)) => Some(&**table),
        _ => None,
    })
}

fn drop_all(difference: &Difference, draft: &mut Draft) {
    let named = |table| named::with_names_of_checks(table, difference.dialect);
    let tables: Vec<Table> = dropped(difference).cloned().map(named).collect();
    let is_in_the_way = tables.iter().any(|table| is_in_the_way(difference, table));
    let stage = if is_in_the_way { Stage::DropTablesInTheWay } else { Stage::DropTables };
    let schema = Schema { enums: Vec::new(), tables };
    let of = |name: &TableName| schema.tables.iter().find(|table| table.name == *name);
    for recorded in schema.drops(difference.dialect).into_recorded(difference.dialect) {
        match recorded.operation {
            Operation::DropTable(mut drop) => {
                drop.existing = of(&drop.table).cloned();
                let table = drop.table.clone();
                draft.push(stage, &TableName::from(""), drop);
                draft.warn_of_last(HazardKind::LosesData, &table, format!("table {table}"), Affected::Rows);
            }
            Operation::DropConstraint(mut drop) => {
                let constraints =
                    of(&drop.table).map(|table| table.constraints.as_slice()).unwrap_or_default();
                drop.existing = constraints.iter().find(|each| each.name() == Some(&drop.name)).cloned();
                draft.push(Stage::DropForeignKeys, &drop.table.clone(), drop);
            }
            // Nothing else is dropped with a table.
            _ => {}
        }
    }
}

fn create_all(difference: &Difference, draft: &mut Draft) {
    let tables = added(difference)
        .cloned()
        .map(|table| named::with_names_of_checks(table, difference.dialect))
        .collect();
    let schema = Schema { enums: Vec::new(), tables };
    for recorded in schema.operations(difference.dialect).into_recorded(difference.dialect) {
        let operation = recorded.operation;
        // What closes a circle between new tables needs all of them.
        let stage = match &operation {
            Operation::AddConstraint(_) => Stage::AddForeignKeys,
            _ => Stage::CreateTables,
        };
        draft.push(stage, &TableName::from(""), operation);
    }
}

/// Whether something new takes its name or one of its parts'.
fn is_in_the_way(difference: &Difference, table: &Table) -> bool {
    let names = |table: &Table| {
        let constraints = table.constraints.iter().filter_map(|each| each.name().map(str::to_owned));
        let indexes = table.indexes.iter().filter_map(|index| index.name.clone());
        constraints.chain(indexes).collect::<Vec<String>>()
    };
    let mut own = names(table);
    own.push(table.name.name.clone());
    let is_own = |name: &str| own.iter().any(|own| own.eq_ignore_ascii_case(name));
    difference.facts.iter().any(|fact| match fact {
        Fact::Table(Alteration::Added(new)) => names(new).iter().any(|name| is_own(name)),
        Fact::Constraint { constraint, .. } => {
            constraint.sides().1.and_then(|new| new.name()).is_some_and(is_own)
        }
        Fact::Index { index, .. } => index.sides().1.and_then(|new| new.name.as_deref()).is_some_and(is_own),
        _ => false,
    })
}
