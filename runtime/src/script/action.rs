//! What a revision does besides sending texts: it is begun when the run comes to it, inside the transaction.

use crate::history::embedded::{Body, Revision};
use crate::operation::{Operation, Operations, RecordedOperation, Work};
use servicekit_chain::{Dialect, Direction};
use servicekit_schema::rebuild::Rebuild;
use std::sync::Arc;

/// Something that is done instead of sending a text.
#[derive(Debug, Clone)]
pub(crate) enum LiveAction {
    Work(RecordedWork),
    Rebuild(Arc<RecordedRebuild>),
}

impl LiveAction {
    /// Whether foreign keys must be off meanwhile.
    pub(crate) fn rebuilds(&self) -> bool {
        matches!(self, Self::Rebuild(_))
    }
}

/// A table of SQLite that is rebuilt, and the operation that it is for.
#[derive(Debug)]
pub(crate) struct RecordedRebuild {
    pub(crate) recorded: RecordedOperation,
    pub(crate) rebuild: Rebuild,
}

/// Work of a revision.
#[derive(Debug, Clone)]
pub(crate) struct RecordedWork {
    pub(crate) run: Work,
    revision: &'static Revision,
    direction: Direction,
    dialect: Dialect,
    /// Which work of the revision it is.
    index: usize,
}

impl RecordedWork {
    pub(crate) fn new(
        run: Work,
        revision: &'static Revision,
        direction: Direction,
        dialect: Dialect,
        index: usize,
    ) -> Self {
        Self { run, revision, direction, dialect, index }
    }

    /// The same work of the revision recorded once more.
    pub(crate) fn recorded_again(&self) -> Option<Work> {
        let Body::Rust(functions) = self.revision.body() else { return None };
        let record = match self.direction {
            Direction::Upgrade => functions.upgrade(),
            Direction::Downgrade => functions.downgrade()?,
        };
        let mut operations = Operations::default();
        record(&mut operations);
        let mut runs =
            operations.into_recorded(self.dialect).filter_map(|recorded| match recorded.operation {
                Operation::Work(run) => Some(run),
                _ => None,
            });
        runs.nth(self.index).filter(|run| *run == self.run)
    }
}
