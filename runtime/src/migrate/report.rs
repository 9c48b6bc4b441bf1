//! What a run did.

use servicekit_chain::{Direction, Heads, RevisionId};
use std::fmt;
use std::time::Duration;

/// What a run did: empty when the database was where it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The version rows before.
    pub from: Heads,
    /// The version rows after.
    pub to: Heads,
    /// The revisions that this run applied or reverted, in order; what another process did meanwhile is
    /// not among them.
    pub steps: Vec<StepReport>,
    /// Applied revisions whose file says something else now than when it was applied. Only a run that had
    /// something to do looks for them, or [`Migrator::edited`](super::Migrator::edited).
    pub edited: Vec<Edited>,
    /// How long the whole run took.
    pub elapsed: Duration,
}

impl Report {
    /// What a run without a history reports.
    pub(crate) fn nothing() -> Self {
        let (from, to) = (Heads::base(), Heads::base());
        Self { from, to, steps: Vec::new(), edited: Vec::new(), elapsed: Duration::ZERO }
    }

    /// Whether there was nothing to do.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

/// One revision that a run applied or reverted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StepReport {
    /// Applied or reverted.
    pub direction: Direction,
    /// The revision.
    pub revision: RevisionId,
    /// What it is for.
    pub message: &'static str,
    /// How long it took.
    pub elapsed: Duration,
}

/// An applied revision whose file was changed afterwards: the database holds what the file said then.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edited {
    /// The revision.
    pub revision: RevisionId,
    /// Its file.
    pub path: &'static str,
    /// When it was applied, by the clock of the database, in UTC.
    pub applied_at: String,
}

impl fmt::Display for Edited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { revision, path, applied_at } = self;
        write!(
            f,
            "revision `{revision}` was edited after it was applied on {applied_at}: `{path}` runs something \
             else now; put the change into a new revision"
        )
    }
}
