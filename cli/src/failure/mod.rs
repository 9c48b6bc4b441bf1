//! Why a command did not do what it was asked for.

mod application;
mod database;
mod document;
mod init;
mod run;
mod unresolved;

pub(crate) use application::ApplicationFailure;
pub(crate) use database::DatabaseFailure;
pub(crate) use document::{ErrorBody, ErrorDocument};
pub(crate) use init::InitFailure;
pub(crate) use unresolved::Unresolved;

use crate::chain::Location;
pub(crate) use servicekit_chain::diagnostic::{NAMED, list};
use servicekit_chain::id::MAX_ID_LENGTH;
use servicekit_chain::regular_file::Unreadable;
use servicekit_chain::{InvalidId, PlanError, Problem};
use std::io;

/// A command that failed: a message for people, a code for programs, a way out, and an exit code.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The folder cannot be read or its revisions form no sound graph.
    #[error("{}", broken(folder, problems))]
    BrokenChain {
        folder: String,
        problems: Vec<Problem>,
        /// How to begin, where nothing is wrong but that there is no folder.
        start: Option<String>,
    },
    /// An identifier names nothing, or not the one thing that was asked for.
    #[error("{0}")]
    Identifier(Box<Unresolved>),
    #[error("`{given}` is before the first revision, so nothing can depend on it")]
    DependencyOnBase { given: String },
    #[error("{error}")]
    Plan { error: PlanError },
    #[error("`{given}` is before the first revision, so there is nothing to show")]
    NothingToShow { given: String },
    #[error("the plan reverts {}, which cannot be reverted", list(revisions, "and"))]
    MissingDowngrade {
        /// The revisions, described.
        revisions: Vec<String>,
        paths: Vec<String>,
    },
    #[error("there are {} heads, and a new revision follows one: {}", heads.len(), list(heads, "and"))]
    SeveralHeads { heads: Vec<String>, first: String, location: Box<Location> },
    #[error("{revision} is not a head: {} {} it", list(children, "and"), if children.len() == 1 { "follows" } else { "follow" })]
    NotAHead { revision: String, children: Vec<String> },
    #[error("there is nothing to merge: {reason}")]
    NothingToMerge { reason: String },
    #[error("{upper} comes after {lower}, so there is nothing to merge")]
    MergeOfAncestor { upper: String, lower: String },
    #[error("`{value}` cannot be {what}: {reason}")]
    InvalidName { what: &'static str, value: String, reason: InvalidId },
    #[error("the id `{id}` is taken: `{path}` has it")]
    IdTaken { id: String, path: String },
    #[error("the branch label `{label}` is taken: {holder} has it")]
    LabelTaken { label: String, holder: String },
    #[error("`{name}` is to be both the id and a branch label, and is asked for twice")]
    NameTwice { name: String },
    #[error("the message is empty")]
    EmptyMessage,
    #[error("the message would be read as a header line, and not as text")]
    MessageIsHeader,
    #[error("the template `{path}` makes a file that does not say what it should")]
    Template { path: String },
    #[error("cannot read the template `{path}`: {source}")]
    TemplateRead { path: String, source: Unreadable },
    #[error("the file template `{template}` makes the name `{name}`, {reason}")]
    FileName { template: String, name: String, reason: &'static str },
    #[error("`{given}` is no folder of versions; there {} {}", if known.len() == 1 { "is" } else { "are" }, list(known, "and"))]
    VersionPath { given: String, known: Vec<String>, config: String },
    #[error("`{path}` already exists")]
    FileExists { path: String },
    #[error("cannot write `{path}`: {source}")]
    Write { path: String, source: io::Error },
    #[error("cannot write the answer: {source}")]
    Output { source: io::Error },
    #[error("the system gave no random digits for an id: {reason}")]
    Random { reason: String },
    /// The database, or a run on it.
    #[error("{0}")]
    Database(Box<DatabaseFailure>),
    /// The application that has the revisions in Rust.
    #[error("{failure}")]
    Application {
        failure: Box<ApplicationFailure>,
        /// Where the database is, in words.
        position: Option<String>,
    },
    #[error("{0}")]
    Init(InitFailure),
    #[error("the new file `{path}` was taken away again: with it the chain is broken")]
    NotReadBack { path: String, problems: Vec<Problem> },
}

impl Failure {
    /// The same failure of a command that can do without a database.
    pub(crate) fn or_instead(self, words: &'static str) -> Self {
        match self {
            Self::Database(failure) => Self::Database(Box::new(failure.or_instead(words))),
            other => other,
        }
    }

    /// Whether it is only that the file of a SQLite database is not there.
    pub(crate) fn is_missing_file(&self) -> bool {
        matches!(self, Self::Database(failure) if matches!(**failure, DatabaseFailure::NoFile { .. }))
    }

    /// The same, with where the database is, where nobody has said so yet.
    pub(crate) fn with_state(self, position: impl FnOnce() -> String) -> Self {
        match self {
            Self::Application { failure, position: None } => {
                Self::Application { failure, position: Some(position()) }
            }
            other => other,
        }
    }

    /// What programs know it by, in snake case. One problem of the chain keeps its own code.
    pub(crate) fn code(&self) -> &str {
        match self {
            Self::BrokenChain { problems, .. } => match problems.as_slice() {
                [problem] => problem.code(),
                _ => "broken_chain",
            },
            Self::Identifier(unresolved) => unresolved.code(),
            Self::Plan { error } => unresolved::plan_code(error),
            Self::NothingToShow { .. } => "nothing_to_show",
            Self::DependencyOnBase { .. } => "dependency_on_base",
            Self::MissingDowngrade { .. } => "missing_downgrade",
            Self::SeveralHeads { .. } => "multiple_heads",
            Self::NotAHead { .. } => "not_a_head",
            Self::NothingToMerge { .. } => "nothing_to_merge",
            Self::MergeOfAncestor { .. } => "merge_of_ancestor",
            Self::InvalidName { .. } => "invalid_id",
            Self::IdTaken { .. } => "duplicate_id",
            Self::LabelTaken { .. } => "duplicate_label",
            Self::NameTwice { .. } => "name_twice",
            Self::EmptyMessage => "empty_message",
            Self::MessageIsHeader => "message_is_header",
            Self::Template { .. } => "bad_template",
            Self::TemplateRead { .. } => "cannot_read",
            Self::FileName { .. } => "bad_file_name",
            Self::VersionPath { .. } => "unknown_version_path",
            Self::FileExists { .. } => "file_exists",
            Self::Write { .. } => "cannot_write",
            Self::Output { .. } => "cannot_write_output",
            Self::Random { .. } => "no_random_digits",
            Self::NotReadBack { .. } => "not_read_back",
            Self::Database(failure) => failure.code(),
            Self::Application { failure, .. } => failure.code(),
            Self::Init(failure) => failure.code(),
        }
    }

    /// The way out, in one line.
    pub(crate) fn help(&self) -> Option<String> {
        Some(match self {
            Self::BrokenChain { problems, start, .. } => {
                return start.clone().or_else(|| one(problems)?.help());
            }
            Self::Identifier(unresolved) => return unresolved.help(),
            Self::Plan { error } => return unresolved::plan_help(error),
            Self::NothingToShow { .. } => "name a revision, or `head`".to_owned(),
            Self::DependencyOnBase { .. } => "name a revision or a branch label".to_owned(),
            Self::MissingDowngrade { paths, .. } => format!(
                "say how it is reverted in {}: a section `-- +downgrade` in a `.sql` file, a function `downgrade` in a `.rs` file",
                list(paths, "and")
            ),
            Self::SeveralHeads { first, location, .. } => format!(
                "choose one, as in `--head {first}`, or join them first with `{}`",
                location.command("merge heads")
            ),
            Self::NotAHead { .. } => "pass `--splice` to begin a branch here, or follow a head".to_owned(),
            Self::NothingToMerge { .. } => "a merge joins at least two revisions".to_owned(),
            Self::MergeOfAncestor { .. } => "leave the older one out".to_owned(),
            Self::InvalidName { reason, .. } => match reason {
                InvalidId::TooLong { .. } => format!("use at most {MAX_ID_LENGTH} characters"),
                InvalidId::Reserved { .. } => "choose another name".to_owned(),
                _ => "use letters, digits, `_` and `.`".to_owned(),
            },
            Self::IdTaken { .. } => "leave `--rev-id` out for a new one".to_owned(),
            Self::LabelTaken { .. } | Self::NameTwice { .. } => "choose another label".to_owned(),
            Self::EmptyMessage => "say what the revision does, as in `-m \"create users\"`".to_owned(),
            Self::MessageIsHeader => "word it differently".to_owned(),
            Self::Template { path } => format!(
                "it needs `{{message}}` as its first paragraph and `{{header}}` below; without `{path}` the built-in one is used"
            ),
            Self::FileName { .. } => {
                "change `file_template` in the configuration; the default is `{rev}_{slug}`".to_owned()
            }
            Self::VersionPath { given, config, .. } => {
                format!(
                    "make it, and add it to `version_locations` in `{config}`, as in `version_locations = [\"{given}\"]`"
                )
            }
            Self::FileExists { .. } => {
                "put `{rev}` into `file_template` in the configuration, or choose another message".to_owned()
            }
            Self::NotReadBack { problems, .. } => return one(problems)?.help(),
            Self::Database(failure) => return failure.help(),
            Self::Application { failure, .. } => return failure.help(),
            Self::Init(failure) => return failure.help(),
            Self::Write { .. } | Self::Output { .. } | Self::Random { .. } | Self::TemplateRead { .. } => {
                return None;
            }
        })
    }

    /// The state that a database is in now.
    pub(crate) fn state(&self) -> Option<String> {
        match self {
            Self::Database(failure) => failure.state(),
            Self::Application { failure, position } => failure.state(position.as_deref()),
            _ => None,
        }
    }

    /// What is wrong with the chain, when that is why.
    pub(crate) fn problems(&self) -> &[Problem] {
        match self {
            Self::BrokenChain { problems, .. } | Self::NotReadBack { problems, .. } => problems,
            _ => &[],
        }
    }

    /// The exit code: see the README of this crate.
    pub(crate) fn exit(&self) -> u8 {
        match self {
            Self::InvalidName { .. } | Self::EmptyMessage | Self::VersionPath { .. } => exit::USAGE,
            Self::BrokenChain { .. } => exit::BROKEN_CHAIN,
            Self::Database(failure) => failure.exit(),
            Self::Application { failure, .. } => failure.exit(),
            Self::Init(failure) => failure.exit(),
            Self::Identifier(unresolved) if unresolved.is_malformed() => exit::USAGE,
            Self::Identifier(_)
            | Self::SeveralHeads { .. }
            | Self::NothingToShow { .. }
            | Self::DependencyOnBase { .. } => exit::IDENTIFIER,
            _ => exit::FAILURE,
        }
    }
}

/// The exit codes besides 0.
pub(crate) mod exit {
    /// What was asked for cannot be done.
    pub(crate) const FAILURE: u8 = 1;
    /// The arguments are wrong.
    pub(crate) const USAGE: u8 = 2;
    /// The folder cannot be read or its revisions form no sound chain.
    pub(crate) const BROKEN_CHAIN: u8 = 3;
    /// A revision, branch or target that was named is not there or is not clear.
    pub(crate) const IDENTIFIER: u8 = 4;
    /// The database cannot be reached.
    pub(crate) const UNREACHABLE: u8 = 5;
    /// Somebody else held the database for longer than the lock timeout.
    pub(crate) const LOCKED: u8 = 6;
    /// A statement of a revision failed.
    pub(crate) const STATEMENT: u8 = 7;
    /// What was begun earlier has to be settled by a person, or nobody knows yet whether it was done.
    pub(crate) const IN_DOUBT: u8 = 8;
    /// The database is ahead: it has revisions that are not in the folder.
    pub(crate) const AHEAD: u8 = 9;
    /// The run was stopped by a signal, between two steps.
    pub(crate) const STOPPED: u8 = 10;
    /// The program was ended by a second signal.
    pub(crate) const ENDED: u8 = 11;
    /// The application, which has the revisions in Rust, does not compile, or does not do its part.
    pub(crate) const APPLICATION: u8 = 12;
    /// The database is not at head, and was to be.
    pub(crate) const NOT_AT_HEAD: u8 = 13;
}

/// `a`, `a and b`, `a, b and c` of names, each in backticks.
pub(crate) fn list_of_names<T: AsRef<str>>(names: impl IntoIterator<Item = T>, last: &str) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect();
    list(names, last)
}

fn one(problems: &[Problem]) -> Option<&Problem> {
    match problems {
        [problem] => Some(problem),
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
