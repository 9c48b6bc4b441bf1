//! Failures as JSON.

use super::{DatabaseFailure, FailedStatement, Failure, FailureReport};
use serde::Serialize;
use servicekit_chain::diagnostic::Diagnostic;
use servicekit_chain::{Place, Problem};
use std::borrow::Cow;

/// An error as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct ErrorDocument {
    pub(crate) error: ErrorBody,
}

/// An error in JSON.
#[derive(Debug, Serialize)]
pub(crate) struct ErrorBody {
    pub(crate) code: Cow<'static, str>,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    /// The state that the database is in now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<String>,
    /// The version rows now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) heads: Option<Vec<String>>,
    /// Each problem of the chain, or the statement that failed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) problems: Vec<ProblemBody>,
}

/// A problem of the chain in JSON.
#[derive(Debug, Serialize)]
pub(crate) struct ProblemBody {
    code: Cow<'static, str>,
    message: String,
    help: Option<String>,
    path: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
}

impl From<&Failure> for ErrorDocument {
    fn from(failure: &Failure) -> Self {
        let mut problems: Vec<ProblemBody> = failure.problems().iter().map(ProblemBody::from).collect();
        let mut heads = None;
        if let Failure::Database(database) = failure {
            heads = database.rows().cloned();
            problems.extend(ProblemBody::from_statement(database));
        }
        let FailureReport { code, message, state, help, .. } = failure.report();
        Self { error: ErrorBody { code, message, help, state, heads, problems } }
    }
}

impl ProblemBody {
    /// The statement that failed, with its place.
    fn from_statement(failure: &DatabaseFailure) -> Option<Self> {
        let DatabaseFailure::Run(run) = failure else { return None };
        let FailedStatement { message, path, line, column } = run.statement.as_ref()?;
        Some(Self {
            code: run.report.code.clone(),
            message: message.clone(),
            help: None,
            path: Some(path.clone()),
            line: Some(*line),
            column: Some(*column),
        })
    }
}

impl From<&Problem> for ProblemBody {
    fn from(problem: &Problem) -> Self {
        let Diagnostic { code, message, labels, help, .. } = problem.diagnostic();
        let place = labels.first().map(|label| &label.place);
        // A file that was not read has no lines.
        let position = place.filter(|place| !place.source.text.is_empty()).map(Place::position);
        Self {
            code,
            message,
            help,
            path: place.map(|place| place.source.name.clone()),
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
        }
    }
}
