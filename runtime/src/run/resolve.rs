//! Resolving a stage that is in doubt.

use crate::script::StageState;

/// The outcome of a stage that is in doubt: see [`Migrator::resolve`](crate::Migrator::resolve).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Resolution {
    /// It was done: the next run continues after it.
    Done,
    /// It was not done, or you reverted it: the next run runs it.
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
