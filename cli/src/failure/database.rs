//! What goes wrong with a database.

use super::run::{Run, parts, rows};
use super::{Failure, exit, list, unresolved};
use crate::chain::{Chain, Location};
use crate::database::UrlSource;
use servicekit::{Direction, Error, Heads, Status};
use std::fmt;
use std::io;

/// Why a command could not do its work on a database.
#[derive(Debug)]
pub(crate) enum DatabaseFailure {
    /// Nobody says which database it is.
    NoUrl {
        /// The configuration, as messages name it.
        config: String,
        /// What makes a database unnecessary.
        instead: &'static str,
    },
    /// A URL that names no database that can be opened.
    BadUrl { source: UrlSource, reason: String },
    /// The runtime could not be started.
    Runtime { source: io::Error },
    /// The database cannot be reached.
    Connect {
        /// The URL, without its password.
        database: String,
        reason: String,
        help: Option<String>,
    },
    /// Revisions in Rust are due.
    Rust { files: Vec<String>, direction: Direction, at: Heads },
    /// A run or a question failed.
    Run(Box<Run>),
    /// The program was told to end at once.
    Ended { location: Location },
}

impl From<DatabaseFailure> for Failure {
    fn from(failure: DatabaseFailure) -> Self {
        Self::Database(Box::new(failure))
    }
}

impl DatabaseFailure {
    /// A run that failed; `status` is where the database is, when that was looked up afterwards.
    pub(crate) fn run(error: Error, status: Option<Status>, chain: &Chain) -> Self {
        match error {
            Error::NeedsApplication { path, direction, at, .. } => {
                Self::Rust { files: vec![path.to_owned()], direction, at }
            }
            error => Self::Run(Box::new(Run::new(error, status, chain))),
        }
    }

    /// A database that the runtime could not open.
    pub(crate) fn not_opened(database: String, error: &Error) -> Self {
        let (reason, _, help) = parts(&error.to_string());
        Self::Connect { database, reason, help }
    }

    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NoUrl { .. } => "no_database_url",
            Self::BadUrl { .. } => "invalid_url",
            Self::Runtime { .. } => "no_runtime",
            Self::Connect { .. } => "cannot_connect",
            Self::Rust { .. } => "needs_application",
            Self::Run(run) => match &run.error {
                Error::Plan { source, .. } => unresolved::plan_code(source),
                error => error.code(),
            },
            Self::Ended { .. } => "ended",
        }
    }

    /// The state that things are in now.
    pub(super) fn state(&self) -> Option<String> {
        match self {
            Self::Rust { at, .. } => Some(format!("nothing was run; the database is at {at}")),
            Self::Run(run) => run.state.clone(),
            Self::Ended { .. } => Some("what was under way may still be going on in the database".to_owned()),
            _ => None,
        }
    }

    /// The same failure of a command that can do without a database.
    pub(crate) fn or_instead(self, words: &'static str) -> Self {
        match self {
            Self::NoUrl { config, .. } => Self::NoUrl { config, instead: words },
            other => other,
        }
    }

    pub(super) fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoUrl { config, instead } => format!(
                "name it by `--database-url`, by the environment variable `DATABASE_URL`, or by `database_url` in \
                 `{config}`{instead}"
            ),
            Self::BadUrl { .. } => {
                "as in `sqlite://app.db`, `postgres://user@host/name` or `mysql://user@host/name`".to_owned()
            }
            Self::Rust { direction: Direction::Upgrade, .. } => {
                "start the application, which applies them (`MIGRATIONS.upgrade`); from here you can go as far as them".to_owned()
            }
            Self::Rust { direction: Direction::Downgrade, .. } => {
                "let the application revert them (`MIGRATIONS.downgrade_to`); from here you can go as far as them".to_owned()
            }
            Self::Run(run) => return run.help.clone(),
            Self::Ended { location } => format!(
                "`{}` says where the database is; the next run finds out what became of the step, and goes on from there",
                location.command("current")
            ),
            Self::Connect { help, .. } => return help.clone(),
            Self::Runtime { .. } => return None,
        })
    }

    /// The version rows as they are now, where they are known.
    pub(super) fn rows(&self) -> Option<&Heads> {
        match self {
            Self::Rust { at, .. } => Some(at),
            Self::Run(run) => rows(&run.error),
            _ => None,
        }
    }

    pub(super) fn exit(&self) -> u8 {
        match self {
            Self::NoUrl { .. } | Self::BadUrl { .. } => exit::USAGE,
            Self::Connect { .. } => exit::UNREACHABLE,
            Self::Run(run) => match &run.error {
                Error::Database { doing: servicekit::Doing::Connect { .. }, .. } => exit::UNREACHABLE,
                Error::Locked { .. } => exit::LOCKED,
                Error::Statement(_) | Error::Work(_) => exit::STATEMENT,
                Error::InDoubt { .. } | Error::EditedHalfDone { .. } | Error::CommitUnknown { .. } => {
                    exit::IN_DOUBT
                }
                Error::Ahead { .. } | Error::HalfDoneUnknown { .. } => exit::AHEAD,
                Error::Stopped { .. } => exit::STOPPED,
                _ => exit::FAILURE,
            },
            Self::Ended { .. } => exit::ENDED,
            Self::Runtime { .. } | Self::Rust { .. } => exit::FAILURE,
        }
    }
}

impl fmt::Display for DatabaseFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoUrl { .. } => f.write_str("no database is named"),
            Self::BadUrl { source, reason } => {
                write!(f, "{source} names no database that can be opened: {reason}")
            }
            Self::Runtime { source } => write!(f, "the program cannot wait for a database: {source}"),
            Self::Connect { database, reason, .. } => write!(f, "cannot connect to `{database}`: {reason}"),
            Self::Rust { files, .. } => {
                let names: Vec<String> = files.iter().map(|file| format!("`{file}`")).collect();
                let are = if files.len() == 1 { "is Rust, which is" } else { "are Rust, which is" };
                write!(
                    f,
                    "{} {are} compiled into the application and cannot be run from here",
                    list(&names, "and")
                )
            }
            Self::Run(run) => f.write_str(&run.message),
            Self::Ended { .. } => f.write_str("the program was ended in the middle of a run"),
        }
    }
}
