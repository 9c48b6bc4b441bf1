//! Values of enums that get another name, in every row.

use super::conversion::takes_all;
use super::{Draft, Stage};
use crate::diff::enums::enum_of;
use crate::diff::names::{is_same, is_same_table};
use crate::diff::renames::{listed_by, rename_in};
use crate::diff::{Difference, Rename};
use crate::operation::{AlterColumn, AlterEnum, RenameValue, Update};
use crate::table::{Column, Constraint, EnumType, Schema, TableName, check, one_of};
use servicekit_chain::Dialect;
use servicekit_chain::sql::{literal, quote_name};

/// A value of a column that gets another name.
#[derive(Debug, Clone, Copy)]
struct OfColumn<'d> {
    table: &'d TableName,
    column: &'d str,
    from: &'d str,
    to: &'d str,
}

pub(super) fn plan(difference: &Difference, draft: &mut Draft) {
    let all = difference.renamed.list.iter().filter_map(|rename| match rename {
        Rename::Value { table, column, from, to } => Some(OfColumn { table, column, from, to }),
        _ => None,
    });
    let is_by_type = |of: &OfColumn<'_>| {
        let column = of.column_in(&difference.from, difference.dialect);
        column.is_some_and(|column| enum_of(column.data_type.for_dialect(difference.dialect)).is_some())
    };
    let (by_type, by_check): (Vec<_>, Vec<_>) = all.partition(is_by_type);
    plan_types(difference, &by_type, draft);
    match difference.dialect {
        Dialect::Sqlite => plan_copies(difference, &by_check, draft),
        _ => by_check.iter().for_each(|of| plan_update(difference, of, draft)),
    }
}

/// What the rows that are there must satisfy for a check that comes: where values get other names, each under the old one. `None`
/// if all of them do.
pub(super) fn left_by(
    difference: &Difference,
    table: &TableName,
    constraint: &Constraint,
) -> Option<Constraint> {
    let dialect = difference.dialect;
    let Some((column, values)) = listed_by(constraint, dialect) else { return Some(constraint.clone()) };
    let renamed = difference.renamed.list.iter().filter_map(|rename| match rename {
        Rename::Value { table: of, column: name, from, to }
            if is_same_table(of, table, dialect) && is_same(name, &column, dialect) =>
        {
            Some((from, to))
        }
        _ => None,
    });
    let renamed: Vec<(&String, &String)> = renamed.collect();
    if renamed.is_empty() {
        return Some(constraint.clone());
    }
    let back = |value: String| {
        renamed.iter().find(|(_, to)| **to == value).map_or(value, |(from, _)| (*from).clone())
    };
    let values: Vec<String> = values.into_iter().map(back).collect();
    let own = difference.from.tables.iter().filter(|known| is_same_table(&known.name, table, dialect));
    let mut before = own.flat_map(|known| &known.constraints).filter_map(|each| listed_by(each, dialect));
    let had = before.find(|(name, _)| is_same(name, &column, dialect)).map(|(_, values)| values);
    if had.is_some_and(|had| had.iter().all(|value| values.contains(value))) {
        return None;
    }
    Some(check(one_of(column, values)).into())
}

impl OfColumn<'_> {
    fn column_in<'s>(&self, schema: &'s Schema, dialect: Dialect) -> Option<&'s Column> {
        let table = schema.tables.iter().find(|table| is_same_table(&table.name, self.table, dialect))?;
        table.columns.iter().find(|column| is_same(&column.name, self.column, dialect))
    }

    fn is_of(&self, (table, column): &(TableName, Column), dialect: Dialect) -> bool {
        is_same_table(table, self.table, dialect) && is_same(&column.name, self.column, dialect)
    }
}

/// What has an enum type, while its values get other names one by one. PostgreSQL has one type for all of its columns.
struct Columns {
    dialect: Dialect,
    all: Vec<(TableName, Column)>,
}

impl Columns {
    fn with<'s>(&'s self, of: &'s OfColumn<'_>) -> impl Iterator<Item = usize> + 's {
        let own = self.all.iter().find(|known| of.is_of(known, self.dialect));
        let name = own.and_then(|(_, column)| self.type_of(column)).map(|of| &of.name);
        let has_it = move |known: &(TableName, Column)| match self.dialect {
            Dialect::Postgres => self.type_of(&known.1).is_some_and(|of| Some(&of.name) == name),
            _ => of.is_of(known, self.dialect),
        };
        self.all.iter().enumerate().filter(move |(_, known)| has_it(known)).map(|(at, _)| at)
    }

    fn type_of<'c>(&self, column: &'c Column) -> Option<&'c EnumType> {
        enum_of(column.data_type.for_dialect(self.dialect))
    }

    fn rename(&mut self, places: &[usize], from: &str, to: &str) {
        for (at, (_, column)) in self.all.iter_mut().enumerate() {
            if places.contains(&at) {
                rename_in(column, from, to, self.dialect);
            }
        }
    }
}

/// One operation for a value of an enum and all columns that have it.
fn plan_types(difference: &Difference, renames: &[OfColumn<'_>], draft: &mut Draft) {
    let dialect = difference.dialect;
    let is_first = difference.renamed.is_first;
    let schema = if is_first { &difference.from } else { &difference.to };
    let of_table = schema
        .tables
        .iter()
        .flat_map(|table| table.columns.iter().map(|column| (table.name.clone(), column.clone())));
    let mut columns = Columns { dialect, all: of_table.collect() };
    if is_first {
        // The earlier schema has the later values already.
        for of in renames.iter().rev() {
            let places: Vec<usize> = columns.with(of).collect();
            columns.rename(&places, of.to, of.from);
        }
    }
    let stage = match (dialect, is_first) {
        (Dialect::Postgres, true) => Stage::Renames,
        (Dialect::Postgres, false) => Stage::RenamesBack,
        (_, true) => Stage::RenameValues,
        (_, false) => Stage::RenameValuesLate,
    };
    for (at, of) in renames.iter().enumerate() {
        let Some(before) = columns.all.iter().find(|known| of.is_of(known, dialect)) else { continue };
        let Some(enumeration) = columns.type_of(&before.1).cloned() else { continue };
        let alike = renames.iter().skip(at).filter(|other| (other.from, other.to) == (of.from, of.to));
        let mut places: Vec<usize> =
            alike.flat_map(|other| columns.with(other).collect::<Vec<_>>()).collect();
        // Others may have another list of values.
        places.retain(|at| {
            columns.all.get(*at).is_some_and(|(_, column)| columns.type_of(column) == Some(&enumeration))
        });
        places.sort_unstable();
        places.dedup();
        if !enumeration.values.iter().any(|value| value == of.from) {
            // Done with another column of the type.
            continue;
        }
        let change = RenameValue { value: of.from.to_owned(), to: of.to.to_owned() };
        let mut alter = AlterEnum::new(enumeration, change);
        alter.columns = places.iter().filter_map(|at| columns.all.get(*at).cloned()).collect();
        draft.push(stage, of.table, alter);
        columns.rename(&places, of.from, of.to);
    }
}

/// An update of rows between the check of the old values and that of the new ones; a longer value waits for its type.
fn plan_update(difference: &Difference, of: &OfColumn<'_>, draft: &mut Draft) {
    let dialect = difference.dialect;
    let [from, to] = [&difference.from, &difference.to].map(|schema| of.column_in(schema, dialect));
    let is_longer = from.zip(to).is_some_and(|(from, to)| takes_all(from, to, dialect));
    let mut update = Update::new(of.table);
    update.set.push((of.column.to_owned(), of.to.into()));
    update.filter = Some(format!("{} = :value", quote_name(dialect, of.column)));
    update.parameters.push(("value".to_owned(), of.from.into()));
    let stage = if is_longer { Stage::RenameValuesLate } else { Stage::RenameValues };
    draft.push(stage, of.table, update);
}

/// Where the table is rebuilt with its new check, all values of a column change while its rows are copied.
fn plan_copies(difference: &Difference, renames: &[OfColumn<'_>], draft: &mut Draft) {
    let dialect = difference.dialect;
    let mut rest = renames;
    while let Some(first) = rest.first() {
        let is_its = |of: &OfColumn<'_>| (of.table, of.column) == (first.table, first.column);
        let end = rest.iter().position(|of| !is_its(of)).unwrap_or(rest.len());
        let (own, others) = rest.split_at(end);
        rest = others;
        let [from, to] = [&difference.from, &difference.to].map(|schema| first.column_in(schema, dialect));
        let Some((from, to)) = from.zip(to) else { continue };
        let name = quote_name(dialect, &from.name);
        let texts = |of: &OfColumn<'_>| {
            format!(" WHEN {} THEN {}", literal(dialect, of.from), literal(dialect, of.to))
        };
        let cases: String = own.iter().map(texts).collect();
        let mut alter = AlterColumn::new(first.table, &from.name);
        alter.data_type = Some(to.data_type.clone());
        alter.using = Some(format!("CASE {name}{cases} ELSE {name} END"));
        alter.existing = Some(from.clone());
        draft.push(Stage::AlterColumns, first.table, alter);
    }
}
