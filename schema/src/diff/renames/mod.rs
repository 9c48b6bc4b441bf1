//! What only got another name: tables, columns and values of enums that a person says are the same ones as before.
//!
//! Nothing is guessed. The earlier schema is given the new names everywhere, and compared then; the plan renames first, and
//! its way back renames last.

mod hinted;
mod parts;
mod problem;
mod renaming;
mod values;

pub(super) use parts::{on, with_parts_renamed};
pub use problem::RenameProblem;
pub(super) use renaming::Renaming;
pub(super) use values::{listed_by, rename_in, rename_values_of, with_values_renamed};

use super::verdict::Answers;
use super::{Description, Difference, enum_checks, normal};
use crate::diff::names::{is_same, is_same_table};
use crate::table::{ConstraintKind, Schema, Table, TableName};
use servicekit_chain::Dialect;
use std::fmt;

/// One thing that gets another name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rename {
    /// A table.
    #[non_exhaustive]
    Table {
        /// Its name before.
        from: TableName,
        /// Its name after, in the same schema.
        to: TableName,
    },
    /// A column.
    #[non_exhaustive]
    Column {
        /// The later name of its table.
        table: TableName,
        /// Its name before.
        from: String,
        /// Its name after.
        to: String,
    },
    /// A value of an enum, in the rows of a column.
    #[non_exhaustive]
    Value {
        /// The later name of the table.
        table: TableName,
        /// The later name of the column.
        column: String,
        /// The value before.
        from: String,
        /// The value after.
        to: String,
    },
    /// A constraint or an index, because something new needs its name. No one asks for it.
    #[non_exhaustive]
    Part {
        /// The later name of the table.
        table: TableName,
        /// The kind of constraint; none for an index.
        kind: Option<ConstraintKind>,
        /// Its name before.
        from: String,
        /// Its name after.
        to: String,
    },
}

impl Rename {
    /// A table gets another name.
    pub fn table(from: impl Into<TableName>, to: impl Into<TableName>) -> Self {
        Self::Table { from: from.into(), to: to.into() }
    }

    /// A column gets another name; the table is called by its later one.
    pub fn column(table: impl Into<TableName>, from: impl Into<String>, to: impl Into<String>) -> Self {
        Self::Column { table: table.into(), from: from.into(), to: to.into() }
    }

    /// A value of an enum gets another name; table and column are called by their later ones.
    ///
    /// On PostgreSQL it does in every column of the enum type.
    pub fn value(
        table: impl Into<TableName>,
        column: impl Into<String>,
        from: impl Into<String>,
        to: impl Into<String>,
    ) -> Self {
        Self::Value { table: table.into(), column: column.into(), from: from.into(), to: to.into() }
    }

    pub(super) fn reversed(&self) -> Self {
        match self {
            Self::Table { from, to } => Self::Table { from: to.clone(), to: from.clone() },
            Self::Column { table, from, to } => {
                Self::Column { table: table.clone(), from: to.clone(), to: from.clone() }
            }
            Self::Value { table, column, from, to } => Self::Value {
                table: table.clone(),
                column: column.clone(),
                from: to.clone(),
                to: from.clone(),
            },
            Self::Part { table, kind, from, to } => {
                Self::Part { table: table.clone(), kind: *kind, from: to.clone(), to: from.clone() }
            }
        }
    }

    /// Whether a table gets another name, not what is in it.
    pub fn is_of_table(&self) -> bool {
        matches!(self, Self::Table { .. })
    }

    pub(super) fn describe(&self) -> Description {
        let (what, table, name, from, to) = match self {
            Self::Part { table, kind, from, to } => {
                let what = kind.map_or_else(|| "index".to_owned(), |kind| kind.to_string());
                (what, table, Some(from.clone()), from.clone(), to.clone())
            }
            Self::Table { from, to } => ("table".to_owned(), from, None, from.to_string(), to.to_string()),
            Self::Column { table, from, to } => {
                ("column".to_owned(), table, Some(from.clone()), from.clone(), to.clone())
            }
            Self::Value { table, column, from, to } => {
                ("value".to_owned(), table, Some(column.clone()), from.clone(), to.clone())
            }
        };
        Description {
            sign: '→',
            what,
            table: table.clone(),
            name,
            attribute: None,
            from: Some(from),
            to: Some(to),
        }
    }
}

/// `users.mail to users.email`
impl fmt::Display for Rename {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table { from, to } => write!(f, "{from} to {to}"),
            Self::Column { table, from, to } => write!(f, "{table}.{from} to {table}.{to}"),
            Self::Value { table, column, from, to } => write!(f, "{from} of {table}.{column} to {to}"),
            Self::Part { table, from, to, .. } => write!(f, "{from} of {table} to {to}"),
        }
    }
}

impl Schema {
    /// What has to change so that this schema becomes another one, where some tables, columns and values only get another name.
    ///
    /// ```
    /// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
    /// use servicekit::{Dialect, diff::Rename, revision::*, schema::Schema};
    /// let schema = |column: Column| {
    ///     let mut schema = Schema::default();
    ///     schema.tables.push(Table::new("users", [ulid("id").primary_key(), column]));
    ///     schema
    /// };
    /// let (before, after) = (schema(text("mail")), schema(text("email").not_null()));
    /// let renames = [Rename::column("users", "mail", "email")];
    /// let difference = before.difference_with(&after, Dialect::Postgres, &renames)?;
    /// assert_eq!(
    ///     difference.to_string(),
    ///     "→ column users.mail to email\n~ column users.email: null from NULL to NOT NULL"
    /// );
    /// assert_eq!(
    ///     difference.plan()?.recorded().sql(Dialect::Postgres)?,
    ///     [
    ///         r#"ALTER TABLE "users" RENAME COLUMN "mail" TO "email""#,
    ///         r#"ALTER TABLE "users" ALTER COLUMN "email" SET NOT NULL"#,
    ///     ]
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If something that is to be renamed is not there, or its new name is taken or not wanted.
    pub fn difference_with(
        &self,
        to: &Self,
        dialect: Dialect,
        renames: &[Rename],
    ) -> Result<Difference, RenameProblem> {
        let (from, mut to) = (normal::schema(self), normal::schema(to));
        let mut renames = renames.to_vec();
        // Tables first: columns call them by their later names.
        renames.sort();
        renames.dedup();
        check(&from, &to, &renames, dialect)?;
        let mut from = Renaming::new(&renames, dialect).schema(&from);
        enum_checks::read_both(&mut from, &mut to, dialect);
        values::check(&from, &to, &renames, dialect)?;
        let from = with_values_renamed(from, &renames, dialect);
        let parts = parts::making_room(&from, &to, dialect);
        let from = with_parts_renamed(from, &parts);
        renames.extend(parts);
        let all = Renamed { list: renames, is_first: true };
        Ok(Difference::between(from, to, Answers::default(), all, (dialect, Vec::new())))
    }
}

/// What gets another name, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Renamed {
    /// Tables first.
    pub(super) list: Vec<Rename>,
    /// Before everything else, or after it on the way back.
    pub(super) is_first: bool,
}

impl Default for Renamed {
    fn default() -> Self {
        Self { list: Vec::new(), is_first: true }
    }
}

impl Renamed {
    pub(super) fn reversed(&self) -> Self {
        let list = self.list.iter().rev().map(Rename::reversed).collect();
        Self { list, is_first: !self.is_first }
    }
}

fn check(from: &Schema, to: &Schema, renames: &[Rename], dialect: Dialect) -> Result<(), RenameProblem> {
    for (at, rename) in renames.iter().enumerate() {
        if renames.iter().skip(at + 1).any(|other| clashes(rename, other, dialect)) {
            return Err(RenameProblem::Twice(Box::new(rename.clone())));
        }
        let there = match rename {
            Rename::Table { from: old, to: new } if old.schema != new.schema => {
                return Err(RenameProblem::OtherSchema(Box::new(rename.clone())));
            }
            Rename::Table { from: old, to: new } => {
                let has = |schema, name| table(schema, name, dialect).is_some();
                There { old: has(from, old), new: has(from, new), wanted: has(to, new) }
            }
            Rename::Column { table: name, from: old, to: new } => {
                let before = Renaming::new(renames, dialect).reversed().table_name(name);
                let has = |schema, name: &TableName, column: &str| {
                    let columns = table(schema, name, dialect).map(|table| table.columns.as_slice());
                    columns.unwrap_or_default().iter().any(|known| is_same(&known.name, column, dialect))
                };
                There {
                    old: has(from, &before, old),
                    new: has(from, &before, new),
                    wanted: has(to, name, new),
                }
            }
            // Looked at when everything else has its later name, and found then.
            Rename::Value { .. } | Rename::Part { .. } => continue,
        };
        let leaves = renames.iter().any(|other| takes_name_of(rename, other, dialect));
        match there {
            There { old: false, .. } => return Err(RenameProblem::NotThere(Box::new(rename.clone()))),
            There { new: true, .. } if !leaves => return Err(RenameProblem::Taken(Box::new(rename.clone()))),
            There { wanted: false, .. } => return Err(RenameProblem::NotWanted(Box::new(rename.clone()))),
            There { .. } => {}
        }
    }
    Ok(())
}

/// Whether the earlier schema has the names of a rename, and the later one the new one.
struct There {
    old: bool,
    new: bool,
    wanted: bool,
}

/// Whether the new name of one is the name that another one loses.
pub(super) fn takes_name_of(one: &Rename, other: &Rename, dialect: Dialect) -> bool {
    match (one, other) {
        (Rename::Table { to, .. }, Rename::Table { from, .. }) => is_same_table(to, from, dialect),
        (Rename::Column { table, to, .. }, Rename::Column { table: of, from, .. }) => {
            is_same_table(table, of, dialect) && is_same(to, from, dialect)
        }
        _ => false,
    }
}

/// Whether two renames are of one thing, or to one name.
fn clashes(one: &Rename, other: &Rename, dialect: Dialect) -> bool {
    match (one, other) {
        (Rename::Table { from, to }, Rename::Table { from: other_from, to: other_to }) => {
            is_same_table(from, other_from, dialect) || is_same_table(to, other_to, dialect)
        }
        (
            Rename::Column { table, from, to },
            Rename::Column { table: other_table, from: other_from, to: other_to },
        ) => {
            is_same_table(table, other_table, dialect)
                && (is_same(from, other_from, dialect) || is_same(to, other_to, dialect))
        }
        (
            Rename::Value { table, column, from, to },
            Rename::Value { table: other_table, column: other_column, from: other_from, to: other_to },
        ) => {
            is_same_table(table, other_table, dialect)
                && is_same(column, other_column, dialect)
                && (from == other_from || to == other_to)
        }
        _ => false,
    }
}

fn table<'s>(schema: &'s Schema, name: &TableName, dialect: Dialect) -> Option<&'s Table> {
    schema.tables.iter().find(|table| is_same_table(&table.name, name, dialect))
}
