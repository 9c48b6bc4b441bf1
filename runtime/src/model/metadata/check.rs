//! Whether tables fit together.

use crate::model::problem::{ModelPlace, Problem};
use crate::model::registry::Entry;
use crate::schema::{Constraint, EnumType, ForeignKey, Index, KeyOf, Schema, Table, TableName};
use std::collections::{BTreeMap, HashSet};

/// What PostgreSQL keeps of a name (its manual, 4.1.1).
const LONGEST_NAME: usize = 63;

/// Everything that is wrong; the entries are sorted by table, and a table stands for each.
pub(super) fn problems(entries: &[Entry], tables: &[Table]) -> Vec<Problem> {
    let models: Vec<(&Entry, &Table)> = entries.iter().zip(tables).collect();
    let mut problems = duplicate_tables(&models);
    problems.extend(different_enums(&models));
    for (entry, table) in &models {
        problems.extend(duplicate_columns(entry, table));
        problems.extend(foreign_keys(table).filter_map(|key| foreign_key(entry, table, key, &models)));
        problems.extend(long_names(entry, table));
    }
    problems
}

fn duplicate_tables(models: &[(&Entry, &Table)]) -> Vec<Problem> {
    let groups = models.chunk_by(|(_, one), (_, other)| one.name == other.name);
    let duplicates = groups.filter(|group| group.len() > 1).filter_map(|group| {
        let (_, table) = group.first()?;
        let places = group.iter().map(|(entry, _)| entry.place).collect();
        Some(Problem::DuplicateTable { table: table.name.clone(), places })
    });
    duplicates.collect()
}

/// Enum types of one name, each with the first model that has it.
fn different_enums(models: &[(&Entry, &Table)]) -> Vec<Problem> {
    let mut by_name: BTreeMap<TableName, Vec<(EnumType, ModelPlace)>> = BTreeMap::new();
    for (entry, table) in models {
        for of in Schema::from(vec![(*table).clone()]).enums {
            let known = by_name.entry(of.name.clone()).or_default();
            if !known.iter().any(|(other, _)| *other == of) {
                known.push((of, entry.place));
            }
        }
    }
    let different = by_name.into_iter().filter(|(_, lists)| lists.len() > 1);
    let problem = |(name, lists): (_, Vec<(_, ModelPlace)>)| {
        let places = lists.into_iter().map(|(_, place)| place).collect();
        Problem::DifferentEnums { name, places }
    };
    different.map(problem).collect()
}

fn duplicate_columns(entry: &Entry, table: &Table) -> Vec<Problem> {
    let mut seen = HashSet::new();
    let again = table.columns.iter().filter(|column| !seen.insert(column.name.as_str()));
    let problem = |column: &str| Problem::DuplicateColumn {
        table: table.name.clone(),
        column: column.to_owned(),
        place: entry.place,
    };
    again.map(|column| problem(&column.name)).collect()
}

fn foreign_keys(table: &Table) -> impl Iterator<Item = &ForeignKey> {
    let of_columns = table.columns.iter().filter_map(|column| column.references.as_ref());
    of_columns.chain(table.constraints.iter().filter_map(|constraint| match constraint {
        Constraint::ForeignKey(key) => Some(key),
        _ => None,
    }))
}

fn foreign_key(
    entry: &Entry,
    table: &Table,
    key: &ForeignKey,
    models: &[(&Entry, &Table)],
) -> Option<Problem> {
    let referred = || models.iter().filter(|(_, known)| known.name == key.referred_table);
    if referred().next().is_none() {
        return Some(Problem::UnknownTable {
            table: table.name.clone(),
            columns: key.columns.clone(),
            referred_table: key.referred_table.clone(),
            place: entry.place,
        });
    }
    // Of several models of the table, which is a problem of its own, one is enough.
    let mut wrong =
        referred().map(|referred| of_referred(entry, table, key, *referred)).collect::<Option<Vec<_>>>()?;
    wrong.sort_by_key(|problem| matches!(problem, Problem::UnknownColumn { .. }));
    wrong.into_iter().next()
}

/// What is wrong with a key to the table of this model.
fn of_referred(
    entry: &Entry,
    table: &Table,
    key: &ForeignKey,
    (referred_entry, referred): (&Entry, &Table),
) -> Option<Problem> {
    let ForeignKey { columns, referred_table, referred_columns, .. } = key.clone();
    let (table, place, referred_place) = (table.name.clone(), entry.place, referred_entry.place);
    let is_there = |name: &String| referred.columns.iter().any(|column| column.name == *name);
    if !referred_columns.iter().all(is_there) {
        return Some(Problem::UnknownColumn {
            table,
            columns,
            referred_table,
            referred_columns,
            place,
            referred_place,
        });
    }
    (!is_unique(referred, &referred_columns)).then_some(Problem::NotUnique {
        table,
        columns,
        referred_table,
        referred_columns,
        place,
        referred_place,
    })
}

/// Whether no two rows have the same in these columns, in any order.
fn is_unique(table: &Table, columns: &[String]) -> bool {
    let wanted: HashSet<&str> = columns.iter().map(String::as_str).collect();
    let is_wanted = |names: &[String]| names.iter().map(String::as_str).collect::<HashSet<_>>() == wanted;
    let key_of_columns: Vec<String> =
        table.columns.iter().filter(|column| column.primary_key).map(|column| column.name.clone()).collect();
    let constraints = table.constraints.iter().any(|constraint| match constraint {
        Constraint::PrimaryKey(key) => is_wanted(&key.columns),
        Constraint::Unique(unique) => is_wanted(&unique.columns),
        _ => false,
    });
    is_wanted(&key_of_columns)
        || table.columns.iter().any(|column| column.unique && is_wanted(std::slice::from_ref(&column.name)))
        || constraints
        || table.indexes.iter().any(|index| columns_of_unique(index).is_some_and(|names| is_wanted(&names)))
}

/// The columns of an index that allows each row once.
fn columns_of_unique(index: &Index) -> Option<Vec<String>> {
    let column = |of: &KeyOf| match of {
        KeyOf::Column(name) => Some(name.clone()),
        _ => None,
    };
    let is_whole = index.unique && index.filter.is_none();
    is_whole.then(|| index.keys.iter().map(|key| column(&key.of)).collect()).flatten()
}

/// Names that are written down; those by convention are shortened.
fn long_names(entry: &Entry, table: &Table) -> Vec<Problem> {
    let TableName { schema, name, .. } = &table.name;
    let columns = table.columns.iter().map(|column| column.name.as_str());
    let constraints = table.constraints.iter().filter_map(Constraint::name);
    let indexes = table.indexes.iter().filter_map(|index| index.name.as_deref());
    let names = schema.as_deref().into_iter().chain([name.as_str()]);
    let names = names.chain(columns).chain(constraints).chain(indexes);
    let problem = |name: &str| Problem::LongName {
        table: table.name.clone(),
        name: name.to_owned(),
        place: entry.place,
    };
    names.filter(|name| name.len() > LONGEST_NAME).map(problem).collect()
}
