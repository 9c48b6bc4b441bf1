//! Failures as JSON.

use super::{DatabaseFailure, Failure};
use serde::Serialize;
use servicekit_chain::diagnostic::{Diagnostic, PlaceLabel};
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
        let mut problems: Vec<ProblemBody> =
            failure.problems().iter().map(|problem| problem.diagnostic().into()).collect();
        let mut heads = None;
        if let Failure::Database(database) = failure {
            heads = database.rows().cloned();
            problems.extend(ProblemBody::from_statement(database));
        }
        let report = failure.report();
        let message = report.message();
        let Diagnostic { code, state, help, .. } = report.diagnostic;
        Self { error: ErrorBody { code, message, help, state, heads, problems } }
    }
}

impl ProblemBody {
    /// The statement that failed, with its place.
    fn from_statement(failure: &DatabaseFailure) -> Option<Self> {
        let DatabaseFailure::Run(run) = failure else { return None };
        Some(Self { message: run.answer.clone()?, help: None, ..Self::from(run.report.diagnostic.clone()) })
    }
}

impl From<Diagnostic> for ProblemBody {
    fn from(diagnostic: Diagnostic) -> Self {
        let Diagnostic { code, message, labels, help, .. } = diagnostic;
        let label = labels.first();
        let position = label.and_then(PlaceLabel::line_column);
        Self {
            code,
            message,
            help,
            path: label.map(|label| label.place.source.name.clone()),
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
        }
    }
}
