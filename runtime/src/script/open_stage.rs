//! A stage of a revision that is partially applied, as the journal has it.

use servicekit_chain::Direction;

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StageState {
    /// It was about to run: whether it did is not known.
    Intent,
    /// It was done.
    Done,
    /// The database refused it.
    Failed,
    /// It was done: a run found that out, or a person recorded it.
    Resolved,
}

impl StageState {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Intent => "intent",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Resolved => "resolved",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Intent, Self::Done, Self::Failed, Self::Resolved]
            .into_iter()
            .find(|state| state.name() == name)
    }

    /// Whether the step needs nothing more.
    pub(crate) const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Resolved)
    }
}

/// A step of a revision that is partially applied, as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OpenStage {
    pub(crate) seq: i64,
    pub(crate) revision: String,
    pub(crate) direction: Direction,
    pub(crate) stage: usize,
    pub(crate) stages: usize,
    pub(crate) state: StageState,
    pub(crate) statement_digest: String,
    pub(crate) fingerprint: Option<String>,
    pub(crate) session: Option<String>,
    pub(crate) started_at: String,
    pub(crate) application: Option<String>,
    /// Whether it is of this history.
    pub(crate) is_ours: bool,
}
