//! Why a command did not do what it was asked for.
//!
//! A failure is data; [`Failure::report`] says what there is to say of it, each kind in one place.

mod application;
mod autogenerate;
mod database;
mod document;
mod exit;
mod init;
mod models;
mod new_file;
mod new_revision;
mod replay;
mod report;
mod unresolved;

pub(crate) use application::ApplicationFailure;
pub(crate) use autogenerate::AutogenerateFailure;
pub(crate) use database::{DatabaseFailure, RunFailure};
pub(crate) use document::{ErrorBody, ErrorDocument};
pub(crate) use exit::Exit;
pub(crate) use init::InitFailure;
pub(crate) use models::{BASE, ModelsFailure, Unlinked};
pub(crate) use new_file::NewFileFailure;
pub(crate) use new_revision::NewRevisionFailure;
pub(crate) use replay::ReplayFailure;
pub(crate) use report::FailureReport;
use report::failed;
pub(crate) use unresolved::{Unresolved, plan_code};

pub(crate) use servicekit_chain::diagnostic::{NAMED, list};
use servicekit_chain::{PlanError, Problem};
use std::io;

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The folder cannot be read or its revisions form no sound graph.
    BrokenChain {
        folder: String,
        problems: Vec<Problem>,
        /// How to begin, where nothing is wrong but that there is no folder.
        start: Option<String>,
    },
    /// An identifier names nothing, or not the one thing that was asked for.
    Identifier(Box<Unresolved>),
    Plan {
        error: PlanError,
    },
    NothingToShow {
        given: String,
    },
    MissingDowngrade {
        /// The revisions, described.
        revisions: Vec<String>,
        paths: Vec<String>,
    },
    Write {
        path: String,
        source: io::Error,
    },
    Output {
        source: io::Error,
    },
    Random {
        reason: String,
    },
    NewRevision(Box<NewRevisionFailure>),
    NewFile(Box<NewFileFailure>),
    /// The database, or a run on it.
    Database(Box<DatabaseFailure>),
    /// The application that has the revisions in Rust.
    Application {
        failure: Box<ApplicationFailure>,
        /// Where the database is, in words.
        position: Option<String>,
    },
    Init(InitFailure),
    Autogenerate(Box<AutogenerateFailure>),
    Replay(ReplayFailure),
    /// The models of the application.
    Models(Box<ModelsFailure>),
}

impl From<ModelsFailure> for Failure {
    fn from(failure: ModelsFailure) -> Self {
        Self::Models(Box::new(failure))
    }
}

impl From<ReplayFailure> for Failure {
    fn from(failure: ReplayFailure) -> Self {
        Self::Replay(failure)
    }
}

impl Failure {
    /// The same failure of a command that can do without a database.
    pub(crate) fn with_alternative(self, words: &'static str) -> Self {
        match self {
            Self::Database(failure) => Self::Database(Box::new(failure.with_alternative(words))),
            other => other,
        }
    }

    /// Whether it is only that the file of a SQLite database does not exist.
    pub(crate) fn is_missing_file(&self) -> bool {
        matches!(self, Self::Database(failure) if matches!(**failure, DatabaseFailure::NoFile { .. }))
    }

    /// The same, with where the database is, where it is not known yet.
    pub(crate) fn with_state(self, position: impl FnOnce() -> String) -> Self {
        match self {
            Self::Application { failure, position: None } => {
                Self::Application { failure, position: Some(position()) }
            }
            other => other,
        }
    }

    /// What there is to say of it.
    pub(crate) fn report(&self) -> FailureReport {
        match self {
            Self::BrokenChain { folder, problems, start } => {
                // One problem of the chain keeps its own code.
                let code = match problems.as_slice() {
                    [problem] => problem.code(),
                    _ => "broken_chain",
                };
                FailureReport::new(code, Exit::BrokenChain, broken(folder, problems))
                    .maybe_help(start.clone().or_else(|| help_for_one(problems)))
            }
            Self::Identifier(unresolved) => unresolved.report(),
            Self::Plan { error } => {
                failed(plan_code(error), error.to_string()).maybe_help(unresolved::plan_help(error))
            }
            Self::NothingToShow { given } => FailureReport::new(
                "nothing_to_show",
                Exit::Identifier,
                format!("`{given}` is before the first revision, so there is nothing to show"),
            )
            .help("name a revision, or `head`"),
            Self::MissingDowngrade { revisions, paths } => failed(
                "missing_downgrade",
                format!("the plan reverts {}, which cannot be reverted", list(revisions, "and")),
            )
            .help(format!(
                "say how it is reverted in {}: a section `-- +downgrade` in a `.sql` file, a function `downgrade` in a `.rs` file",
                list(paths, "and")
            )),
            Self::Write { path, source } => {
                failed("cannot_write", format!("cannot write `{path}`: {source}"))
            }
            Self::Output { source } => {
                failed("cannot_write_output", format!("cannot write the output: {source}"))
            }
            Self::Random { reason } => failed(
                "no_random_digits",
                format!("the system gave no random digits for an id: {reason}"),
            ),
            Self::NewRevision(failure) => failure.report(),
            Self::NewFile(failure) => failure.report(),
            Self::Database(failure) => failure.report(),
            Self::Application { failure, position } => failure.report(position.as_deref()),
            Self::Init(failure) => failure.report(),
            Self::Autogenerate(failure) => failure.report(),
            Self::Replay(failure) => failure.report(),
            Self::Models(failure) => failure.report(),
        }
    }

    /// What is wrong with the chain, when that is why.
    pub(crate) fn problems(&self) -> &[Problem] {
        match self {
            Self::BrokenChain { problems, .. } => problems,
            Self::NewFile(failure) => match &**failure {
                NewFileFailure::NotReadBack { problems, .. } => problems,
                _ => &[],
            },
            _ => &[],
        }
    }
}

/// `a`, `a and b`, `a, b and c` of names, each in backticks.
pub(crate) fn list_of_names<T: AsRef<str>>(names: impl IntoIterator<Item = T>, last: &str) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect();
    list(names, last)
}

/// What to do about a problem that is the only one.
fn help_for_one(problems: &[Problem]) -> Option<String> {
    match problems {
        [problem] => problem.help(),
        _ => None,
    }
}

fn broken(folder: &str, problems: &[Problem]) -> String {
    match problems {
        [problem] => problem.message(),
        problems => {
            let mut messages: Vec<String> = problems.iter().take(NAMED).map(Problem::message).collect();
            if problems.len() > NAMED {
                messages.push(format!("and {} more", problems.len() - NAMED));
            }
            format!("`{folder}` has {} problems: {}", problems.len(), messages.join("; "))
        }
    }
}
