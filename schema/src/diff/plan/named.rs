//! Names for what a model leaves unnamed, so that the way back can say what it drops.

use super::disturbed::stays;
use crate::diff::comparison::Comparison;
use crate::diff::constraints::{self, column_of};
use crate::diff::names::is_same;
use crate::diff::{Alteration, Difference, Fact, indexes};
use crate::table::{Constraint, Index, NamingConvention, Table, TableName};
use servicekit_chain::Dialect;
use servicekit_chain::sql::mentions_name;

/// Parts of one kind without a name, each with the one that it gets.
#[derive(Debug)]
struct Names<T> {
    /// Those that the database has already: their names are those in the database.
    known: Vec<(T, String)>,
    /// Those that come.
    new: Vec<(T, String)>,
}

impl Difference {
    /// The same where everything that comes has a name, and what stays has the one that it has.
    pub(in crate::diff) fn named(&self) -> Self {
        if !self.renamed.is_first {
            // What lost its name on the way there is looked for under the one that it got.
            return self.reversed().named_there().reversed();
        }
        self.named_there()
    }

    fn named_there(&self) -> Self {
        let mut named = self.clone();
        for (from, to) in stays(self) {
            let comparison = Comparison::new(from, to, &self.answers, self.dialect);
            let constraints = of_constraints(&comparison);
            let indexes = of_indexes(&comparison);
            let of_table = named.to.tables.iter_mut().filter(|table| table.name == to.name);
            of_table.for_each(|table| name_parts(table, &constraints, &indexes, self.dialect));
            name_facts(&mut named.facts, to, constraints, indexes);
        }
        named
    }
}

fn of_constraints(comparison: &Comparison<'_>) -> Names<Constraint> {
    let (from, to, dialect) = (comparison.from, comparison.to, comparison.dialect);
    let matched = constraints::matched(&from.constraints, &to.constraints, comparison);
    let known = matched.both.into_iter().filter(|(_, new)| new.name().is_none());
    let known: Vec<(Constraint, String)> =
        known.filter_map(|(old, new)| Some((new.clone(), old.name()?.to_owned()))).collect();
    let names = from.constraints.iter().chain(&to.constraints).filter_map(Constraint::name);
    let mut taken: Vec<String> = names.map(str::to_owned).collect();
    let mut new = Vec::new();
    let unnamed = matched.added.into_iter().filter(|each| each.name().is_none());
    for each in unnamed.filter(|each| column_of(each, to, dialect).is_none()) {
        if let Some(name) = new_name(each, to, &taken, dialect) {
            taken.push(name.clone());
            new.push((each.clone(), name));
        }
    }
    Names { known, new }
}

/// A table that comes or goes, whose checks have the names that they would have in their columns: those of later ones have them too.
pub(in crate::diff) fn with_names_of_checks(mut table: Table, dialect: Dialect) -> Table {
    let mut taken: Vec<String> =
        table.constraints.iter().filter_map(Constraint::name).map(str::to_owned).collect();
    let mut constraints = std::mem::take(&mut table.constraints);
    for constraint in &mut constraints {
        let is_unnamed = matches!(constraint, Constraint::Check(check) if check.name.is_none());
        if is_unnamed && column_of(constraint, &table, dialect).is_none() {
            let name = new_name(constraint, &table, &taken, dialect);
            taken.extend(name.clone());
            *constraint.name_mut() = name;
        }
    }
    table.constraints = constraints;
    table
}

/// The name by the convention; of a check the one that it would have in the only column that it speaks of, or a number.
pub(in crate::diff) fn new_name(
    constraint: &Constraint,
    table: &Table,
    taken: &[String],
    dialect: Dialect,
) -> Option<String> {
    let naming = NamingConvention::default();
    let named = |part: Option<&str>| {
        let mut named = constraint.clone();
        naming.name(&table.name, &mut named, part);
        named.name().map(str::to_owned)
    };
    let Constraint::Check(check) = constraint else {
        // MySQL calls all keys the same.
        let is_key = matches!(constraint, Constraint::PrimaryKey(_));
        return (!is_key || dialect != Dialect::Mysql).then(|| named(None)).flatten();
    };
    let condition = check.condition.sql(dialect);
    let mut columns = table.columns.iter().filter(|column| mentions_name(dialect, &condition, &column.name));
    let only = columns.next().filter(|_| columns.next().is_none()).map(|column| column.name.clone());
    let numbers = (1..=taken.len() + 1).map(|number| number.to_string());
    let is_free = |name: &String| !taken.iter().any(|known| is_same(known, name, dialect));
    only.into_iter().chain(numbers).filter_map(|part| named(Some(&part))).find(is_free)
}

fn of_indexes(comparison: &Comparison<'_>) -> Names<Index> {
    let matched = indexes::matched(comparison);
    let known = matched.both.into_iter().filter(|(_, new)| new.name.is_none());
    let known = known.filter_map(|(old, new)| Some((new.clone(), old.name.clone()?))).collect();
    let new = matched.added.into_iter().filter(|index| index.name.is_none());
    let named = |index: &Index| {
        let mut named = index.clone();
        NamingConvention::default().name_index(&comparison.to.name, &mut named);
        Some((index.clone(), named.name?))
    };
    Names { known, new: new.filter_map(named).collect() }
}

/// Names the parts of a table; of some that say the same, each gets another name.
fn name_parts(table: &mut Table, constraints: &Names<Constraint>, indexes: &Names<Index>, dialect: Dialect) {
    let mut left: Vec<_> = constraints.known.iter().chain(&constraints.new).collect();
    let own: Vec<bool> =
        table.constraints.iter().map(|each| column_of(each, table, dialect).is_some()).collect();
    for (constraint, _) in table.constraints.iter_mut().zip(own).filter(|(_, is_own)| !is_own) {
        if let Some(at) = left.iter().position(|(unnamed, _)| unnamed == constraint) {
            *constraint.name_mut() = Some(left.remove(at).1.clone());
        }
    }
    let mut left: Vec<_> = indexes.known.iter().chain(&indexes.new).collect();
    for index in &mut table.indexes {
        if let Some(at) = left.iter().position(|(unnamed, _)| unnamed == index) {
            index.name = Some(left.remove(at).1.clone());
        }
    }
}

fn name_facts(facts: &mut [Fact], table: &Table, constraints: Names<Constraint>, indexes: Names<Index>) {
    let (mut constraints, mut indexes) = (constraints.new, indexes.new);
    let is_its = |name: &TableName| *name == table.name;
    for fact in facts {
        match fact {
            Fact::Constraint { table, constraint } if is_its(table) => match constraint {
                Alteration::Added(new) => {
                    if let Some(at) = constraints.iter().position(|(unnamed, _)| unnamed == new) {
                        *new.name_mut() = Some(constraints.remove(at).1);
                    }
                }
                Alteration::Changed { from, to } if to.name().is_none() => {
                    *to.name_mut() = from.name().map(str::to_owned);
                }
                _ => {}
            },
            Fact::Index { table, index } if is_its(table) => match index {
                Alteration::Added(new) => {
                    if let Some(at) = indexes.iter().position(|(unnamed, _)| unnamed == new) {
                        new.name = Some(indexes.remove(at).1);
                    }
                }
                Alteration::Changed { from, to } if to.name.is_none() => to.name.clone_from(&from.name),
                _ => {}
            },
            _ => {}
        }
    }
}
