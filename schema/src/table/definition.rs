//! Tables.

use super::{
    Check, Column, Constraint, Exclusion, ForeignKey, Index, PrimaryKey, Remainder, TableName, Unique,
};
use servicekit_chain::Dialect;

/// A table: its columns, constraints and indexes.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let users = Table::new("users", [ulid("id").primary_key(), text("email").not_null()])
///     .with(unique(["email"]))
///     .comment("who may sign in");
/// assert_eq!(users.columns.len(), 2);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Table {
    /// The name.
    pub name: TableName,
    /// The columns.
    pub columns: Vec<Column>,
    /// The constraints, except those of single columns.
    pub constraints: Vec<Constraint>,
    /// The indexes, except those of single columns.
    pub indexes: Vec<Index>,
    /// The comment.
    pub comment: Option<String>,
    /// Texts after the closing parenthesis, for each database.
    pub options: Vec<(Dialect, String)>,
    /// What there is no word for.
    pub remainders: Vec<Remainder>,
}

impl Table {
    /// A table with these columns.
    pub fn new(name: impl Into<TableName>, columns: impl IntoIterator<Item = Column>) -> Self {
        Self {
            name: name.into(),
            columns: columns.into_iter().collect(),
            constraints: Vec::new(),
            indexes: Vec::new(),
            comment: None,
            options: Vec::new(),
            remainders: Vec::new(),
        }
    }

    /// Adds a constraint or an index.
    #[must_use]
    pub fn with(mut self, part: impl Into<Part>) -> Self {
        self.add(part.into());
        self
    }

    /// Adds SQL after the closing parenthesis on this database: `STRICT`, `ENGINE = InnoDB`.
    #[must_use]
    pub fn option(mut self, dialect: Dialect, sql: impl Into<String>) -> Self {
        self.options.push((dialect, sql.into()));
        self
    }

    /// Adds something that there is no word for, which a statement makes when the table is there.
    #[must_use]
    pub fn remainder(mut self, remainder: Remainder) -> Self {
        self.remainders.push(remainder);
        self
    }

    /// The primary key of those columns that say by themselves that they are one.
    pub(crate) fn key_of_columns(&self) -> Option<Constraint> {
        let key = self.columns.iter().filter(|column| column.primary_key);
        let names: Vec<&str> = key.map(|column| column.name.as_str()).collect();
        (!names.is_empty()).then(|| super::primary_key(names).into())
    }

    pub(crate) fn add(&mut self, part: Part) {
        match part {
            Part::Constraint(constraint) => self.constraints.push(constraint),
            Part::Index(index) => self.indexes.push(index),
        }
    }
}

setters! {
    Table:
    /// The comment.
    ///
    /// SQLite stores it as an SQL comment in the text of the table.
    comment(comment: impl Into<String>) => comment = Some(comment.into());
}

/// A part of a table besides columns.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Part {
    /// A constraint.
    Constraint(Constraint),
    /// An index.
    Index(Index),
}

from! {
    Part:
    Index => |index| Self::Index(index);
    Constraint => |constraint| Self::Constraint(constraint);
    PrimaryKey => |key| Self::Constraint(key.into());
    Unique => |unique| Self::Constraint(unique.into());
    Check => |check| Self::Constraint(check.into());
    ForeignKey => |key| Self::Constraint(key.into());
    Exclusion => |exclusion| Self::Constraint(exclusion.into());
}
