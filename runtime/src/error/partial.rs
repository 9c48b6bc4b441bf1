//! The stage of a revision that is partially applied.

use servicekit_chain::{Direction, RevisionId};
use std::fmt;

/// A stage of a revision that is partially applied.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartialStage {
    /// The revision.
    pub revision: RevisionId,
    /// Applied or reverted.
    pub direction: Direction,
    /// Which stage, from 1.
    pub stage: usize,
    /// How many the revision had when it was begun.
    pub stages: usize,
    /// When the stage was begun, by the clock of the database, in UTC.
    pub started_at: String,
}

impl fmt::Display for PartialStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { revision, direction, stage, stages, .. } = self;
        write!(f, "stage {stage} of {stages} of the {direction} of revision `{revision}`")
    }
}
