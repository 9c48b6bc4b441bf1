//! Values of enums that only get another name.
//!
//! Where a type lists them, the earlier schema is given the later ones, as it is with other names. Where a check of a text
//! does, that check differs as any other one, and the rows change between the old one and the new one.

use super::{Rename, RenameProblem, Renaming, table};
use crate::diff::enums::{enum_of, set_values};
use crate::diff::listed::listed;
use crate::diff::names::{is_same, is_same_table};
use crate::diff::{enum_checks, normal};
use crate::table::{
    Column, Condition, Constraint, EnumType, Hints, ListedValues, Schema, Table, TableName, Value,
};
use servicekit_chain::Dialect;

impl Schema {
    /// The values of enums that get another name on the way from this schema to another one, by what the tables of the other one
    /// say of their past; `renames` are the other names of tables and columns.
    ///
    /// A former value is one only if the column can hold it, and not the new one, and the other way round later. So what was
    /// renamed before, or never was, has no effect.
    ///
    /// ```
    /// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
    /// use servicekit::{Dialect, diff::Rename, revision::*, schema::{Hints, Schema, TableName}};
    /// let schema = |values: [&str; 2]| {
    ///     let mut schema = Schema::default();
    ///     schema.tables.push(Table::new("tasks", [enumeration("state", enum_type("state", values))]));
    ///     schema
    /// };
    /// let hints = [(TableName::from("tasks"), Hints::default().value_renamed_from("state", "shipped", "sent"))];
    /// let (before, after) = (schema(["new", "sent"]), schema(["new", "shipped"]));
    /// let renames = before.value_renames(&after, &hints, &[], Dialect::Mysql);
    /// assert_eq!(renames, [Rename::value("tasks", "state", "sent", "shipped")]);
    /// assert_eq!(after.value_renames(&after, &hints, &[], Dialect::Mysql), []);
    /// ```
    #[must_use]
    pub fn value_renames<'h>(
        &self,
        to: &Self,
        hints: impl IntoIterator<Item = &'h (TableName, Hints)>,
        renames: &[Rename],
        dialect: Dialect,
    ) -> Vec<Rename> {
        let named = hints.into_iter().flat_map(|(table, hints)| {
            hints.values.iter().map(|of| Rename::value(table.clone(), &of.column, &of.before, &of.value))
        });
        let mut named = named.peekable();
        if named.peek().is_none() {
            return Vec::new();
        }
        let (mut from, mut to) =
            (Renaming::new(renames, dialect).schema(&normal::schema(self)), normal::schema(to));
        enum_checks::read_both(&mut from, &mut to, dialect);
        named.filter(|rename| there(&from, &to, rename, dialect) == There::Renamed).collect()
    }
}

/// Whether a value can be renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum There {
    Renamed,
    /// No column can hold the old value.
    NoOld,
    /// The column can hold both.
    Both,
    /// The later column cannot hold the new value, or can hold the old one.
    NotWanted,
}

fn there(from: &Schema, to: &Schema, rename: &Rename, dialect: Dialect) -> There {
    let Rename::Value { table: name, column, from: old, to: new } = rename else { return There::NoOld };
    let lists = |schema, is_earlier| {
        let table = table(schema, name, dialect)?;
        values(table, column, is_earlier, dialect)
    };
    let has = |list: &Listed, value: &String| list.values().contains(value);
    match (lists(from, true), lists(to, false)) {
        (Some(before), _) if !has(&before, old) => There::NoOld,
        (Some(before), _) if has(&before, new) => There::Both,
        (Some(Listed::ByType(_)), Some(Listed::ByCheck(_)))
        | (Some(Listed::ByCheck(_)), Some(Listed::ByType(_)))
        | (Some(_), None) => There::NotWanted,
        (Some(_), Some(after)) if has(&after, old) || !has(&after, new) => There::NotWanted,
        (Some(_), Some(_)) => There::Renamed,
        (None, _) => There::NoOld,
    }
}

/// The texts that a column can hold.
#[derive(Debug)]
enum Listed {
    ByType(EnumType),
    ByCheck(Vec<String>),
}

impl Listed {
    fn values(&self) -> &[String] {
        match self {
            Self::ByType(of) => &of.values,
            Self::ByCheck(values) => values,
        }
    }
}

/// A check that is there has a name, or else it could not be dropped before the rows change.
fn values(table: &Table, column: &str, is_earlier: bool, dialect: Dialect) -> Option<Listed> {
    let is_it = |name: &str| is_same(name, column, dialect);
    let column = table.columns.iter().find(|known| is_it(&known.name))?;
    if let Some(of) = enum_of(column.data_type.for_dialect(dialect)) {
        return Some(Listed::ByType(of.clone()));
    }
    let lists = table.constraints.iter().filter(|each| !is_earlier || each.name().is_some());
    lists
        .filter_map(|each| listed_by(each, dialect))
        .find(|(name, _)| is_it(name))
        .map(|(_, values)| Listed::ByCheck(values))
}

/// The column and the texts that a check lists.
pub(in crate::diff) fn listed_by(constraint: &Constraint, dialect: Dialect) -> Option<(String, Vec<String>)> {
    let Constraint::Check(check) = constraint else { return None };
    match &check.condition {
        Condition::OneOf { column, values: ListedValues::Texts(values) } => {
            Some((column.clone(), values.clone()))
        }
        condition => listed(&condition.sql(dialect), dialect),
    }
}

/// Whether the values can be renamed; tables and columns have their later names.
pub(super) fn check(
    from: &Schema,
    to: &Schema,
    renames: &[Rename],
    dialect: Dialect,
) -> Result<(), RenameProblem> {
    for rename in renames.iter().filter(|rename| matches!(rename, Rename::Value { .. })) {
        match there(from, to, rename, dialect) {
            There::Renamed => {}
            There::NoOld => return Err(RenameProblem::NotThere(Box::new(rename.clone()))),
            There::Both => return Err(RenameProblem::Taken(Box::new(rename.clone()))),
            There::NotWanted => return Err(RenameProblem::NotWanted(Box::new(rename.clone()))),
        }
    }
    Ok(())
}

/// The schema with the later values where a type lists them.
pub(in crate::diff) fn with_values_renamed(
    mut schema: Schema,
    renames: &[Rename],
    dialect: Dialect,
) -> Schema {
    for rename in renames {
        let Rename::Value { table: name, column, from, to } = rename else { continue };
        let found = table(&schema, name, dialect).and_then(|table| values(table, column, true, dialect));
        let Some(Listed::ByType(of)) = found else { continue };
        if dialect == Dialect::Postgres {
            // All columns of the type, and whatever compares with one.
            schema = Renaming::of_value((&of.name, from, to), dialect).schema(&schema);
            continue;
        }
        for table in &mut schema.tables {
            for known in &mut table.columns {
                rename_values_of(&table.name, known, std::slice::from_ref(rename), dialect);
            }
        }
    }
    schema
}

/// Gives the values of the enum of a column their other names.
pub(in crate::diff) fn rename_values_of(
    of: &TableName,
    known: &mut Column,
    renames: &[Rename],
    dialect: Dialect,
) {
    for rename in renames {
        let Rename::Value { table, column, from, to } = rename else { continue };
        if is_same_table(table, of, dialect) && is_same(column, &known.name, dialect) {
            rename_in(known, from, to, dialect);
        }
    }
}

/// Gives a value of the enum of a column another name, in its type and its default.
pub(in crate::diff) fn rename_in(column: &mut Column, from: &str, to: &str, dialect: Dialect) {
    let Some(of) = enum_of(column.data_type.for_dialect(dialect)) else { return };
    let renamed = with_value_renamed(of, from, to);
    set_values(&mut column.data_type, &renamed);
    if let Some(Value::Text(text)) = &mut column.default
        && text == from
    {
        to.clone_into(text);
    }
}

pub(super) fn with_value_renamed(of: &EnumType, from: &str, to: &str) -> EnumType {
    let renamed = |value: &String| if value == from { to.to_owned() } else { value.clone() };
    EnumType { name: of.name.clone(), values: of.values.iter().map(renamed).collect() }
}
