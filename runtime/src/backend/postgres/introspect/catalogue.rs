//! What the catalogue holds, by the numbers that its tables are joined with.

use super::answers::Answers;
use super::enums::{self, FoundEnum};
use super::namespaces::Namespaces;
use super::row::{Read, Row, Rows};
use super::rows::{ColumnRow, ConstraintRow, IndexRow, attribute_options};
use super::sequences::Sequence;
use super::tables::TableRow;
use super::types::{self, Types};
use servicekit_schema::table::TableName;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// What the catalogue holds.
#[derive(Debug)]
pub(super) struct Catalogue<'a> {
    pub(super) enums: Vec<FoundEnum<'a>>,
    pub(super) types: Types<'a>,
    /// The names of the tables that are read.
    pub(super) tables: HashMap<u32, TableName>,
    /// Of each table, in order.
    pub(super) columns: HashMap<u32, Vec<ColumnRow<'a>>>,
    pub(super) constraints: HashMap<u32, Vec<ConstraintRow<'a>>>,
    pub(super) indexes: HashMap<u32, Vec<IndexRow<'a>>>,
    pub(super) statistics: HashMap<u32, Vec<(&'a str, &'a str)>>,
    /// The tables that foreign keys can refer to.
    pub(super) referred: HashMap<u32, Referred<'a>>,
    /// Of each exclusion constraint.
    pub(super) operators: HashMap<u32, Vec<&'a str>>,
    /// Of each index.
    pub(super) expressions: HashMap<u32, Vec<&'a str>>,
    pub(super) whole_indexes: HashMap<u32, &'a str>,
    /// Indexes with options of an operator class.
    pub(super) with_class_options: HashSet<u32>,
    pub(super) index_statistics: HashMap<u32, Vec<(i16, i32)>>,
    pub(super) operator_classes: HashMap<u32, OperatorClass<'a>>,
    pub(super) collations: HashMap<u32, Collation<'a>>,
    pub(super) sequences: HashMap<(u32, i16), Vec<Sequence<'a>>>,
    /// The table whose sequence the default of a column uses.
    pub(super) owners: HashMap<(u32, i16), u32>,
}

/// A table that a foreign key refers to.
#[derive(Debug)]
pub(super) struct Referred<'a> {
    pub(super) name: TableName,
    pub(super) is_unlogged: bool,
    /// Of one that is not read itself.
    columns: HashMap<i16, &'a str>,
}

impl From<&TableRow<'_>> for Referred<'_> {
    fn from(row: &TableRow<'_>) -> Self {
        Self { name: row.name.clone(), is_unlogged: row.is_unlogged, columns: HashMap::new() }
    }
}

#[derive(Debug)]
pub(super) struct OperatorClass<'a> {
    pub(super) name: &'a str,
    pub(super) is_default: bool,
    /// Whether it is found without its schema.
    pub(super) is_found: bool,
}

#[derive(Debug)]
pub(super) struct Collation<'a> {
    pub(super) name: &'a str,
    /// The schema, if it is not found without.
    pub(super) schema: Option<&'a str>,
}

impl<'a> Catalogue<'a> {
    pub(super) fn read(
        answers: &Answers<'a>,
        namespaces: &Namespaces<'a>,
        tables: HashMap<u32, TableName>,
        described: HashMap<u32, Referred<'a>>,
    ) -> Read<Self> {
        let found = enums::read(answers.enums, answers.labels, namespaces)?;
        let enums = found.iter().map(|each| (each.number, each.enumeration.clone())).collect();
        let types = types::read(answers.types, namespaces, &enums)?;
        let sequences = answers.sequences.map(|row| Sequence::read(row, namespaces))?;
        let owners = answers.borrowed.map(|row| Ok(((row.number()?, row.number()?), row.number()?)))?;
        let (mut with_class_options, mut index_statistics) = (HashSet::new(), HashMap::<_, Vec<_>>::new());
        let mut whole_indexes = by_number(answers.whole_indexes, Row::written)?;
        for (index, (number, options, statistics, whole)) in pairs(answers.index_columns, |row| {
            Ok((row.number()?, attribute_options(row)?, row.optional_number()?, row.optional()?))
        })? {
            if !options.is_empty() {
                with_class_options.insert(index);
                whole_indexes.extend(whole.map(|whole| (index, whole)));
            }
            index_statistics.entry(index).or_default().extend(statistics.map(|target| (number, target)));
        }
        Ok(Self {
            enums: found,
            types,
            tables,
            columns: columns(answers.columns)?,
            constraints: grouped(pairs_after(answers.constraints, ConstraintRow::read)?),
            indexes: grouped(pairs_after(answers.indexes, IndexRow::read)?),
            statistics: grouped(pairs(answers.statistics, |row| Ok((row.text()?, row.written()?)))?),
            referred: referred(answers.referred, namespaces, described)?,
            operators: grouped(pairs(answers.operators, Row::text)?),
            expressions: grouped(pairs(answers.expressions, Row::written)?),
            whole_indexes,
            with_class_options,
            index_statistics,
            operator_classes: by_number(answers.operator_classes, |row| {
                let (name, namespace) = (row.text()?, row.number()?);
                let is_default = row.flag()?;
                Ok(OperatorClass { name, is_default, is_found: namespaces.is_found(namespace, row.flag()?) })
            })?,
            collations: by_number(answers.collations, |row| {
                let (name, namespace) = (row.text()?, row.number()?);
                let is_found = namespaces.is_found(namespace, row.flag()?);
                Ok(Collation { name, schema: (!is_found).then(|| namespaces.schema(namespace)) })
            })?,
            sequences: grouped(sequences.into_iter().map(|each| ((each.table, each.column), each))),
            owners: owners.into_iter().collect(),
        })
    }

    /// The name of a column that a foreign key refers to.
    pub(super) fn referred_column(&self, table: u32, number: i16) -> Option<&'a str> {
        let elsewhere = self.referred.get(&table).and_then(|referred| referred.columns.get(&number));
        elsewhere.copied().or_else(|| {
            let columns = self.columns.get(&table)?;
            let at = columns.binary_search_by_key(&number, |column| column.number).ok()?;
            columns.get(at).map(|column| column.name)
        })
    }
}

/// The columns of each table, in order.
fn columns(rows: Rows<'_>) -> Read<HashMap<u32, Vec<ColumnRow<'_>>>> {
    let mut all = grouped(pairs(rows, ColumnRow::read)?);
    for columns in all.values_mut() {
        columns.sort_by_key(|column| column.number);
    }
    Ok(all)
}

/// Rows that begin with the number of what they belong to.
fn pairs<'a, T>(rows: Rows<'a>, mut read: impl FnMut(&mut Row<'a>) -> Read<T>) -> Read<Vec<(u32, T)>> {
    rows.map(|row| Ok((row.number()?, read(row)?)))
}

/// Rows that begin with their own number, and then that of what they belong to.
fn pairs_after<'a, T>(
    rows: Rows<'a>,
    mut read: impl FnMut(u32, &mut Row<'a>) -> Read<T>,
) -> Read<Vec<(u32, T)>> {
    rows.map(|row| {
        let number = row.number()?;
        Ok((row.number()?, read(number, row)?))
    })
}

fn by_number<'a, T>(rows: Rows<'a>, read: impl FnMut(&mut Row<'a>) -> Read<T>) -> Read<HashMap<u32, T>> {
    Ok(pairs(rows, read)?.into_iter().collect())
}

fn grouped<K: Eq + Hash, T>(pairs: impl IntoIterator<Item = (K, T)>) -> HashMap<K, Vec<T>> {
    let mut groups: HashMap<K, Vec<T>> = HashMap::new();
    for (key, value) in pairs {
        groups.entry(key).or_default().push(value);
    }
    groups
}

fn referred<'a>(
    rows: Rows<'a>,
    namespaces: &Namespaces<'_>,
    mut all: HashMap<u32, Referred<'a>>,
) -> Read<HashMap<u32, Referred<'a>>> {
    let rows = pairs(rows, |row| {
        let name = row.text()?;
        let name = namespaces.name(row.number()?, name, row.flag()?);
        Ok((name, row.text()? == "u", row.number()?, row.text()?))
    })?;
    for (table, (name, is_unlogged, number, column)) in rows {
        let referred = || Referred { name, is_unlogged, columns: HashMap::new() };
        all.entry(table).or_insert_with(referred).columns.insert(number, column);
    }
    Ok(all)
}
