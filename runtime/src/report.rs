//! What a run did.

use crate::json::Json;
use crate::script::open_stage::OpenStage;
use nanoserde::{DeJson, SerJson};
use servicekit_chain::{Direction, Heads, RevisionId};
use std::fmt;
use std::time::Duration;

/// What a run did: empty when the database was where it should be.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
#[non_exhaustive]
pub struct Report {
    /// The version rows before.
    #[nserde(proxy = "Json<Heads>")]
    pub from: Heads,
    /// The version rows after.
    #[nserde(proxy = "Json<Heads>")]
    pub to: Heads,
    /// The revisions that this run applied or reverted, in order; what another process did meanwhile is
    /// not among them.
    pub steps: Vec<RevisionReport>,
    /// Applied revisions whose file says something else now than when it was applied. Only a run that had
    /// something to do looks for them, or [`Migrator::edited`](crate::Migrator::edited).
    pub edited: Vec<EditedRevision>,
    /// How long the whole run took.
    #[nserde(proxy = "Json<Duration>")]
    pub elapsed: Duration,
}

impl Report {
    /// What a run without a history reports.
    pub(crate) fn nothing() -> Self {
        Self::at(Heads::base(), Duration::ZERO)
    }

    /// A run that found the database where it should be.
    pub(crate) fn at(rows: Heads, elapsed: Duration) -> Self {
        Self { from: rows.clone(), to: rows, steps: Vec::new(), edited: Vec::new(), elapsed }
    }

    /// Whether there was nothing to do.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

/// One revision that a run applied or reverted.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
#[non_exhaustive]
pub struct RevisionReport {
    /// Applied or reverted.
    #[nserde(proxy = "Json<Direction>")]
    pub direction: Direction,
    /// The revision.
    #[nserde(proxy = "Json<RevisionId>")]
    pub revision: RevisionId,
    /// What it is for.
    pub message: String,
    /// How long it took.
    #[nserde(proxy = "Json<Duration>")]
    pub elapsed: Duration,
}

/// An applied revision whose file was changed afterwards: the database holds what the file said then.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
#[non_exhaustive]
pub struct EditedRevision {
    /// The revision.
    #[nserde(proxy = "Json<RevisionId>")]
    pub revision: RevisionId,
    /// Its file.
    pub path: String,
    /// When it was applied, by the clock of the database, in UTC.
    pub applied_at: String,
}

impl fmt::Display for EditedRevision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { revision, path, applied_at } = self;
        write!(
            f,
            "revision `{revision}` was edited after it was applied on {applied_at}: `{path}` runs something \
             else now; put the change into a new revision"
        )
    }
}

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// The version rows.
    pub rows: Heads,
    /// The revision that is partially applied: a run is under way, or one has ended in the middle of it.
    pub partial: Option<PartialRevision>,
}

/// Which of the tables that runs write to are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct BookkeepingTables {
    /// The version table.
    pub version_table: bool,
    /// The journal.
    pub journal: bool,
}

/// A revision that is done stage by stage, and of which some stages are done.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartialRevision {
    /// The revision, known here or not.
    pub revision: String,
    /// Applied or reverted.
    pub direction: Direction,
    /// The stage that was begun last, from 1.
    pub stage: usize,
    /// How many stages the revision has.
    pub stages: usize,
    /// What the journal says of that stage: `intent`, `done`, `failed` or `resolved`.
    pub state: &'static str,
    /// When it was begun, by the clock of the database, in UTC.
    pub started_at: String,
    /// The application that began it, if the journal has it.
    pub application: Option<String>,
}

impl PartialRevision {
    pub(crate) fn of(last: &OpenStage) -> Self {
        Self {
            revision: last.revision.clone(),
            direction: last.direction,
            stage: last.stage,
            stages: last.stages,
            state: last.state.name(),
            started_at: last.started_at.clone(),
            application: last.application.clone(),
        }
    }
}
