//! Constraints: known by their names, and those without a name by what they say.

use super::comparison::{Comparison, Found, Sameness};
use super::matching::{Matched, pairs};
use super::names::{are_same, is_same, is_same_table};
use super::{Alteration, Fact, expressions};
use crate::render::part_text;
use crate::table::{
    Check, Column, Constraint, Exclusion, ForeignKey, ForeignKeyAction, PrimaryKey, Table, Unique, check,
};
use servicekit_chain::Dialect;

pub(super) fn facts(comparison: &Comparison<'_>) -> Vec<Found> {
    let (to, dialect) = (comparison.to, comparison.dialect);
    let [olds, news] = [comparison.from, to].map(|table| with_own_checks(table, dialect));
    let matched = matched(&olds, &news, comparison);
    let sameness = |one: &Constraint, other: &Constraint| says_the_same(one, other, comparison);
    let mut all: Vec<(Alteration<Constraint>, Sameness)> = Vec::new();
    let differs = |alteration| (alteration, Sameness::Different);
    all.extend(matched.dropped.into_iter().cloned().map(Alteration::Dropped).map(differs));
    all.extend(matched.both.into_iter().map(|(from, to)| {
        let changed = Alteration::Changed { from: from.clone(), to: to.clone() };
        (changed, Sameness::from(is_named_alike(from, to, dialect)).and(|| sameness(from, to)))
    }));
    all.extend(matched.added.into_iter().cloned().map(Alteration::Added).map(differs));
    // Whatever order they are declared or read in.
    let text = |each: &Constraint| part_text::constraint_text(dialect, each);
    all.sort_by_cached_key(|(each, _)| {
        (each.last().kind(), each.last().name().map(str::to_owned), text(each.last()))
    });
    let fact = |constraint| Fact::Constraint { table: to.name.clone(), constraint };
    all.into_iter().filter_map(|(each, sameness)| Found::of(|| fact(each), sameness)).collect()
}

/// Which of two tables' constraints are one.
pub(super) fn matched<'c>(
    olds: &'c [Constraint],
    news: &'c [Constraint],
    comparison: &Comparison<'_>,
) -> Matched<'c, Constraint> {
    let dialect = comparison.dialect;
    let has_name = |one: &Constraint, other: &Constraint| match (one.name(), other.name()) {
        (Some(one_name), Some(name)) => one.kind() == other.kind() && is_same(one_name, name, dialect),
        _ => false,
    };
    let is_unnamed = |one: &Constraint, other: &Constraint| one.name().is_none() || other.name().is_none();
    // There is one primary key at most, whatever its name is.
    let are_keys = |one: &Constraint, other: &Constraint| {
        matches!((one, other), (Constraint::PrimaryKey(_), Constraint::PrimaryKey(_)))
    };
    let sameness = |one: &Constraint, other: &Constraint| says_the_same(one, other, comparison);
    pairs(olds, news, has_name)
        .or_by(|one, other| is_unnamed(one, other) && is_written_alike(one, other, dialect))
        .or_by(|one, other| is_unnamed(one, other) && sameness(one, other).is_same())
        .or_by(|one, other| is_unnamed(one, other) && sameness(one, other).is_untold())
        .or_by(are_keys)
}

/// The constraints of a table, with the checks that stand in its columns: such a one is a check without a name.
fn with_own_checks(table: &Table, dialect: Dialect) -> Vec<Constraint> {
    let own = table.columns.iter().filter(|_| dialect == Dialect::Mysql).filter_map(Column::own_check);
    table.constraints.iter().cloned().chain(own.map(|condition| check(condition).into())).collect()
}

/// The column in which a constraint stands, which can be changed with it only.
pub(super) fn column_of<'t>(
    constraint: &Constraint,
    table: &'t Table,
    dialect: Dialect,
) -> Option<&'t Column> {
    let Constraint::Check(Check { name: None, condition, .. }) = constraint else { return None };
    let condition = condition.sql(dialect);
    let is_its = |column: &&Column| column.own_check() == Some(&*condition);
    table.columns.iter().filter(|_| dialect == Dialect::Mysql).find(is_its)
}

/// Whether two checks have the same tokens: nothing needs to be asked then.
fn is_written_alike(one: &Constraint, other: &Constraint, dialect: Dialect) -> bool {
    match (one, other) {
        (Constraint::Check(one), Constraint::Check(other)) => {
            (one.no_inherit, one.not_enforced) == (other.no_inherit, other.not_enforced)
                && expressions::is_same(&one.condition.sql(dialect), &other.condition.sql(dialect), dialect)
        }
        _ => false,
    }
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
fn says_the_same(one: &Constraint, other: &Constraint, comparison: &Comparison<'_>) -> Sameness {
    let dialect = comparison.dialect;
    let is_same = match (one, other) {
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
            return Sameness::from((*no_inherit, *not_enforced) == (other.no_inherit, other.not_enforced))
                .and(|| {
                    comparison.conditions(Some(&condition.sql(dialect)), Some(&other.condition.sql(dialect)))
                });
        }
        (Constraint::ForeignKey(one), Constraint::ForeignKey(other)) => is_same_key(one, other, dialect),
        (Constraint::Exclusion(one), Constraint::Exclusion(other)) => {
            let Exclusion { name: _, method, elements, filter, deferrability } = one;
            let is_alike = *method == other.method
                && *deferrability == other.deferrability
                && elements.len() == other.elements.len()
                && elements.iter().zip(&other.elements).all(|((_, one), (_, other))| one == other);
            let keys = elements.iter().zip(&other.elements);
            return keys
                .fold(is_alike.into(), |same: Sameness, ((one, _), (other, _))| {
                    same.and(|| super::indexes::keys(one, other, comparison))
                })
                .and(|| comparison.conditions(filter.as_deref(), other.filter.as_deref()));
        }
        _ => false,
    };
    is_same.into()
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
        && is_same_table(referred_table, &other.referred_table, dialect)
        && are_same(referred_columns, &other.referred_columns, dialect)
        && action(*on_delete) == action(other.on_delete)
        && are_same(on_delete_columns, &other.on_delete_columns, dialect)
        && action(*on_update) == action(other.on_update)
        && *matching == other.matching
        && *deferrability == other.deferrability
        && *not_enforced == other.not_enforced
}
