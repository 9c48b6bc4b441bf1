//! Indexes: known by their names, and those without a name by what they say.

use super::comparison::{Comparison, Found, Sameness};
use super::matching::{Matched, pairs};
use super::names::{are_same, is_same};
use super::verdict::ExpressionPlace;
use super::{Alteration, Fact};
use crate::render::part_text;
use crate::table::{Constraint, Index, IndexKey, KeyOf, Nulls, Order, Table};
use servicekit_chain::Dialect;

pub(super) fn facts(comparison: &Comparison<'_>) -> Vec<Found> {
    let (from, to, dialect) = (comparison.from, comparison.to, comparison.dialect);
    let matched = matched(comparison);
    let sameness = |one: &Index, other: &Index| says_the_same(one, other, comparison);
    let mut all: Vec<(Alteration<Index>, Sameness)> = Vec::new();
    let differs = |alteration| (alteration, Sameness::Different);
    let dropped = matched.dropped.into_iter().filter(|index| !comes_with_foreign_key(index, to, dialect));
    all.extend(dropped.cloned().map(Alteration::Dropped).map(differs));
    all.extend(
        matched.both.into_iter().map(|(from, to)| {
            (Alteration::Changed { from: from.clone(), to: to.clone() }, sameness(from, to))
        }),
    );
    let added = matched.added.into_iter().filter(|index| !comes_with_foreign_key(index, from, dialect));
    all.extend(added.cloned().map(Alteration::Added).map(differs));
    // Whatever order they are declared or read in.
    let text = |index: &Index| part_text::index_text(dialect, &to.name, index).unwrap_or_default();
    all.sort_by_cached_key(|(each, _)| (each.last().name.clone(), text(each.last())));
    let fact = |index| Fact::Index { table: to.name.clone(), index };
    all.into_iter().filter_map(|(each, sameness)| Found::of(|| fact(each), sameness)).collect()
}

/// Which of two tables' indexes are one.
pub(super) fn matched<'c>(comparison: &Comparison<'c>) -> Matched<'c, Index> {
    let (from, to, dialect) = (comparison.from, comparison.to, comparison.dialect);
    let has_name = |one: &Index, other: &Index| match (&one.name, &other.name) {
        (Some(one), Some(other)) => is_same(one, other, dialect),
        _ => false,
    };
    let is_unnamed = |one: &Index, other: &Index| one.name.is_none() || other.name.is_none();
    let sameness = |one: &Index, other: &Index| says_the_same(one, other, comparison);
    pairs(&from.indexes, &to.indexes, has_name)
        .or_by(|one, other| is_unnamed(one, other) && sameness(one, other).is_same())
        .or_by(|one, other| is_unnamed(one, other) && sameness(one, other).is_untold())
}

/// Whether two indexes are one but for their names. Storage options are nobody's business but the database's.
fn says_the_same(one: &Index, other: &Index, comparison: &Comparison<'_>) -> Sameness {
    let dialect = comparison.dialect;
    let Index { name: _, keys, unique, filter, method, include, nulls_not_distinct, options: _, comment } =
        one;
    let method_of = |method: &Option<String>| {
        let name = method.as_ref().map(|name| name.to_ascii_lowercase());
        name.filter(|name| name != "btree")
    };
    let is_alike = keys.len() == other.keys.len()
        && *unique == other.unique
        && method_of(method) == method_of(&other.method)
        && are_same(include, &other.include, dialect)
        && *nulls_not_distinct == other.nulls_not_distinct
        && *comment == other.comment;
    let pairs = keys.iter().zip(&other.keys);
    pairs
        .fold(is_alike.into(), |same: Sameness, (one, other)| same.and(|| self::keys(one, other, comparison)))
        .and(|| comparison.conditions(filter.as_deref(), other.filter.as_deref()))
}

/// Whether two keys are one: what is not said is the default of the database.
pub(super) fn keys(one: &IndexKey, other: &IndexKey, comparison: &Comparison<'_>) -> Sameness {
    let dialect = comparison.dialect;
    let IndexKey { of, order, nulls, collation, operator_class, mysql_length } = one;
    let is_descending = |order: Option<Order>| order == Some(Order::Descending);
    // Nulls are larger than everything else (PostgreSQL's manual, 11.4).
    let nulls_first =
        |order, nulls: Option<Nulls>| nulls.map_or(is_descending(order), |nulls| nulls == Nulls::First);
    let is_alike = is_descending(*order) == is_descending(other.order)
        && nulls_first(*order, *nulls) == nulls_first(other.order, other.nulls)
        && *collation == other.collation
        && *operator_class == other.operator_class
        && (dialect != Dialect::Mysql || *mysql_length == other.mysql_length);
    Sameness::from(is_alike).and(|| match (of, &other.of) {
        (KeyOf::Column(one), KeyOf::Column(other)) => is_same(one, other, dialect).into(),
        (KeyOf::Expression(one), KeyOf::Expression(other)) => {
            comparison.expressions(one, other, ExpressionPlace::Key)
        }
        _ => Sameness::Different,
    })
}

/// The columns of an index that is about nothing else.
pub(super) fn plain_columns(index: &Index) -> Option<Vec<String>> {
    let columns: Vec<String> = index.keys.iter().filter_map(|key| key.column().map(str::to_owned)).collect();
    (!index.unique && index.filter.is_none() && columns.len() == index.keys.len()).then_some(columns)
}

/// Whether MySQL makes this index by itself for a foreign key of a table that has no other one for it, and lets nobody drop it
/// (manual, 15.1.20.5).
pub(super) fn comes_with_foreign_key(index: &Index, table: &Table, dialect: Dialect) -> bool {
    let Some(columns) = plain_columns(index).filter(|_| dialect == Dialect::Mysql) else { return false };
    let begins = |key: &[&str]| {
        key.len() >= columns.len()
            && key.iter().zip(&columns).all(|(one, other)| is_same(one, other, dialect))
    };
    let is_of_key = |each: &Constraint| match each {
        Constraint::ForeignKey(key) => are_same(&key.columns, &columns, dialect),
        _ => false,
    };
    let serves = |each: &Constraint| {
        matches!(each, Constraint::PrimaryKey(_) | Constraint::Unique(_)) && begins(&each.columns())
    };
    let mut keys =
        table.indexes.iter().map(|index| index.keys.iter().map_while(IndexKey::column).collect::<Vec<_>>());
    table.constraints.iter().any(is_of_key)
        && !table.constraints.iter().any(serves)
        && !keys.any(|key| begins(&key))
}
