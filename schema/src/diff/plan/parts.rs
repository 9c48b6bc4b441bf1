//! Constraints and indexes: they come and go; one that changes does both.

use super::{Affected, Alteration, Draft, HazardKind, Stage, values};
use crate::diff::Difference;
use crate::diff::constraints::column_of;
use crate::diff::indexes::{comes_with_foreign_key, plain_columns};
use crate::diff::names::are_same;
use crate::operation::{AddConstraint, CreateIndex, DropConstraint, DropIndex};
use crate::table::{Constraint, ConstraintKind, Index, NamingConvention, Schema, TableName, index};
use servicekit_chain::Dialect;

pub(super) fn plan_constraint(
    difference: &Difference,
    table: &TableName,
    constraint: &Alteration<Constraint>,
    draft: &mut Draft,
) -> Result<(), String> {
    let (from, to) = constraint.sides();
    // What stands in a column comes, goes and changes with it.
    let stands_by_itself = |schema: &Schema, constraint: &&Constraint| {
        let mut tables = schema.tables.iter().filter(|of| of.name == *table);
        tables.all(|of| column_of(constraint, of, difference.dialect).is_none())
    };
    if let Some(constraint) = from.filter(|each| stands_by_itself(&difference.from, each)) {
        drop_constraint(difference.dialect, table, constraint, draft)?;
        if to.is_none() {
            drop_index_of_key(difference, table, constraint, draft)?;
        }
    }
    if let Some(constraint) = to.filter(|each| stands_by_itself(&difference.to, each)) {
        add_constraint(table, constraint, draft);
        let affected = values::left_by(difference, table, constraint);
        let Some(affected) = affected.filter(|_| constraint.checks_rows()) else { return Ok(()) };
        let name = constraint.name().map_or_else(String::new, |name| format!(" {name}"));
        draft.warn_of_last(
            HazardKind::CanFail,
            table,
            format!("rows of {table} that the {}{name} does not take", constraint.kind()),
            Affected::Violating(affected),
        );
    }
    Ok(())
}

pub(super) fn drop_constraint(
    dialect: Dialect,
    table: &TableName,
    constraint: &Constraint,
    draft: &mut Draft,
) -> Result<(), String> {
    let kind = constraint.kind();
    let name = match (constraint.name(), kind, dialect) {
        (Some(name), ..) => name.to_owned(),
        (None, ConstraintKind::PrimaryKey, Dialect::Mysql) => "PRIMARY".to_owned(),
        (None, ConstraintKind::Check, _) => return Err("a check without a name cannot be dropped".to_owned()),
        // It is found by its columns; the name that it would have says nothing.
        (None, ..) => {
            let mut named = constraint.clone();
            NamingConvention::default().name(table, &mut named, None);
            named.name().unwrap_or_default().to_owned()
        }
    };
    let mut drop = DropConstraint::new(table, name, kind);
    drop.existing = Some(constraint.clone());
    let stage = match kind {
        ConstraintKind::ForeignKey => Stage::DropForeignKeys,
        ConstraintKind::PrimaryKey => Stage::DropPrimaryKeys,
        _ => Stage::DropConstraints,
    };
    draft.push(stage, table, drop);
    Ok(())
}

/// The index that MySQL has made for a foreign key, and keeps when the key goes: nothing says it, and nothing needs it then.
fn drop_index_of_key(
    difference: &Difference,
    table: &TableName,
    constraint: &Constraint,
    draft: &mut Draft,
) -> Result<(), String> {
    let (Constraint::ForeignKey(key), Dialect::Mysql) = (constraint, difference.dialect) else {
        return Ok(());
    };
    let Some(name) = &key.name else { return Ok(()) };
    let of_key = index(&key.columns).name(name);
    let of = |schema: &Schema| schema.tables.iter().find(|of| of.name == *table).cloned();
    let (Some(from), Some(to)) = (of(&difference.from), of(&difference.to)) else { return Ok(()) };
    let is_kept = comes_with_foreign_key(&of_key, &to, Dialect::Mysql)
        || to
            .indexes
            .iter()
            .filter_map(plain_columns)
            .any(|kept| are_same(&kept, &key.columns, Dialect::Mysql));
    if comes_with_foreign_key(&of_key, &from, Dialect::Mysql) && !is_kept {
        drop_index(table, &of_key, draft)?;
    }
    Ok(())
}

pub(super) fn add_constraint(table: &TableName, constraint: &Constraint, draft: &mut Draft) {
    let stage = match constraint.kind() {
        ConstraintKind::ForeignKey => Stage::AddForeignKeys,
        ConstraintKind::PrimaryKey => Stage::AddPrimaryKeys,
        _ => Stage::AddConstraints,
    };
    draft.push(stage, table, AddConstraint::new(table, constraint.clone()));
}

pub(super) fn plan_index(
    table: &TableName,
    index: &Alteration<Index>,
    draft: &mut Draft,
) -> Result<(), String> {
    let (from, to) = index.sides();
    if let Some(index) = from {
        drop_index(table, index, draft)?;
    }
    if let Some(index) = to {
        create_index(table, index, draft);
        if index.unique {
            let name = index.name.as_deref().unwrap_or_default();
            draft.warn_of_last(
                HazardKind::CanFail,
                table,
                format!("rows of {table} that the index {name} does not take"),
                Affected::Duplicates(index.clone()),
            );
        }
    }
    Ok(())
}

pub(super) fn drop_index(table: &TableName, index: &Index, draft: &mut Draft) -> Result<(), String> {
    let Some(name) = &index.name else { return Err("an index without a name cannot be dropped".to_owned()) };
    let mut drop = DropIndex::new(table, name);
    drop.existing = Some(index.clone());
    draft.push(Stage::DropIndexes, table, drop);
    Ok(())
}

pub(super) fn create_index(table: &TableName, index: &Index, draft: &mut Draft) {
    draft.push(Stage::CreateIndexes, table, CreateIndex::new(table, index.clone()));
}
