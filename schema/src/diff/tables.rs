//! Tables, each with what differs inside of it.

use super::comparison::{Comparison, Found};
use super::matching::pairs;
use super::names::is_same_table;
use super::verdict::{Answers, UndecidedTable};
use super::{Alteration, Fact, columns, constraints, indexes};
use crate::table::{Schema, TableName};
use servicekit_chain::Dialect;

/// What differs, and what there is no answer to yet; the databases are the one that is compared, and others that are served too.
pub(super) fn facts(
    from: &Schema,
    to: &Schema,
    answers: &Answers,
    (dialect, others): (Dialect, &[Dialect]),
) -> (Vec<Found>, Vec<UndecidedTable>) {
    let matched =
        pairs(&from.tables, &to.tables, |one, other| is_same_table(&one.name, &other.name, dialect));
    let mut by_table: Vec<(&TableName, Vec<Found>)> = Vec::new();
    let mut undecided = Vec::new();
    for table in matched.dropped {
        let dropped = Alteration::Dropped(Box::new(table.clone()));
        by_table.push((&table.name, vec![Fact::Table(dropped).into()]));
    }
    for table in matched.added {
        let added = Alteration::Added(Box::new(table.clone()));
        by_table.push((&table.name, vec![Fact::Table(added).into()]));
    }
    // Most tables of a comparison are as they were.
    for (from, to) in matched.both.into_iter().filter(|(from, to)| from != to) {
        let comparison = Comparison::new(from, to, answers, dialect).serving(others);
        by_table.push((&to.name, of_table(&comparison)));
        undecided.extend(comparison.undecided());
    }
    by_table.sort_by_key(|(name, _)| *name);
    (by_table.into_iter().flat_map(|(_, found)| found).collect(), undecided)
}

fn of_table(comparison: &Comparison<'_>) -> Vec<Found> {
    let (from, to) = (comparison.from, comparison.to);
    let mut found = Vec::new();
    if from.comment != to.comment {
        let comment = Alteration::of(from.comment.clone(), to.comment.clone());
        found.extend(comment.map(|comment| Fact::TableComment { table: to.name.clone(), comment }.into()));
    }
    found.extend(columns::facts(comparison));
    found.extend(constraints::facts(comparison));
    found.extend(indexes::facts(comparison));
    found
}
