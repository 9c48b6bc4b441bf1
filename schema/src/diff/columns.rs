//! Columns, attribute by attribute. Their order is not compared.

use super::comparison::{Comparison, Found, Sameness};
use super::matching::pairs;
use super::names::is_same;
use super::verdict::ExpressionPlace;
use super::{Alteration, Attribute, Fact, types, values};
use crate::table::Column;

pub(super) fn facts(comparison: &Comparison<'_>) -> Vec<Found> {
    let (from, to, dialect) = (comparison.from, comparison.to, comparison.dialect);
    let matched = pairs(&from.columns, &to.columns, |one, other| is_same(&one.name, &other.name, dialect));
    let table = || to.name.clone();
    let mut facts = Vec::new();
    for column in matched.dropped {
        let column = Alteration::Dropped(Box::new(column.clone()));
        facts.push(Fact::Column { table: table(), column }.into());
    }
    for (from, to) in matched.both {
        for attribute in Attribute::ALL {
            let fact = || {
                let [from, to] = [from, to].map(|column| Box::new(column.clone()));
                Fact::Attribute { table: table(), attribute, from, to }
            };
            facts.extend(Found::of(fact, sameness(attribute, from, to, comparison)));
        }
    }
    for column in matched.added {
        let column = Alteration::Added(Box::new(column.clone()));
        facts.push(Fact::Column { table: table(), column }.into());
    }
    facts
}

fn sameness(attribute: Attribute, from: &Column, to: &Column, comparison: &Comparison<'_>) -> Sameness {
    let dialect = comparison.dialect;
    let is_alike = match attribute {
        Attribute::Type => {
            types::is_same(&from.data_type, &to.data_type, dialect)
                && !types::is_declared_otherwise(from, to, comparison)
        }
        Attribute::Collation => from.collation(dialect) == to.collation(dialect),
        Attribute::Nullable => from.nullable == to.nullable,
        Attribute::Default => return values::sameness(from, to, comparison),
        Attribute::Identity => from.identity == to.identity,
        Attribute::NowOnUpdate => from.now_on_update == to.now_on_update,
        Attribute::Generated => match (&from.generated, &to.generated) {
            (Some(one), Some(other)) => {
                return Sameness::from(one.stored == other.stored).and(|| {
                    let place = ExpressionPlace::Generated(to.name.clone());
                    comparison.expressions(&one.expression, &other.expression, place)
                });
            }
            (one, other) => one.is_none() && other.is_none(),
        },
        Attribute::Comment => from.comment == to.comment,
    };
    is_alike.into()
}
