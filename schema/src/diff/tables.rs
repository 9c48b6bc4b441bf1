//! Tables, each with what differs inside of it.

use super::matching::pairs;
use super::{Alteration, Fact, columns, constraints, indexes};
use crate::table::{Schema, Table, TableName};
use servicekit_chain::Dialect;

pub(super) fn facts(from: &Schema, to: &Schema, dialect: Dialect) -> Vec<Fact> {
    let matched = pairs(&from.tables, &to.tables, |one, other| is_same(&one.name, &other.name, dialect));
    let mut by_table: Vec<(&TableName, Vec<Fact>)> = Vec::new();
    for table in matched.dropped {
        by_table.push((&table.name, vec![Fact::Table(Alteration::Dropped(Box::new(table.clone())))]));
    }
    for table in matched.added {
        by_table.push((&table.name, vec![Fact::Table(Alteration::Added(Box::new(table.clone())))]));
    }
    for (from, to) in matched.both {
        by_table.push((&to.name, of_table(from, to, dialect)));
    }
    by_table.sort_by_key(|(name, _)| *name);
    by_table.into_iter().flat_map(|(_, facts)| facts).collect()
}

/// On MySQL it depends on the server and its files; a name that differs in case only is taken for another one there.
pub(super) fn is_same(one: &TableName, other: &TableName, dialect: Dialect) -> bool {
    match dialect {
        Dialect::Sqlite => {
            one.name.eq_ignore_ascii_case(&other.name)
                && match (&one.schema, &other.schema) {
                    (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
                    (one, other) => one == other,
                }
        }
        _ => one == other,
    }
}

fn of_table(from: &Table, to: &Table, dialect: Dialect) -> Vec<Fact> {
    let mut facts = Vec::new();
    if from.comment != to.comment {
        let comment = Alteration::of(from.comment.clone(), to.comment.clone());
        facts.extend(comment.map(|comment| Fact::TableComment { table: to.name.clone(), comment }));
    }
    facts.extend(columns::facts(from, to, dialect));
    facts.extend(constraints::facts(from, to, dialect));
    facts.extend(indexes::facts(from, to, dialect));
    facts
}
