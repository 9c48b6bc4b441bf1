//! What a run tells while it is going on.

use crate::error::lock_holder::LockHolder;
use servicekit_chain::{Direction, Heads, RevisionId};
use std::time::Duration;

/// Something that happened during a run, told to the callback given to
/// [`Migrator::on_progress`](crate::Migrator::on_progress) as it happens.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// The steps are known and the first is about to run.
    Planned {
        /// The version rows now.
        from: Heads,
        /// The version rows when all is done.
        to: Heads,
        /// How many revisions will be applied or reverted.
        steps: usize,
    },
    /// Another session holds the database; the run tries again until its acquire timeout.
    Waiting {
        /// How long it has waited so far.
        waited: Duration,
        /// Who holds it, where it is another run and the server tells.
        holder: Option<LockHolder>,
    },
    /// A revision begins; told again when it met a lock and is tried again.
    Started {
        /// Applied or reverted.
        direction: Direction,
        /// The revision.
        revision: RevisionId,
        /// What it is for.
        message: &'static str,
        /// Its place in the run, from 1.
        step: usize,
        /// How many revisions the run has.
        steps: usize,
    },
    /// A statement of the revision is about to be sent. Several that go to the database in one message are told one
    /// after the other, before it answers.
    Statement {
        /// The revision.
        revision: RevisionId,
        /// Its text; a comment for what is done in other ways, such as [`Operations::run`](crate::operation::RunWork::run).
        sql: String,
        /// Its place in the message, from 1.
        place: usize,
        /// How many statements the message has.
        together: usize,
    },
    /// A revision is done; with one transaction for the run it is kept only when all are done.
    Finished {
        /// Applied or reverted.
        direction: Direction,
        /// The revision.
        revision: RevisionId,
        /// What it is for.
        message: &'static str,
        /// How long it took, the wait for its commit included where it has one of its own.
        elapsed: Duration,
    },
}
