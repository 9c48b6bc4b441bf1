//! What a run tells while it is going on.

use crate::error::lock_holder::LockHolder;
use crate::json::Json;
use crate::report::RevisionReport;
use nanoserde::{DeJson, SerJson};
use servicekit_chain::{Direction, Heads, RevisionId};
use std::time::Duration;

/// Something that happened during a run, told to the callback given to
/// [`Migrator::on_progress`](crate::Migrator::on_progress) as it happens.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
#[non_exhaustive]
pub enum Progress {
    /// The steps are known and the first is about to run.
    Planned {
        /// The version rows now.
        #[nserde(proxy = "Json<Heads>")]
        from: Heads,
        /// The version rows when all is done.
        #[nserde(proxy = "Json<Heads>")]
        to: Heads,
        /// How many revisions will be applied or reverted.
        steps: usize,
    },
    /// Another session holds the database; the run tries again until its acquire timeout.
    Waiting {
        /// How long it has waited so far.
        #[nserde(proxy = "Json<Duration>")]
        waited: Duration,
        /// Who holds it, where it is another run and the server tells.
        holder: Option<LockHolder>,
    },
    /// A revision begins; told again when it met a lock and is tried again.
    Started {
        /// Applied or reverted.
        #[nserde(proxy = "Json<Direction>")]
        direction: Direction,
        /// The revision.
        #[nserde(proxy = "Json<RevisionId>")]
        revision: RevisionId,
        /// What it is for.
        message: String,
        /// Its place in the run, from 1.
        step: usize,
        /// How many revisions the run has.
        steps: usize,
    },
    /// A statement of the revision is about to be sent. Several that go to the database in one message are told one
    /// after the other, before it answers.
    Statement {
        /// The revision.
        #[nserde(proxy = "Json<RevisionId>")]
        revision: RevisionId,
        /// Its text; a comment for what is done in other ways, such as [`Operations::run`](crate::operation::RunWork::run).
        sql: String,
        /// Its place in the message, from 1.
        place: usize,
        /// How many statements the message has.
        together: usize,
    },
    /// A revision is done; with one transaction for the run it is kept only when all are done.
    Finished(RevisionReport),
}
