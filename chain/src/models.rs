//! Which tables belong to models: the header key `models` of revisions that were written from models.

use crate::graph::{Graph, RevisionRef};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

/// What a revision says of a table that belongs to a model: `+users`, `clients -> users`, `-users`.
///
/// Only a table that belongs to a model may be proposed for dropping when its model is gone.
///
/// ```
/// use servicekit_chain::ModelChange;
/// let change: ModelChange = "clients -> users".parse()?;
/// assert_eq!(change, ModelChange::Renames { from: "clients".to_owned(), to: "users".to_owned() });
/// assert_eq!(change.to_string(), "clients -> users");
/// # Ok::<(), servicekit_chain::InvalidModelChange>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelChange {
    /// It belongs to a model from now on.
    Begins(String),
    /// It gets another name.
    Renames {
        /// Its name before.
        from: String,
        /// Its name after.
        to: String,
    },
    /// It belongs to none any more.
    Ends(String),
}

/// A text that is no [`ModelChange`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidModelChange;

impl fmt::Display for InvalidModelChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("write `+users`, `-users` or `clients -> users`")
    }
}

impl std::error::Error for InvalidModelChange {}

impl ModelChange {
    /// Whether a table can be named in a header: the name stands between commas.
    pub fn can_name(table: &str) -> bool {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | ' ' | '-');
        !table.is_empty() && table.trim() == table && table.chars().all(is_plain)
    }
}

impl FromStr for ModelChange {
    type Err = InvalidModelChange;

    fn from_str(text: &str) -> Result<Self, InvalidModelChange> {
        let name = |name: &str| {
            let name = name.trim();
            if Self::can_name(name) { Ok(name.to_owned()) } else { Err(InvalidModelChange) }
        };
        if let Some(table) = text.strip_prefix('+') {
            return name(table).map(Self::Begins);
        }
        if let Some((from, to)) = text.split_once("->") {
            return Ok(Self::Renames { from: name(from)?, to: name(to)? });
        }
        text.strip_prefix('-').ok_or(InvalidModelChange).and_then(name).map(Self::Ends)
    }
}

impl fmt::Display for ModelChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Begins(table) => write!(f, "+{table}"),
            Self::Renames { from, to } => write!(f, "{from} -> {to}"),
            Self::Ends(table) => write!(f, "-{table}"),
        }
    }
}

impl Graph {
    /// The tables that belong to models when all revisions are applied, by what each of them says. A merge unites what its
    /// parents say.
    pub fn managed_tables<'f>(
        &self,
        changes: impl Fn(RevisionRef<'_>) -> Vec<&'f ModelChange>,
    ) -> BTreeSet<String> {
        let mut after: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut at_heads = BTreeSet::new();
        // Each one comes after all that it follows.
        for revision in self.revisions() {
            let mut tables: BTreeSet<String> = BTreeSet::new();
            for parent in revision.parents() {
                tables.extend(after.get(parent.id().as_str()).into_iter().flatten().cloned());
            }
            let changes = changes(revision);
            for change in &changes {
                if let ModelChange::Renames { from: gone, .. } | ModelChange::Ends(gone) = change {
                    tables.remove(gone);
                }
            }
            for change in changes {
                if let ModelChange::Begins(new) | ModelChange::Renames { to: new, .. } = change {
                    tables.insert(new.clone());
                }
            }
            if revision.is_head() {
                at_heads.extend(tables.iter().cloned());
            }
            after.insert(revision.id().to_string(), tables);
        }
        at_heads
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Node, RevisionId};

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["+users", "-users", "clients -> users", "+shop.users", "-a-b", "+a b"] {
            assert_eq!(text.parse::<ModelChange>().unwrap().to_string(), text);
        }
        for text in ["users", "", "+", "-", "->", "a ->", "+a,b", "+\"a\"", "+a -> b"] {
            assert!(text.parse::<ModelChange>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_merge_unites_and_names_change_places() {
        let node = |id: &'static str, down: &[&'static str]| Node {
            id: RevisionId::from_static(id),
            down_revision: down.iter().copied().map(RevisionId::from_static).collect(),
            depends_on: Vec::new(),
            branch_labels: Vec::new(),
        };
        let graph =
            Graph::new(vec![node("a", &[]), node("b", &["a"]), node("c", &["a"]), node("d", &["b", "c"])])
                .unwrap();
        let says: BTreeMap<&str, Vec<ModelChange>> = [
            ("a", vec!["+one", "+two"]),
            ("b", vec!["one -> two", "two -> one"]),
            ("c", vec!["+three"]),
            ("d", vec!["-one"]),
        ]
        .into_iter()
        .map(|(id, texts)| (id, texts.into_iter().map(|text| text.parse().unwrap()).collect()))
        .collect();
        let managed =
            graph.managed_tables(|revision| says.get(revision.id().as_str()).into_iter().flatten().collect());
        assert_eq!(managed.into_iter().collect::<Vec<_>>(), ["three", "two"]);
    }
}
