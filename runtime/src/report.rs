//! The result of a run.

use crate::json::Json;
use crate::script::OpenStage;
use nanoserde::{DeJson, SerJson};
use servicekit_chain::{Direction, Heads, RevisionId};
use std::fmt;
use std::time::Duration;

/// The result of a run: empty if there was nothing to do.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
#[non_exhaustive]
pub struct Report {
    /// The version rows before.
    #[nserde(proxy = "Json<Heads>")]
    pub from: Heads,
    /// The version rows after.
    #[nserde(proxy = "Json<Heads>")]
    pub to: Heads,
    /// The revisions that this run applied or reverted, in order, without those of other processes.
    pub steps: Vec<RevisionReport>,
    /// Applied revisions whose files were edited afterwards, or that record something else. Only a run that has
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
    /// The message of the revision.
    pub message: String,
    /// How long it took, without a commit that it shares with others. Of quick revisions that were sent together, it is the time
    /// from one answer to the next, which can come at once.
    #[nserde(proxy = "Json<Duration>")]
    pub elapsed: Duration,
}

/// An applied revision that is not what it was: the database has the schema of the earlier one.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
#[non_exhaustive]
pub struct EditedRevision {
    /// The revision.
    #[nserde(proxy = "Json<RevisionId>")]
    pub revision: RevisionId,
    /// Its file.
    pub path: String,
    /// When it was applied, in UTC, by the clock of the database.
    pub applied_at: String,
    /// What differs.
    pub difference: Difference,
}

/// What differs between a revision as it was applied and as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, SerJson, DeJson)]
#[non_exhaustive]
pub enum Difference {
    /// The file.
    File,
    /// The file of a `.rs` revision, whose upgrade records the same on this database as it did: its downgrade is another
    /// one, or only its code.
    FileOnly,
    /// What a `.rs` revision records: its file is the same, and what it uses of another file is not, such as a function
    /// or a constant. Rows that were written before the journal had a column for it cannot tell.
    RecordingOnly,
}

impl Difference {
    /// A word for it: `file`, `file_only`, `recording_only`.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::FileOnly => "file_only",
            Self::RecordingOnly => "recording_only",
        }
    }
}

impl fmt::Display for EditedRevision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { revision, path, applied_at, difference } = self;
        match difference {
            Difference::File => write!(
                f,
                "revision `{revision}` was edited after it was applied on {applied_at}: `{path}` runs something \
                 else now; put the change into a new revision"
            ),
            Difference::FileOnly => write!(
                f,
                "revision `{revision}` was edited after it was applied on {applied_at}: the upgrade in `{path}` records \
                 the same as then, so only its downgrade or its code changed; put a change of the schema into a new \
                 revision"
            ),
            Difference::RecordingOnly => write!(
                f,
                "revision `{revision}` records something else than when it was applied on {applied_at}, and `{path}` was \
                 not edited: a function or constant that it uses has changed; copy the earlier one into the revision, \
                 and put the change into a new revision"
            ),
        }
    }
}

/// The state of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// The version rows.
    pub rows: Heads,
    /// The partially applied revision: a run is active, or one ended in the middle of it.
    pub partial: Option<PartialRevision>,
}

/// Which of the bookkeeping tables exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct BookkeepingTables {
    /// The version table.
    pub version_table: bool,
    /// The journal.
    pub journal: bool,
}

/// A partially applied revision.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartialRevision {
    /// The revision, which can be unknown here.
    pub revision: String,
    /// Applied or reverted.
    pub direction: Direction,
    /// The stage that was started last, from 1.
    pub stage: usize,
    /// How many stages the revision has.
    pub stages: usize,
    /// The state of that stage in the journal: `intent`, `done`, `failed` or `resolved`.
    pub state: &'static str,
    /// When it was started, in UTC, by the clock of the database.
    pub started_at: String,
    /// The application that started it, if the journal has it.
    pub application: Option<String>,
}

impl PartialRevision {
    pub(crate) fn new(last: &OpenStage) -> Self {
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
