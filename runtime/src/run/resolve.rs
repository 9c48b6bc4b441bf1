//! What a person says about a step that is in doubt.

use crate::script::open_stage::StageState;

/// What became of a stage that was begun, where the database does not tell: see
/// [`Migrator::resolve`](crate::Migrator::resolve).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Resolution {
    /// It was done: the next run goes on behind it.
    Done,
    /// It was not done, or was undone by hand: the next run does it.
    NotDone,
}

impl Resolution {
    pub(crate) const fn state(self) -> StageState {
        match self {
            Self::Done => StageState::Resolved,
            Self::NotDone => StageState::Failed,
        }
    }
}
