//! Constraints: known by their names, and those without a name by what they say.

use super::columns::{are_same, is_same};
use super::matching::pairs;
use super::{Alteration, Fact, expressions, tables};
use crate::render::part_text;
use crate::table::{Check, Constraint, Exclusion, ForeignKey, ForeignKeyAction, PrimaryKey, Table, Unique};
use servicekit_chain::Dialect;

pub(super) fn facts(from: &Table, to: &Table, dialect: Dialect) -> Vec<Fact> {
    let has_name = |one: &Constraint, other: &Constraint| match (one.name(), other.name()) {
        (Some(one_name), Some(name)) => one.kind() == other.kind() && is_same(one_name, name, dialect),
        _ => false,
    };
    let is_unnamed = |one: &Constraint, other: &Constraint| {
        (one.name().is_none() || other.name().is_none()) && says_the_same(one, other, dialect)
    };
    // There is one primary key at most, whatever its name is.
    let are_keys = |one: &Constraint, other: &Constraint| {
        matches!((one, other), (Constraint::PrimaryKey(_), Constraint::PrimaryKey(_)))
    };
    let matched = pairs(&from.constraints, &to.constraints, has_name).or_by(is_unnamed).or_by(are_keys);
    let mut all: Vec<Alteration<Constraint>> = Vec::new();
    all.extend(matched.dropped.into_iter().cloned().map(Alteration::Dropped));
    let differs = |(from, to): &(&Constraint, &Constraint)| {
        !says_the_same(from, to, dialect) || !is_named_alike(from, to, dialect)
    };
    all.extend(
        matched
            .both
            .into_iter()
            .filter(differs)
            .map(|(from, to)| Alteration::Changed { from: from.clone(), to: to.clone() }),
    );
    all.extend(matched.added.into_iter().cloned().map(Alteration::Added));
    // Whatever order they are declared or read in.
    let text = |each: &Constraint| part_text::constraint_text(dialect, each);
    all.sort_by_cached_key(|each| {
        (each.last().kind(), each.last().name().map(str::to_owned), text(each.last()))
    });
    all.into_iter().map(|constraint| Fact::Constraint { table: to.name.clone(), constraint }).collect()
}

/// One without a name has any; a primary key of MySQL has always the same.
fn is_named_alike(one: &Constraint, other: &Constraint, dialect: Dialect) -> bool {
    let is_key = matches!(one, Constraint::PrimaryKey(_));
    match (one.name(), other.name()) {
        (Some(one), Some(other)) => (is_key && dialect == Dialect::Mysql) || is_same(one, other, dialect),
        _ => true,
    }
}

/// Whether two constraints are one but for their names.
pub(super) fn says_the_same(one: &Constraint, other: &Constraint, dialect: Dialect) -> bool {
    match (one, other) {
        (Constraint::PrimaryKey(one), Constraint::PrimaryKey(other)) => {
            let PrimaryKey { name: _, columns, include, deferrability } = one;
            are_same(columns, &other.columns, dialect)
                && are_same(include, &other.include, dialect)
                && *deferrability == other.deferrability
        }
        (Constraint::Unique(one), Constraint::Unique(other)) => {
            let Unique { name: _, columns, include, nulls_not_distinct, deferrability } = one;
            are_same(columns, &other.columns, dialect)
                && are_same(include, &other.include, dialect)
                && (*nulls_not_distinct, *deferrability) == (other.nulls_not_distinct, other.deferrability)
        }
        (Constraint::Check(one), Constraint::Check(other)) => {
            // Whether the rows were looked at is no property that is asked for.
            let Check { name: _, condition, no_inherit, not_valid: _, not_enforced } = one;
            expressions::is_same(condition, &other.condition, dialect)
                && (*no_inherit, *not_enforced) == (other.no_inherit, other.not_enforced)
        }
        (Constraint::ForeignKey(one), Constraint::ForeignKey(other)) => is_same_key(one, other, dialect),
        (Constraint::Exclusion(one), Constraint::Exclusion(other)) => {
            let Exclusion { name: _, method, elements, filter, deferrability } = one;
            *method == other.method
                && *deferrability == other.deferrability
                && elements.len() == other.elements.len()
                && elements.iter().zip(&other.elements).all(|((one, operator), (other, other_operator))| {
                    operator == other_operator && super::indexes::is_same_key(one, other, dialect)
                })
                && expressions::are_same(filter.as_deref(), other.filter.as_deref(), dialect)
        }
        _ => false,
    }
}

fn is_same_key(one: &ForeignKey, other: &ForeignKey, dialect: Dialect) -> bool {
    let ForeignKey {
        name: _,
        columns,
        referred_table,
        referred_columns,
        on_delete,
        on_delete_columns,
        on_update,
        matching,
        deferrability,
        not_valid: _,
        not_enforced,
    } = one;
    let action = |action: Option<ForeignKeyAction>| match action {
        // InnoDB takes both for one, and so does who has said nothing.
        Some(ForeignKeyAction::Restrict) if dialect == Dialect::Mysql => None,
        Some(ForeignKeyAction::NoAction) => None,
        other => other,
    };
    are_same(columns, &other.columns, dialect)
        && tables::is_same(referred_table, &other.referred_table, dialect)
        && are_same(referred_columns, &other.referred_columns, dialect)
        && action(*on_delete) == action(other.on_delete)
        && are_same(on_delete_columns, &other.on_delete_columns, dialect)
        && action(*on_update) == action(other.on_update)
        && *matching == other.matching
        && *deferrability == other.deferrability
        && *not_enforced == other.not_enforced
}
