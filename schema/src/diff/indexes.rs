//! Indexes: known by their names, and those without a name by what they say.

use super::columns::{are_same, is_same};
use super::matching::pairs;
use super::{Alteration, Fact, expressions};
use crate::render::part_text;
use crate::table::{Index, IndexKey, KeyOf, Nulls, Order, Table};
use servicekit_chain::Dialect;

pub(super) fn facts(from: &Table, to: &Table, dialect: Dialect) -> Vec<Fact> {
    let has_name = |one: &Index, other: &Index| match (&one.name, &other.name) {
        (Some(one), Some(other)) => is_same(one, other, dialect),
        _ => false,
    };
    let is_unnamed = |one: &Index, other: &Index| {
        (one.name.is_none() || other.name.is_none()) && says_the_same(one, other, dialect)
    };
    let matched = pairs(&from.indexes, &to.indexes, has_name).or_by(is_unnamed);
    let mut all: Vec<Alteration<Index>> = Vec::new();
    all.extend(matched.dropped.into_iter().cloned().map(Alteration::Dropped));
    let changed = matched.both.into_iter().filter(|(from, to)| !says_the_same(from, to, dialect));
    all.extend(changed.map(|(from, to)| Alteration::Changed { from: from.clone(), to: to.clone() }));
    all.extend(matched.added.into_iter().cloned().map(Alteration::Added));
    // Whatever order they are declared or read in.
    let text = |index: &Index| part_text::index_text(dialect, &to.name, index).unwrap_or_default();
    all.sort_by_cached_key(|each| (each.last().name.clone(), text(each.last())));
    all.into_iter().map(|index| Fact::Index { table: to.name.clone(), index }).collect()
}

/// Whether two indexes are one but for their names. Storage options are nobody's business but the database's.
fn says_the_same(one: &Index, other: &Index, dialect: Dialect) -> bool {
    let Index { name: _, keys, unique, filter, method, include, nulls_not_distinct, options: _, comment } =
        one;
    let method_of = |method: &Option<String>| {
        let name = method.as_ref().map(|name| name.to_ascii_lowercase());
        name.filter(|name| name != "btree")
    };
    keys.len() == other.keys.len()
        && keys.iter().zip(&other.keys).all(|(one, other)| is_same_key(one, other, dialect))
        && *unique == other.unique
        && expressions::are_same(filter.as_deref(), other.filter.as_deref(), dialect)
        && method_of(method) == method_of(&other.method)
        && are_same(include, &other.include, dialect)
        && *nulls_not_distinct == other.nulls_not_distinct
        && *comment == other.comment
}

/// Whether two keys are one: what is not said is the default of the database.
pub(super) fn is_same_key(one: &IndexKey, other: &IndexKey, dialect: Dialect) -> bool {
    let IndexKey { of, order, nulls, collation, operator_class, mysql_length } = one;
    let is_same_of = match (of, &other.of) {
        (KeyOf::Column(one), KeyOf::Column(other)) => is_same(one, other, dialect),
        (KeyOf::Expression(one), KeyOf::Expression(other)) => expressions::is_same(one, other, dialect),
        _ => false,
    };
    let is_descending = |order: Option<Order>| order == Some(Order::Descending);
    // Nulls are larger than everything else (PostgreSQL's manual, 11.4).
    let nulls_first =
        |order, nulls: Option<Nulls>| nulls.map_or(is_descending(order), |nulls| nulls == Nulls::First);
    is_same_of
        && is_descending(*order) == is_descending(other.order)
        && nulls_first(*order, *nulls) == nulls_first(other.order, other.nulls)
        && *collation == other.collation
        && *operator_class == other.operator_class
        && (dialect != Dialect::Mysql || *mysql_length == other.mysql_length)
}
