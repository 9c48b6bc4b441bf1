//! Enum types of PostgreSQL; elsewhere they are in the types of columns.

use super::matching::pairs;
use super::{Alteration, Fact};
use crate::table::{EnumType, Schema, Type};
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

/// The enum type that values are of: those of arrays too.
pub(super) fn enum_of(data_type: &Type) -> Option<&EnumType> {
    match data_type {
        Type::Enum(of) => Some(of),
        Type::Array(item) => enum_of(item),
        _ => None,
    }
}

/// Gives an enum type other values, wherever it is in a type.
pub(super) fn set_values(data_type: &mut Type, of: &EnumType) {
    match data_type {
        Type::Enum(own) if own.name == of.name => own.values.clone_from(&of.values),
        Type::Array(base) | Type::WithPrecision { base, .. } => set_values(base, of),
        Type::PerDialect { base, variants } => {
            set_values(base, of);
            for (_, variant) in variants {
                set_values(variant, of);
            }
        }
        _ => {}
    }
}
