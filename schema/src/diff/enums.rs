//! Enum types of PostgreSQL; elsewhere they are in the types of columns.

use super::matching::pairs;
use super::{Alteration, Fact};
use crate::table::{EnumType, Schema};
use servicekit_chain::Dialect;

/// The order of values counts: PostgreSQL compares by it.
pub(super) fn facts(from: &Schema, to: &Schema, dialect: Dialect) -> Vec<Fact> {
    if dialect != Dialect::Postgres {
        return Vec::new();
    }
    let matched = pairs(&from.enums, &to.enums, |one, other| one.name == other.name);
    let mut facts: Vec<Alteration<EnumType>> = Vec::new();
    facts.extend(matched.dropped.into_iter().cloned().map(Alteration::Dropped));
    let changed = matched.both.into_iter().filter(|(from, to)| from.values != to.values);
    facts.extend(changed.map(|(from, to)| Alteration::Changed { from: from.clone(), to: to.clone() }));
    facts.extend(matched.added.into_iter().cloned().map(Alteration::Added));
    facts.sort_by(|one, other| one.last().name.cmp(&other.last().name));
    facts.into_iter().map(Fact::Enum).collect()
}
