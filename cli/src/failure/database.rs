//! What goes wrong with a database.

use super::run::{Run, by_options, help_here, parts};
use super::{Failure, exit, list};
use crate::chain::{Chain, Location};
use crate::database::UrlSource;
use crate::waiting;
use servicekit::worker::wire::ErrorFacts;
use servicekit::{Error, Status, UrlError};
use std::fmt;
use std::io;
use std::path::PathBuf;

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
    /// The file of a SQLite database is not there.
    #[cfg_attr(not(feature = "sqlite"), allow(dead_code, reason = "there are no files to look for"))]
    NoFile {
        /// The URL.
        database: String,
        file: PathBuf,
    },
    /// A run or a question failed.
    Run(Box<Run>),
    /// The database was to be at head.
    NotAtHead {
        /// The version rows.
        rows: Vec<String>,
        /// What is not applied, described.
        pending: Vec<String>,
        is_half_done: bool,
        /// What applies it.
        command: String,
    },
    /// A person did not want it.
    Declined {
        /// Where the database is.
        at: String,
    },
    /// The program was told to end at once.
    Ended { location: Location },
    /// A URL with something in it that would have no effect.
    RefusedUrl { source: UrlSource, error: UrlError },
}

impl From<DatabaseFailure> for Failure {
    fn from(failure: DatabaseFailure) -> Self {
        Self::Database(Box::new(failure))
    }
}

impl DatabaseFailure {
    /// A run that failed; `status` is where the database is, when that was looked up afterwards.
    pub(crate) fn run(error: &Error, status: Option<Status>, chain: &Chain) -> Self {
        Self::Run(Box::new(Run::new(error, status, chain)))
    }

    /// The same of a run of the application.
    pub(crate) fn run_elsewhere(facts: ErrorFacts, status: Option<Status>, chain: &Chain) -> Self {
        Self::Run(Box::new(Run::of_facts(facts, status, chain)))
    }

    /// A database that the runtime could not open.
    pub(crate) fn not_opened(database: String, error: &Error) -> Self {
        let (reason, _, help) = parts(&error.to_string());
        let help = help_here(error).map(str::to_owned).or(help.map(|help| by_options(&help)));
        Self::Connect { database, reason, help }
    }

    pub(super) fn code(&self) -> &str {
        match self {
            Self::NoUrl { .. } => "no_database_url",
            Self::BadUrl { .. } | Self::RefusedUrl { .. } => "invalid_url",
            Self::Runtime { .. } => "no_runtime",
            Self::Connect { .. } | Self::NoFile { .. } => "cannot_connect",
            Self::Run(run) => &run.code,
            Self::NotAtHead { .. } => "not_at_head",
            Self::Declined { .. } => "declined",
            Self::Ended { .. } => "ended",
        }
    }

    /// The state that things are in now.
    pub(super) fn state(&self) -> Option<String> {
        match self {
            Self::Run(run) => run.state.clone(),
            Self::NotAtHead { rows, .. } if rows.is_empty() => Some("the database is at base".to_owned()),
            Self::NotAtHead { rows, .. } => Some(format!("the database is at {}", list(rows, "and"))),
            Self::Declined { at } => Some(format!("nothing was run; the database is at {at}")),
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
            Self::RefusedUrl { error, .. } => error.help(),
            Self::Run(run) => return run.help.clone(),
            Self::NotAtHead { pending, is_half_done: false, .. } if pending.is_empty() => return None,
            Self::NotAtHead { command, .. } => format!("`{command}` brings it there"),
            Self::Ended { location } => format!(
                "`{}` says where the database is; the next run finds out what became of the step, and goes on from there",
                location.command("current")
            ),
            Self::Connect { help, .. } => return help.clone(),
            Self::Runtime { source } => return waiting::help(source).map(str::to_owned),
            Self::Declined { .. } | Self::NoFile { .. } => return None,
        })
    }

    /// The version rows as they are now, where they are known.
    pub(super) fn rows(&self) -> Option<&Vec<String>> {
        match self {
            Self::Run(run) => run.facts.rows.as_ref(),
            Self::NotAtHead { rows, .. } => Some(rows),
            _ => None,
        }
    }

    pub(super) fn exit(&self) -> u8 {
        match self {
            Self::NoUrl { .. } | Self::BadUrl { .. } | Self::RefusedUrl { .. } => exit::USAGE,
            Self::Connect { .. } | Self::NoFile { .. } => exit::UNREACHABLE,
            Self::Run(run) => run.exit(),
            Self::NotAtHead { .. } => exit::NOT_AT_HEAD,
            Self::Declined { .. } => exit::STOPPED,
            Self::Ended { .. } => exit::ENDED,
            Self::Runtime { .. } => exit::FAILURE,
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
            Self::NoFile { database, file } => {
                write!(f, "cannot connect to `{database}`: there is no file `{}`", file.display())
            }
            Self::Run(run) => f.write_str(&run.message),
            Self::NotAtHead { pending, is_half_done, .. } => {
                f.write_str("Target database is not up to date")?;
                match pending.as_slice() {
                    _ if *is_half_done => f.write_str(": a revision is half done"),
                    [] => Ok(()),
                    [one] => write!(f, ": {one} is pending"),
                    several => write!(f, ": {} are pending", list(several, "and")),
                }
            }
            Self::Declined { .. } => f.write_str("the downgrade was not wanted"),
            Self::Ended { .. } => f.write_str("the program was ended in the middle of a run"),
            Self::RefusedUrl { source, error } => write!(f, "{source} {error}"),
        }
    }
}
