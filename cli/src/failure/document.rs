//! Failures as JSON.

use super::Failure;
use serde::Serialize;
use servicekit_chain::{Place, Problem};

/// An error as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct ErrorDocument {
    pub(crate) error: ErrorBody,
}

/// What is said about an error in JSON.
#[derive(Debug, Serialize)]
pub(crate) struct ErrorBody {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    /// Each problem of the chain.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) problems: Vec<ProblemBody>,
}

/// A problem of the chain in JSON.
#[derive(Debug, Serialize)]
pub(crate) struct ProblemBody {
    code: &'static str,
    message: String,
    help: Option<String>,
    path: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
}

impl From<&Failure> for ErrorDocument {
    fn from(failure: &Failure) -> Self {
        let problems = failure.problems().iter().map(ProblemBody::from).collect();
        let (code, message, help) = (failure.code(), failure.to_string(), failure.help());
        Self { error: ErrorBody { code, message, help, problems } }
    }
}

impl From<&Problem> for ProblemBody {
    fn from(problem: &Problem) -> Self {
        let place = problem.place();
        // A file that was not read has no lines.
        let position = place.filter(|place| !place.source.text.is_empty()).map(Place::position);
        Self {
            code: problem.code(),
            message: problem.message(),
            help: problem.help(),
            path: place.map(|place| place.source.name.clone()),
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
        }
    }
}
