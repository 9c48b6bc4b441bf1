//! The progress of a run.

use crate::error::LockHolder;
use crate::json::Json;
use crate::report::RevisionReport;
use nanoserde::{DeJson, SerJson};
use servicekit_chain::{Direction, Heads, RevisionId};
use std::time::Duration;

/// An event of a run, passed to the callback of [`Migrator::on_progress`](crate::Migrator::on_progress).
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
#[non_exhaustive]
pub enum Progress {
    /// The plan is ready and its first step is about to run.
    Planned {
        /// The version rows now.
        #[nserde(proxy = "Json<Heads>")]
        from: Heads,
        /// The version rows after the run.
        #[nserde(proxy = "Json<Heads>")]
        to: Heads,
        /// How many revisions will be applied or reverted.
        steps: usize,
    },
    /// Another session holds the database; the run retries until its acquire timeout.
    Waiting {
        /// How long the run has waited so far.
        #[nserde(proxy = "Json<Duration>")]
        waited: Duration,
        /// The holder, if it is another run and the server reports it.
        holder: Option<LockHolder>,
    },
    /// A revision starts; reported again when it is retried, after waiting for a lock, or after what it
    /// shared with others on SQLite was rolled back.
    Started {
        /// Applied or reverted.
        #[nserde(proxy = "Json<Direction>")]
        direction: Direction,
        /// The revision.
        #[nserde(proxy = "Json<RevisionId>")]
        revision: RevisionId,
        /// The message of the revision.
        message: String,
        /// The number of the step in the run, from 1.
        step: usize,
        /// How many revisions the run has.
        steps: usize,
    },
    /// A statement of the revision is about to be sent. Statements that are sent in one message are reported
    /// together, before the database answers.
    Statement {
        /// The revision.
        #[nserde(proxy = "Json<RevisionId>")]
        revision: RevisionId,
        /// Its text; a comment for anything else, such as [`Operations::run`](crate::operation::RunWork::run).
        sql: String,
        /// Its number in the message, from 1.
        place: usize,
        /// How many statements the message has.
        together: usize,
    },
    /// A revision is done and committed: on SQLite, those that share a commit are reported after it. With one transaction for
    /// the run, a revision is only done, and all are committed at the end.
    Finished(RevisionReport),
}
