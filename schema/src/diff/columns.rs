//! Columns, attribute by attribute. Their order is not compared.

use super::matching::pairs;
use super::{Alteration, Attribute, Fact, expressions, types, values};
use crate::table::{Column, Table};
use servicekit_chain::Dialect;

pub(super) fn facts(from: &Table, to: &Table, dialect: Dialect) -> Vec<Fact> {
    let matched = pairs(&from.columns, &to.columns, |one, other| is_same(&one.name, &other.name, dialect));
    let table = || to.name.clone();
    let mut facts = Vec::new();
    for column in matched.dropped {
        let column = Alteration::Dropped(Box::new(column.clone()));
        facts.push(Fact::Column { table: table(), column });
    }
    for (from, to) in matched.both {
        let differs = |attribute: &Attribute| !is_alike(*attribute, from, to, dialect);
        facts.extend(Attribute::ALL.into_iter().filter(differs).map(|attribute| Fact::Attribute {
            table: table(),
            attribute,
            from: Box::new(from.clone()),
            to: Box::new(to.clone()),
        }));
    }
    for column in matched.added {
        let column = Alteration::Added(Box::new(column.clone()));
        facts.push(Fact::Column { table: table(), column });
    }
    facts
}

/// Whether two names of columns, constraints or indexes are one.
pub(super) fn is_same(one: &str, other: &str, dialect: Dialect) -> bool {
    match dialect {
        Dialect::Postgres => one == other,
        _ => one.eq_ignore_ascii_case(other),
    }
}

/// Whether two lists of columns are one, in this order.
pub(super) fn are_same(some: &[String], others: &[String], dialect: Dialect) -> bool {
    some.len() == others.len() && some.iter().zip(others).all(|(one, other)| is_same(one, other, dialect))
}

fn is_alike(attribute: Attribute, from: &Column, to: &Column, dialect: Dialect) -> bool {
    match attribute {
        Attribute::Type => types::is_same(&from.data_type, &to.data_type, dialect),
        Attribute::Collation => from.collation(dialect) == to.collation(dialect),
        Attribute::Nullable => from.nullable == to.nullable,
        Attribute::Default => values::is_same(from, to, dialect),
        Attribute::Identity => from.identity == to.identity,
        Attribute::NowOnUpdate => from.now_on_update == to.now_on_update,
        Attribute::Generated => match (&from.generated, &to.generated) {
            (Some(from), Some(to)) => {
                from.stored == to.stored && expressions::is_same(&from.expression, &to.expression, dialect)
            }
            (from, to) => from.is_none() && to.is_none(),
        },
        Attribute::Comment => from.comment == to.comment,
    }
}
