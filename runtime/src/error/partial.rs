//! The stage of a revision that is partially applied.

use servicekit_chain::{Direction, RevisionId};
use std::fmt;

/// A step of a revision that is half done.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartialStage {
    /// The revision.
    pub revision: RevisionId,
    /// Applied or reverted.
    pub direction: Direction,
    /// Which step, from 1.
    pub step: usize,
    /// How many the revision had when it was begun.
    pub steps: usize,
    /// When the step was begun, by the clock of the database, in UTC.
    pub started_at: String,
}

impl fmt::Display for PartialStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { revision, direction, step, steps, .. } = self;
        write!(f, "step {step} of {steps} of the {direction} of revision `{revision}`")
    }
}
