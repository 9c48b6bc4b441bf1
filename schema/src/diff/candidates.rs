//! What may have got another name: something that goes beside something of its kind that comes.

use super::Rename;
use super::names::is_same;
use super::{Alteration, Difference, Fact, types};
use crate::table::{Column, Table};
use servicekit_chain::Dialect;
use std::cmp::Reverse;

/// Something that goes and something that comes, which may be one under another name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RenameCandidate {
    /// The rename that it would be.
    pub rename: Rename,
    /// Whether both have the same type, or two tables mostly the same columns.
    pub is_alike: bool,
}

impl Difference {
    /// Each pair of something that goes and something of its kind that comes: tables, and columns of one table. Those that are
    /// most alike come first.
    ///
    /// ```
    /// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
    /// use servicekit::{Dialect, diff::Rename, revision::*, schema::Schema};
    /// let schema = |column: Column| {
    ///     let mut schema = Schema::default();
    ///     schema.tables.push(Table::new("users", [ulid("id").primary_key(), column]));
    ///     schema
    /// };
    /// let difference = schema(text("mail")).difference(&schema(text("email")), Dialect::Sqlite);
    /// let candidates = difference.rename_candidates();
    /// assert_eq!(candidates[0].rename, Rename::column("users", "mail", "email"));
    /// assert!(candidates[0].is_alike);
    /// ```
    pub fn rename_candidates(&self) -> Vec<RenameCandidate> {
        let mut found: Vec<(u64, RenameCandidate)> = Vec::new();
        for gone in &self.facts {
            for new in &self.facts {
                found.extend(candidate(gone, new, self.dialect));
            }
        }
        // The order of the facts decides between those that are alike in the same degree.
        found.sort_by_key(|(likeness, candidate)| Reverse((candidate.is_alike, *likeness)));
        found.into_iter().map(|(_, candidate)| candidate).collect()
    }
}

fn candidate(gone: &Fact, new: &Fact, dialect: Dialect) -> Option<(u64, RenameCandidate)> {
    match (gone, new) {
        (Fact::Table(Alteration::Dropped(gone)), Fact::Table(Alteration::Added(new)))
            if gone.name.schema == new.name.schema =>
        {
            let rename = Rename::table(gone.name.clone(), new.name.clone());
            let shared = shared_columns(gone, new, dialect);
            let is_alike = shared * 10 >= 6 * (gone.columns.len() + new.columns.len() - shared);
            let likeness = shared as u64 * 100 + likeness(&gone.name.name, &new.name.name);
            Some((likeness, RenameCandidate { rename, is_alike }))
        }
        (
            Fact::Column { table, column: Alteration::Dropped(gone) },
            Fact::Column { table: of, column: Alteration::Added(new) },
        ) if table == of => {
            let rename = Rename::column(table.clone(), &gone.name, &new.name);
            let is_alike = types::is_same(&gone.data_type, &new.data_type, dialect);
            Some((likeness(&gone.name, &new.name), RenameCandidate { rename, is_alike }))
        }
        _ => None,
    }
}

/// How many columns two tables have in common, by name and type.
fn shared_columns(one: &Table, other: &Table, dialect: Dialect) -> usize {
    let is_shared = |column: &&Column| {
        other.columns.iter().any(|same| {
            is_same(&column.name, &same.name, dialect)
                && types::is_same(&column.data_type, &same.data_type, dialect)
        })
    };
    one.columns.iter().filter(is_shared).count()
}

/// How much two names have in common, of a hundred: the pairs of neighbouring letters that both have (Dice's coefficient).
fn likeness(one: &str, other: &str) -> u64 {
    let pairs = |name: &str| -> Vec<(char, char)> {
        let lower: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
        lower.iter().copied().zip(lower.iter().copied().skip(1)).collect()
    };
    let (some, mut others) = (pairs(one), pairs(other));
    let all = (some.len() + others.len()).max(1) as u64;
    let shared = some.iter().filter(|pair| {
        let at = others.iter().position(|other| other == *pair);
        at.map(|at| others.swap_remove(at)).is_some()
    });
    shared.count() as u64 * 200 / all
}
