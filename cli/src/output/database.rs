//! What the commands output that open a database.

use crate::output::RevisionSummary;
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};
use servicekit::Report;
use servicekit::plan::Heads;
use servicekit::report::{EditedRevision, PartialRevision, RevisionReport};
use std::fmt;
use std::time::Duration;

/// What a run has done.
#[derive(Debug)]
pub(crate) struct RunOutput {
    pub(crate) verb: RunKind,
    pub(crate) report: Report,
}

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RunKind {
    Run,
    Stamp,
}

impl Serialize for RunOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Report { from, to, steps, edited, elapsed, .. } = &self.report;
        let steps: Vec<Step<'_>> = steps.iter().map(Step).collect();
        let edited: Vec<Edited<'_>> = edited.iter().map(Edited).collect();
        let mut run = serializer.serialize_struct("Run", 5)?;
        run.serialize_field("from", &ids(from))?;
        run.serialize_field("to", &ids(to))?;
        run.serialize_field("steps", &steps)?;
        run.serialize_field("edited", &edited)?;
        run.serialize_field("elapsed_ms", &millis(*elapsed))?;
        run.end()
    }
}

/// A revision that a run has applied or reverted.
struct Step<'r>(&'r RevisionReport);

impl Serialize for Step<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let RevisionReport { direction, revision, message, elapsed, .. } = self.0;
        let mut step = serializer.serialize_struct("Step", 4)?;
        step.serialize_field("direction", direction.name())?;
        step.serialize_field("revision", revision.as_str())?;
        step.serialize_field("message", message)?;
        step.serialize_field("elapsed_ms", &millis(*elapsed))?;
        step.end()
    }
}

/// An applied revision whose file was changed afterwards.
struct Edited<'r>(&'r EditedRevision);

impl Serialize for Edited<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let EditedRevision { revision, path, applied_at, difference, .. } = self.0;
        let fields = [
            ("revision", revision.as_str()),
            ("path", path),
            ("applied_at", applied_at),
            ("difference", difference.name()),
        ];
        serializer.collect_map(fields)
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
#[derive(Debug, Clone)]
pub(crate) struct PartiallyApplied {
    pub(crate) partial: PartialRevision,
    /// The revision as a person knows it.
    pub(crate) described: String,
    /// What to do about it.
    pub(crate) help: String,
}

impl Serialize for PartiallyApplied {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let PartialRevision { revision, direction, stage, stages, state, started_at, application, .. } =
            &self.partial;
        let mut fields = serializer.serialize_struct("PartiallyApplied", 8)?;
        fields.serialize_field("revision", revision)?;
        fields.serialize_field("direction", direction.name())?;
        fields.serialize_field("stage", stage)?;
        fields.serialize_field("stages", stages)?;
        fields.serialize_field("state", state)?;
        fields.serialize_field("started_at", started_at)?;
        fields.serialize_field("application", application)?;
        fields.serialize_field("help", &self.help)?;
        fields.end()
    }
}

impl fmt::Display for PartiallyApplied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self { described, .. }, partial) = (self, &self.partial);
        let PartialRevision { direction, stage, stages, started_at, .. } = partial;
        let state = match partial.state {
            "done" => "is done",
            "failed" => "was not done",
            "resolved" => "was resolved as done",
            _ => "was started and has not finished",
        };
        write!(
            f,
            "the {direction} of {described} is partially applied: stage {stage} of {stages} {state}; it was started on {started_at}"
        )?;
        match &partial.application {
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
fn millis(elapsed: Duration) -> f64 {
    (elapsed.as_secs_f64() * 10_000.0).round() / 10.0
}

pub(crate) fn ids(rows: &Heads) -> Vec<String> {
    rows.iter().map(ToString::to_string).collect()
}
