//! What the commands output that open a database.

use crate::output::RevisionSummary;
use serde::{Serialize, Serializer};
use servicekit::plan::Heads;
use servicekit::report::PartialRevision;
use servicekit::worker::wire;
use std::fmt;
use std::time::Duration;

/// What a run has done.
#[derive(Debug, Serialize)]
pub(crate) struct RunOutput {
    #[serde(skip)]
    pub(crate) verb: RunKind,
    pub(crate) from: Vec<String>,
    pub(crate) to: Vec<String>,
    pub(crate) steps: Vec<CompletedStep>,
    /// Applied revisions whose files were changed afterwards.
    pub(crate) edited: Vec<EditedFile>,
    #[serde(rename = "elapsed_ms", serialize_with = "millis")]
    pub(crate) elapsed: Duration,
}

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RunKind {
    Run,
    Stamp,
}

/// A revision that a run has applied or reverted.
#[derive(Debug, Serialize)]
pub(crate) struct CompletedStep {
    direction: String,
    revision: String,
    message: String,
    #[serde(rename = "elapsed_ms", serialize_with = "millis")]
    elapsed: Duration,
}

/// An applied revision whose file was changed afterwards.
#[derive(Debug, Serialize)]
pub(crate) struct EditedFile {
    revision: String,
    path: String,
    applied_at: String,
}

impl RunOutput {
    pub(crate) fn new(verb: RunKind, ran: wire::Ran) -> Self {
        let wire::Ran { from, to, steps, edited, elapsed_micros } = ran;
        let step = |step: wire::Step| {
            let elapsed = step.elapsed();
            let wire::Step { direction, revision, message, .. } = step;
            CompletedStep { direction, revision, message, elapsed }
        };
        let edited_file = |file: wire::EditedFile| {
            let wire::EditedFile { revision, path, applied_at, .. } = file;
            EditedFile { revision, path, applied_at }
        };
        Self {
            verb,
            from,
            to,
            steps: steps.into_iter().map(step).collect(),
            edited: edited.into_iter().map(edited_file).collect(),
            elapsed: Duration::from_micros(elapsed_micros),
        }
    }
}

/// Where a database is.
#[derive(Debug, Serialize)]
pub(crate) struct CurrentOutput {
    /// The version rows.
    pub(crate) heads: Vec<String>,
    /// Whether everything is applied.
    pub(crate) is_at_head: bool,
    /// Those of the rows that are in the folder.
    pub(crate) revisions: Vec<RevisionSummary>,
    /// Those that are not.
    pub(crate) unknown: Vec<String>,
    pub(crate) partially_applied: Option<PartiallyApplied>,
    #[serde(skip)]
    pub(crate) database: String,
    #[serde(skip)]
    pub(crate) verbose: bool,
}

/// A revision of which some stages are done.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PartiallyApplied {
    pub(crate) revision: String,
    pub(crate) direction: &'static str,
    pub(crate) stage: usize,
    pub(crate) stages: usize,
    pub(crate) state: &'static str,
    pub(crate) started_at: String,
    pub(crate) application: Option<String>,
    /// The revision as a person knows it.
    #[serde(skip)]
    pub(crate) described: String,
    /// What to do about it.
    pub(crate) help: String,
}

impl PartiallyApplied {
    pub(crate) fn new(partial: &PartialRevision, described: String, help: String) -> Self {
        let PartialRevision { revision, direction, stage, stages, state, started_at, application, .. } =
            partial;
        Self {
            revision: revision.clone(),
            direction: direction.name(),
            stage: *stage,
            stages: *stages,
            state,
            started_at: started_at.clone(),
            application: application.clone(),
            described,
            help,
        }
    }
}

impl fmt::Display for PartiallyApplied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { direction, described, stage, stages, started_at, .. } = self;
        let state = match self.state {
            "done" => "is done",
            "failed" => "was not done",
            "resolved" => "was resolved as done",
            _ => "was started and has not finished",
        };
        write!(
            f,
            "the {direction} of {described} is partially applied: stage {stage} of {stages} {state}; it was started on {started_at}"
        )?;
        match &self.application {
            Some(application) => write!(f, " by {application}"),
            None => Ok(()),
        }
    }
}

/// A stage that was resolved by a person, and where the database is then.
#[derive(Debug)]
pub(crate) struct ResolvedStage {
    /// `stage 2 of 3 of the upgrade of …`
    pub(crate) stage: String,
    pub(crate) was_done: bool,
    pub(crate) after: CurrentOutput,
}

/// Milliseconds with one digit behind the point.
fn millis<S: Serializer>(elapsed: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((elapsed.as_secs_f64() * 10_000.0).round() / 10.0)
}

pub(crate) fn ids(rows: &Heads) -> Vec<String> {
    rows.iter().map(ToString::to_string).collect()
}
