//! Names of constraints and indexes that something new takes.
//!
//! A model names none of them, so they keep their names when their table gets another one. A new table may need such a name then,
//! and databases have some of these names only once in a schema.

use super::Rename;
use crate::diff::names::{is_same, is_same_table};
use crate::diff::plan::{new_name, with_names_of_checks};
use crate::table::{Constraint, ConstraintKind, Index, IndexKey, NamingConvention, Schema, Table, TableName};
use servicekit_chain::Dialect;

/// Names of one kind, which are there once in a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Space {
    /// PostgreSQL has tables among them.
    Indexes,
    ForeignKeys,
    /// MySQL; MariaDB has them once in a table.
    Checks,
}

fn space(kind: Option<ConstraintKind>, dialect: Dialect) -> Option<Space> {
    match (dialect, kind) {
        (Dialect::Sqlite | Dialect::Postgres, None)
        | (
            Dialect::Postgres,
            Some(ConstraintKind::PrimaryKey | ConstraintKind::Unique | ConstraintKind::Exclusion),
        ) => Some(Space::Indexes),
        (Dialect::Mysql, Some(ConstraintKind::ForeignKey)) => Some(Space::ForeignKeys),
        (Dialect::Mysql, Some(ConstraintKind::Check)) => Some(Space::Checks),
        _ => None,
    }
}

/// A name that is there once.
#[derive(Debug)]
struct Taken {
    schema: Option<String>,
    space: Space,
    name: String,
}

/// The other names that parts of tables get which stay, where a new table needs theirs.
pub(super) fn making_room(from: &Schema, to: &Schema, dialect: Dialect) -> Vec<Rename> {
    let is_in = |schema: &Schema, table: &Table| find(schema, &table.name, dialect).is_some();
    let mut wanted: Vec<Taken> = Vec::new();
    for table in to.tables.iter().filter(|table| !is_in(from, table)) {
        let named = NamingConvention::default().named(with_names_of_checks(table.clone(), dialect));
        wanted.extend(names(&named, dialect));
    }
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut taken: Vec<Taken> = from.tables.iter().flat_map(|table| names(table, dialect)).collect();
    let mut renames = Vec::new();
    for table in &from.tables {
        let Some(other) = find(to, &table.name, dialect) else { continue };
        for (kind, name, by_convention) in unnamed_later(table, other, dialect) {
            let Some(space) = space(kind, dialect) else { continue };
            let has = |list: &[Taken], name: &str| {
                list.iter().any(|known| {
                    known.schema == table.name.schema
                        && known.space == space
                        && is_same(&known.name, name, dialect)
                })
            };
            if !has(&wanted, name) {
                continue;
            }
            let numbered =
                (1..=wanted.len() + taken.len() + 1).map(|number| format!("{by_convention}_{number}"));
            let is_free = |name: &String| !has(&wanted, name) && !has(&taken, name);
            let Some(new) = std::iter::once(by_convention.clone()).chain(numbered).find(is_free) else {
                continue;
            };
            taken.push(Taken { schema: table.name.schema.clone(), space, name: new.clone() });
            renames.push(Rename::Part { table: table.name.clone(), kind, from: name.to_owned(), to: new });
        }
    }
    renames
}

fn find<'s>(schema: &'s Schema, name: &TableName, dialect: Dialect) -> Option<&'s Table> {
    schema.tables.iter().find(|table| is_same_table(&table.name, name, dialect))
}

fn names(table: &Table, dialect: Dialect) -> Vec<Taken> {
    let constraints = table.constraints.iter().map(|each| (Some(each.kind()), each.name()));
    let indexes = table.indexes.iter().map(|index| (None, index.name.as_deref()));
    let found = constraints.chain(indexes).filter_map(|(kind, name)| {
        let (schema, name) = (table.name.schema.clone(), name?.to_owned());
        Some(Taken { schema, space: space(kind, dialect)?, name })
    });
    found.collect()
}

/// The parts of a table that stay and have no name in the model: what each is, its name, and the one by the convention.
fn unnamed_later<'t>(
    table: &'t Table,
    other: &Table,
    dialect: Dialect,
) -> Vec<(Option<ConstraintKind>, &'t str, String)> {
    let mut found = Vec::new();
    for constraint in &table.constraints {
        let is_it = |other: &&Constraint| {
            other.name().is_none()
                && other.kind() == constraint.kind()
                && (constraint.columns() == other.columns() || constraint.kind() == ConstraintKind::Check)
        };
        let mut unnamed = constraint.clone();
        *unnamed.name_mut() = None;
        if let Some(name) = constraint.name()
            && other.constraints.iter().any(|each| is_it(&each))
            && let Some(new) = new_name(&unnamed, table, &[], dialect)
        {
            found.push((Some(constraint.kind()), name, new));
        }
    }
    let columns = |index: &Index| -> Vec<Option<String>> {
        index.keys.iter().map(|key: &IndexKey| key.column().map(str::to_owned)).collect()
    };
    for index in &table.indexes {
        let is_it = |other: &Index| other.name.is_none() && columns(other) == columns(index);
        let mut unnamed = Index { name: None, ..index.clone() };
        NamingConvention::default().name_index(&table.name, &mut unnamed);
        if let Some((name, new)) = index.name.as_deref().zip(unnamed.name)
            && other.indexes.iter().any(is_it)
        {
            found.push((None, name, new));
        }
    }
    found
}

/// The schema with the other names of these parts.
pub(in crate::diff) fn with_parts_renamed(mut schema: Schema, renames: &[Rename]) -> Schema {
    for rename in renames {
        let Rename::Part { table: name, kind, from, to } = rename else { continue };
        for table in schema.tables.iter_mut().filter(|table| table.name == *name) {
            let constraints = table.constraints.iter_mut().filter(|each| Some(each.kind()) == *kind);
            let constraints = constraints.filter(|each| each.name() == Some(from));
            constraints.for_each(|each| *each.name_mut() = Some(to.clone()));
            let indexes =
                table.indexes.iter_mut().filter(|index| kind.is_none() && index.name.as_ref() == Some(from));
            indexes.for_each(|index| index.name = Some(to.clone()));
        }
    }
    schema
}

/// The renames that another kind of database has too, and those that it has not.
pub(in crate::diff) fn on(list: &[Rename], dialect: Dialect) -> (Vec<Rename>, Vec<Rename>) {
    list.iter().cloned().partition(|rename| match rename {
        Rename::Part { kind, .. } => space(*kind, dialect).is_some(),
        _ => true,
    })
}
