//! What a command outputs, as data: the console lays it out for people, serde for programs.

mod database;
mod diff;
mod doctor;
mod inspect;
mod models;
mod question;
mod revision;

pub(crate) use database::{CurrentOutput, PartiallyApplied, ResolvedStage, RunKind, RunOutput, ids};
pub(crate) use diff::{DiffHazards, DiffOutput, DiffText, Way};
pub(crate) use doctor::{DoctorArea, DoctorReport, Fact, Verdict};
pub(crate) use inspect::{InspectOutput, InspectText};
pub(crate) use models::{ModelSummary, ModelsOutput, ModelsText};
pub(crate) use question::Question;
use revision::RevisionDetails;
pub(crate) use revision::RevisionSummary;

use crate::failure::{Exit, Failure};
use serde::{Serialize, Serializer};
use servicekit::plan::PlannedStatement;
use servicekit_chain::diagnostic::Diagnostic;
use servicekit_chain::{Dialect, Problem};

/// What a command outputs that did what it was asked for.
#[derive(Debug)]
pub(crate) struct CommandOutput {
    pub(crate) data: Data,
    /// What a person should know besides.
    pub(crate) notes: Vec<Note>,
    /// What is wrong, although there is data.
    pub(crate) failure: Option<Failure>,
    /// The exit code, where there is no failure.
    pub(crate) exit: Exit,
}

/// The data of an output.
#[derive(Debug)]
pub(crate) enum Data {
    /// Revisions, in the order in which they are shown.
    Revisions {
        list: Vec<RevisionSummary>,
        layout: Layout,
    },
    /// Branch points, each with the revisions that follow it.
    Branches {
        points: Vec<(RevisionSummary, Vec<RevisionSummary>)>,
        verbose: bool,
    },
    Details(Box<RevisionSummary>),
    /// A revision whose file was just written.
    Created(Box<RevisionSummary>),
    /// There was nothing to write a revision of.
    NothingToCreate,
    Plan(PlanOutput),
    /// A crate was set up.
    Initialised(InitOutput),
    /// What a run has done to a database.
    Ran(RunOutput),
    /// Where a database is.
    Current(Box<CurrentOutput>),
    /// The version table and the journal are there.
    Ensured {
        tables: [String; 2],
        after: Box<CurrentOutput>,
    },
    /// What was found when everything was looked over.
    Doctor(Box<DoctorReport>),
    /// The tables of a database.
    Inspected(Box<InspectOutput>),
    /// The models of an application.
    Models(Box<ModelsOutput>),
    /// What differs between two databases.
    Differs(Box<DiffOutput>),
    /// A stage was resolved by a person.
    Resolved(Box<ResolvedStage>),
}

/// How revisions are laid out for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// One line each, without parents.
    Heads,
    /// One line each, with parents.
    History,
    /// A paragraph each.
    Verbose,
}

/// The steps of a plan.
#[derive(Debug, Serialize)]
pub(crate) struct PlanOutput {
    pub(crate) steps: Vec<PlanStep>,
    /// The version rows before the first step.
    #[serde(skip)]
    pub(crate) from: Vec<String>,
    /// The kind of database that the statements are for, where they are shown.
    #[serde(skip)]
    pub(crate) sql_for: Option<Dialect>,
}

/// One step of a plan.
#[derive(Debug, Serialize)]
pub(crate) struct PlanStep {
    pub(crate) direction: &'static str,
    pub(crate) revision: String,
    pub(crate) heads_after: Vec<String>,
    /// How many more version rows there are then, where there are too many to list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) more_heads: Option<usize>,
    /// What it runs, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "statements")]
    pub(crate) statements: Option<Vec<PlannedStatement>>,
    #[serde(skip)]
    pub(crate) message: String,
}

/// The statements of a step.
#[allow(clippy::ref_option, reason = "serde hands the field over so")]
fn statements<S: Serializer>(list: &Option<Vec<PlannedStatement>>, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Statement<'s> {
        sql: &'s str,
        path: &'s str,
        line: u32,
        column: u32,
        in_transaction: bool,
        #[serde(skip_serializing_if = "<[String]>::is_empty")]
        needs: &'s [String],
    }
    serializer.collect_seq(list.iter().flatten().map(|statement| Statement {
        sql: &statement.sql,
        path: &statement.file,
        line: statement.position.line,
        column: statement.position.column,
        in_transaction: !statement.is_alone,
        needs: &statement.needs,
    }))
}

/// A crate that was set up.
#[derive(Debug, Serialize)]
pub(crate) struct InitOutput {
    pub(crate) written: Vec<WrittenFile>,
    /// What a person does next, in order.
    pub(crate) next: Vec<String>,
}

/// What became of a file.
#[derive(Debug, Serialize)]
pub(crate) struct WrittenFile {
    pub(crate) path: String,
    /// `created`, `changed`, or `kept` where nothing was to be done.
    pub(crate) what: &'static str,
}

/// Something a person should know; it goes to stderr and changes no exit code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl From<Data> for CommandOutput {
    fn from(data: Data) -> Self {
        Self { data, notes: Vec::new(), failure: None, exit: Exit::Success }
    }
}

impl From<&Problem> for Note {
    /// A shape of the graph that the configuration does not allow stands in no command's way.
    fn from(problem: &Problem) -> Self {
        let Diagnostic { message, help, .. } = problem.diagnostic();
        Self { message, help }
    }
}

impl Serialize for Data {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Revisions { list, .. } => list.serialize(serializer),
            Self::Branches { points, .. } => serializer.collect_seq(points.iter().map(|(point, _)| point)),
            Self::Details(revision) | Self::Created(revision) => {
                RevisionDetails { revision, more: &revision.more }.serialize(serializer)
            }
            Self::NothingToCreate => serializer.serialize_unit(),
            Self::Plan(plan) => plan.serialize(serializer),
            Self::Initialised(initialised) => initialised.serialize(serializer),
            Self::Ran(ran) => ran.serialize(serializer),
            Self::Current(current) => current.serialize(serializer),
            Self::Ensured { after, .. } => after.serialize(serializer),
            Self::Doctor(doctor) => doctor.serialize(serializer),
            Self::Inspected(inspected) => inspected.serialize(serializer),
            Self::Differs(diff) => diff.serialize(serializer),
            Self::Models(models) => models.serialize(serializer),
            Self::Resolved(resolved) => resolved.after.serialize(serializer),
        }
    }
}
