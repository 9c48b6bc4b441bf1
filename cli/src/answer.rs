//! What a command answers, as data: [`crate::text`] lays it out for people, serde for programs.

mod database;
mod doctor;

pub(crate) use database::{
    Current, Event, HalfDone, Live, Question, Ran, Resolved, Started, StepDone, Verb, ids,
};

pub(crate) use doctor::{Area, Doctor, Fact, Verdict};

use crate::failure::Failure;
use crate::revision::{Details, Revision};
use serde::{Serialize, Serializer};
use servicekit_chain::{Dialect, Problem};

/// The answer of a command that did what it was asked for.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) data: Data,
    /// What a person should know besides.
    pub(crate) notes: Vec<Note>,
    /// What is wrong, although there is an answer.
    pub(crate) failure: Option<Failure>,
    /// The exit code, where there is no failure.
    pub(crate) exit: u8,
}

/// The data of an answer.
#[derive(Debug)]
pub(crate) enum Data {
    /// Revisions, in the order in which they are shown.
    Revisions {
        list: Vec<Revision>,
        layout: Layout,
    },
    /// Branch points, each with the revisions that follow it.
    Branches {
        points: Vec<(Revision, Vec<Revision>)>,
        verbose: bool,
    },
    Details(Box<Details>),
    /// A revision whose file was just written.
    Created(Box<Details>),
    Plan(Plan),
    /// A crate was set up.
    Initialised(Initialised),
    /// What a run has done to a database.
    Ran(Ran),
    /// Where a database is.
    Current(Box<Current>),
    /// The version table and the journal are there.
    Ensured {
        tables: [String; 2],
        after: Box<Current>,
    },
    /// What was found when everything was looked over.
    Doctor(Box<Doctor>),
    /// A step of which was said what became of it.
    Resolved(Box<Resolved>),
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
pub(crate) struct Plan {
    pub(crate) steps: Vec<Step>,
    /// The version rows before the first step.
    #[serde(skip)]
    pub(crate) from: Vec<String>,
    /// The kind of database that the statements are for, where they are shown.
    #[serde(skip)]
    pub(crate) sql_for: Option<Dialect>,
}

/// One step of a plan.
#[derive(Debug, Serialize)]
pub(crate) struct Step {
    pub(crate) direction: &'static str,
    pub(crate) revision: String,
    pub(crate) heads_after: Vec<String>,
    /// How many more version rows there are then, where there are too many to list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) more_heads: Option<usize>,
    /// What it runs, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) statements: Option<Vec<Statement>>,
    #[serde(skip)]
    pub(crate) message: String,
}

/// A statement of a step.
#[derive(Debug, Serialize)]
pub(crate) struct Statement {
    pub(crate) sql: String,
    pub(crate) path: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
    /// Whether it runs inside a transaction.
    pub(crate) in_transaction: bool,
}

/// A crate that was set up.
#[derive(Debug, Serialize)]
pub(crate) struct Initialised {
    pub(crate) written: Vec<Written>,
    /// What a person does next, in order.
    pub(crate) next: Vec<String>,
}

/// What became of a file.
#[derive(Debug, Serialize)]
pub(crate) struct Written {
    pub(crate) path: String,
    /// `created`, `changed`, or `kept` where nothing was to be done.
    pub(crate) what: &'static str,
}

impl Written {
    pub(crate) fn created(path: String) -> Self {
        Self { path, what: "created" }
    }

    pub(crate) fn changed(path: String) -> Self {
        Self { path, what: "changed" }
    }

    pub(crate) fn kept(path: String) -> Self {
        Self { path, what: "kept" }
    }
}

/// Something a person should know; it goes to stderr and changes no exit code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl From<Data> for Answer {
    fn from(data: Data) -> Self {
        Self { data, notes: Vec::new(), failure: None, exit: 0 }
    }
}

impl From<&Problem> for Note {
    /// A shape of the graph that the configuration does not allow stands in no command's way.
    fn from(problem: &Problem) -> Self {
        Self { message: problem.message(), help: problem.help() }
    }
}

impl Serialize for Data {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Revisions { list, .. } => list.serialize(serializer),
            Self::Branches { points, .. } => serializer.collect_seq(points.iter().map(|(point, _)| point)),
            Self::Details(details) | Self::Created(details) => details.serialize(serializer),
            Self::Plan(plan) => plan.serialize(serializer),
            Self::Initialised(initialised) => initialised.serialize(serializer),
            Self::Ran(ran) => ran.serialize(serializer),
            Self::Current(current) => current.serialize(serializer),
            Self::Ensured { after, .. } => after.serialize(serializer),
            Self::Doctor(doctor) => doctor.serialize(serializer),
            Self::Resolved(resolved) => resolved.after.serialize(serializer),
        }
    }
}
