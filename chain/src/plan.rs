//! Plans: the steps from one set of version rows to another, as data.

use crate::heads::comma_separated;
use crate::{Heads, RevisionId};
use std::fmt;

/// Which of a revision's two sides a step runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The revision is applied.
    Upgrade,
    /// The revision is reverted.
    Downgrade,
}

impl Direction {
    /// The word for it in version files, journals and messages: `upgrade` or `downgrade`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Upgrade => "upgrade",
            Self::Downgrade => "downgrade",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What one step does to the version rows.
///
/// Deletions come first, then the update, then insertions. Each row named by `delete` and by the update's
/// `from` must be there exactly once, which is how a concurrent runner is noticed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RowChange {
    /// Rows that go away.
    pub delete: Vec<RevisionId>,
    /// A row that changes, as (from, to).
    pub update: Option<(RevisionId, RevisionId)>,
    /// Rows that are added.
    pub insert: Vec<RevisionId>,
}

impl RowChange {
    /// Deletions, at most one row that changes, and insertions.
    pub fn new(
        delete: Vec<RevisionId>,
        update: Option<(RevisionId, RevisionId)>,
        insert: Vec<RevisionId>,
    ) -> Self {
        Self { delete, update, insert }
    }

    /// Makes this change to a set of rows held in memory.
    pub fn apply(&self, rows: &mut Heads) {
        for id in &self.delete {
            rows.remove(id.as_str());
        }
        if let Some((from, to)) = &self.update {
            rows.remove(from.as_str());
            rows.insert(to.clone());
        }
        for id in &self.insert {
            rows.insert(id.clone());
        }
    }
}

/// One revision, applied or reverted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// Applied or reverted.
    pub direction: Direction,
    /// The revision.
    pub revision: RevisionId,
    /// What happens to the version rows together with it.
    pub rows: RowChange,
}

/// Something a person should know about a plan before it runs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Note {
    /// A downgrade also reverts revisions outside the lineage that was named, as Alembic does.
    #[error(
        "the downgrade reaches into another branch: {} outside the lineage of `{lineage}` {} reverted as well",
        comma_separated(revisions), if revisions.len() == 1 { "is" } else { "are" }
    )]
    OtherBranch {
        /// The label or revision that was named.
        lineage: String,
        /// The revisions outside its lineage that are reverted.
        revisions: Vec<RevisionId>,
    },
}

/// The steps from `from` to `to`, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Plan {
    /// The version rows before the first step.
    pub from: Heads,
    /// The steps.
    pub steps: Vec<Step>,
    /// The version rows after the last step.
    pub to: Heads,
    /// What a person should know before it runs.
    pub notes: Vec<Note>,
}

impl Plan {
    /// A plan without steps, which leaves the version rows as they are.
    pub fn empty(rows: Heads) -> Self {
        Self { from: rows.clone(), steps: Vec::new(), to: rows, notes: Vec::new() }
    }

    /// Each step with the version rows after it.
    pub fn with_rows(&self) -> impl Iterator<Item = (&Step, Heads)> {
        self.steps.iter().scan(self.from.clone(), |rows, step| {
            step.rows.apply(rows);
            Some((step, rows.clone()))
        })
    }
}

/// One change of a stamp: the rows `from` become the rows `to` and nothing is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StampStep {
    /// Whether this counts as having applied or as having reverted revisions.
    pub direction: Direction,
    /// Rows that go.
    pub from: Vec<RevisionId>,
    /// Rows that come.
    pub to: Vec<RevisionId>,
    /// The same as a change of rows.
    pub rows: RowChange,
}

/// What a stamp does to the version rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StampPlan {
    /// The version rows before.
    pub from: Heads,
    /// The changes, in order.
    pub steps: Vec<StampStep>,
    /// The version rows afterwards.
    pub to: Heads,
}
