//! A set of version rows.

use crate::RevisionId;
use std::fmt;

/// The rows of the version table, or a set that could stand there: sorted, without duplicates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Heads(Vec<RevisionId>);

impl Heads {
    /// No rows: nothing is applied.
    pub const fn base() -> Self {
        Self(Vec::new())
    }

    /// Whether nothing is applied.
    pub fn is_base(&self) -> bool {
        self.0.is_empty()
    }

    /// The ids in order.
    pub fn iter(&self) -> std::slice::Iter<'_, RevisionId> {
        self.0.iter()
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this id is one of the rows.
    pub fn contains(&self, id: &str) -> bool {
        self.0.binary_search_by(|row| row.as_str().cmp(id)).is_ok()
    }

    /// Adds a row; false when it was there.
    pub fn insert(&mut self, id: RevisionId) -> bool {
        let found = self.0.binary_search(&id);
        if let Err(at) = found {
            self.0.insert(at, id);
        }
        found.is_err()
    }

    /// Takes a row away; false when it was not there.
    pub fn remove(&mut self, id: &str) -> bool {
        let found = self.0.binary_search_by(|row| row.as_str().cmp(id));
        if let Ok(at) = found {
            self.0.remove(at);
        }
        found.is_ok()
    }

    /// The ids in order, as a slice.
    pub fn as_slice(&self) -> &[RevisionId] {
        &self.0
    }

    /// The ids in order, as a list.
    pub(crate) fn into_vec(self) -> Vec<RevisionId> {
        self.0
    }
}

impl FromIterator<RevisionId> for Heads {
    fn from_iter<I: IntoIterator<Item = RevisionId>>(ids: I) -> Self {
        let mut rows: Vec<RevisionId> = ids.into_iter().collect();
        rows.sort_unstable();
        rows.dedup();
        Self(rows)
    }
}

impl IntoIterator for Heads {
    type Item = RevisionId;
    type IntoIter = std::vec::IntoIter<RevisionId>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Heads {
    type Item = &'a RevisionId;
    type IntoIter = std::slice::Iter<'a, RevisionId>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// `a, b, c`.
pub(crate) fn comma_separated(ids: &[RevisionId]) -> String {
    ids.iter().map(RevisionId::as_str).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for Heads {
    /// `base` when nothing is applied, else the ids separated by commas.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("base");
        }
        f.write_str(&comma_separated(&self.0))
    }
}
