//! A stage of a partially applied revision.

use servicekit_chain::{Direction, RevisionId};
use std::fmt;

/// A stage of a partially applied revision.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartialStage {
    /// The revision.
    pub revision: RevisionId,
    /// Applied or reverted.
    pub direction: Direction,
    /// The number of the stage, from 1.
    pub stage: usize,
    /// The number of stages when the revision was started.
    pub stages: usize,
    /// When the stage was started, in UTC, by the clock of the database.
    pub started_at: String,
}

impl fmt::Display for PartialStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { revision, direction, stage, stages, .. } = self;
        write!(f, "stage {stage} of {stages} of the {direction} of revision `{revision}`")
    }
}
