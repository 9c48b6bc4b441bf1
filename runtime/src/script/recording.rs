//! What a `.rs` revision records, told from what its file says.

use crate::history::{Body, Revision};
use crate::operation::Operations;
use servicekit_chain::{Dialect, Digest, Direction};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What one side of a revision records for one kind of database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Recording {
    pub(crate) digest: Digest,
    /// Whether there is more to it than SQL, of which no digest tells.
    pub(crate) has_work: bool,
}

impl Recording {
    /// Of what was recorded; `None` where this kind of database does not support it.
    pub(crate) fn new(operations: &Operations, dialect: Dialect) -> Option<Self> {
        let digest = operations.digest(dialect).ok()?;
        Some(Self { digest, has_work: operations.has_work(dialect) })
    }

    /// Of the upgrade of a revision that is applied already.
    pub(crate) fn of_upgrade(revision: &Revision, dialect: Dialect) -> Option<Self> {
        let Body::Rust(functions) = revision.body else { return None };
        // A revision that panics now did not when it was applied, and no run of others fails for it.
        let recorded = catch_unwind(AssertUnwindSafe(|| functions.record(Direction::Upgrade)));
        let unknown = |_| {
            tracing::warn!(revision = %revision.id(), "it panicked when it was recorded to compare it with the journal");
        };
        Self::new(&recorded.map_err(unknown).ok()??, dialect)
    }
}
