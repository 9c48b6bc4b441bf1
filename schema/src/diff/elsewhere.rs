//! A difference that was found on one kind of database, as it is on another one that went through the same revisions.
//!
//! What does not differ is there what the later schema says. What differs is what was found, where the words for it mean
//! the same on every database.

mod earlier;
mod quoted;

use super::renames::{self, Renamed, with_parts_renamed};
use super::verdict::Answers;
use super::{Difference, Rename};
use servicekit_chain::Dialect;
use std::fmt;

/// Something that differs on one kind of database, of which it cannot be known what it is on another one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Elsewhere {
    /// What it is, such as `column users.email`.
    pub what: String,
    /// Its type on the database that was compared.
    pub data_type: String,
    /// The kind of database that was compared.
    pub found_on: Dialect,
    /// The kind of database on which it is not known.
    pub unknown_on: Dialect,
}

impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, data_type, found_on, unknown_on } = self;
        write!(f, "{what} has the type {data_type} on {found_on}, and its type on {unknown_on} is not known")
    }
}

impl std::error::Error for Elsewhere {}

impl Difference {
    /// The same for several kinds of databases, all of which go through the revision.
    ///
    /// SQLite takes most types for one. Where another database is among these that does not, the declared type of a
    /// column counts on SQLite too: otherwise the change would never be found there.
    ///
    /// ```
    /// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
    /// use servicekit::{Dialect, revision::*, schema::Schema};
    /// let schema = |length| {
    ///     let mut schema = Schema::default();
    ///     schema.tables.push(Table::new("users", [string("email", length)]));
    ///     schema
    /// };
    /// let difference = schema(40).difference(&schema(80), Dialect::Sqlite);
    /// assert!(difference.is_empty());
    /// assert!(!difference.serving(&[Dialect::Sqlite, Dialect::Postgres]).is_empty());
    /// ```
    #[must_use]
    pub fn serving(self, databases: &[Dialect]) -> Self {
        let Self { dialect, answers, renamed, backfills, from, to, .. } = self;
        let others = Dialect::ALL.into_iter().filter(|each| *each != dialect && databases.contains(each));
        let others = others.collect();
        Self { backfills, ..Self::between(from, to, answers, renamed, (dialect, others)) }
    }

    /// The databases that the revision is for.
    pub(crate) fn served(&self) -> Vec<Dialect> {
        let is_served = |each: &Dialect| *each == self.dialect || self.others.contains(each);
        Dialect::ALL.into_iter().filter(is_served).collect()
    }

    /// What differs on this kind of database.
    ///
    /// # Errors
    /// If it cannot be known what something is there.
    pub(crate) fn on(&self, dialect: Dialect) -> Result<Self, Elsewhere> {
        let named = self.named();
        let from = earlier::of(&named, dialect)?;
        let answers = if dialect == self.dialect { self.answers.clone() } else { Answers::default() };
        let others = self.served().into_iter().filter(|each| *each != dialect).collect();
        // A part whose name is not in the way there keeps it.
        let (list, others_only) = renames::on(&self.renamed.list, dialect);
        let undone: Vec<Rename> = others_only.iter().map(Rename::reversed).collect();
        let from = with_parts_renamed(from, &undone);
        let to = with_parts_renamed(named.to, &undone);
        let renamed = Renamed { list, ..self.renamed };
        let backfills = self.backfills.clone();
        Ok(Self { backfills, ..Self::between(from, to, answers, renamed, (dialect, others)) })
    }
}
