//! What a revision does besides sending texts: it is begun when the run comes to it, inside the transaction.

use crate::history::{Body, Revision};
use crate::operation::{Operation, RecordedOperation, Work};
use servicekit_chain::{Dialect, Direction};
use servicekit_schema::rebuild::Rebuild;
use std::sync::Arc;

/// Something that is done instead of sending a text.
#[derive(Debug, Clone)]
pub(crate) enum LiveAction {
    Work(RecordedWork),
    Rebuild(Arc<RecordedRebuild>),
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
    pub(crate) revision: &'static Revision,
    pub(crate) direction: Direction,
    pub(crate) dialect: Dialect,
    /// Which work of the revision it is.
    pub(crate) index: usize,
}

impl RecordedWork {
    /// The same work of the revision recorded once more.
    pub(crate) fn recorded_again(&self) -> Option<Work> {
        let Body::Rust(functions) = self.revision.body else { return None };
        let recorded = functions.record(self.direction)?.into_recorded(self.dialect);
        let mut runs = recorded.filter_map(|recorded| match recorded.operation {
            Operation::Work(run) => Some(run),
            _ => None,
        });
        runs.nth(self.index).filter(|run| *run == self.run)
    }
}
