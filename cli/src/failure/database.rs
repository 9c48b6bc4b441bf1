//! What goes wrong with a database.

use super::{Exit, Failure, FailureReport, failed, list};
use crate::arguments::{Location, UrlSource};
use servicekit::Dialect;
use servicekit::database::UrlError;
use servicekit_chain::diagnostic::Diagnostic;
use std::io;
use std::path::PathBuf;

/// Why a command could not do its work on a database.
#[derive(Debug)]
pub(crate) enum DatabaseFailure {
    /// No database is named.
    NoUrl {
        /// The configuration, as messages name it.
        config: String,
        /// What makes a database unnecessary.
        instead: &'static str,
        /// What to do where a configuration of Python's Alembic is read.
        of_alembic: Option<String>,
    },
    /// A URL that names no database that can be opened.
    BadUrl { source: UrlSource, reason: String },
    /// The runtime could not be started.
    Runtime { source: io::Error },
    /// The database cannot be reached.
    Connect {
        /// The URL, without its password.
        database: String,
        reason: Diagnostic,
    },
    /// The file of a SQLite database does not exist.
    #[cfg_attr(not(feature = "sqlite"), allow(dead_code, reason = "there are no files to look for"))]
    NoFile {
        /// The URL.
        database: String,
        file: PathBuf,
    },
    /// A run or a question failed.
    Run(Box<RunFailure>),
    /// The database was to be at head.
    NotAtHead {
        /// The version rows.
        rows: Vec<String>,
        /// What is not applied, described.
        pending: Vec<String>,
        is_partial: bool,
        /// What applies it.
        command: String,
    },
    /// What was read cannot be written down.
    Unwritable { reason: String, help: Option<String> },
    /// Databases of two kinds are not compared.
    OtherKind { from: Dialect, to: Dialect },
    /// It was declined.
    Declined {
        /// Where the database is.
        at: String,
    },
    /// A second signal ended the program at once.
    Ended { location: Location },
    /// A URL with something in it that would have no effect.
    RefusedUrl { source: UrlSource, error: UrlError },
}

/// A run or a question that failed, wherever it ran.
#[derive(Debug)]
pub(crate) struct RunFailure {
    /// In the words of the command line.
    pub(crate) report: FailureReport,
    /// The version rows now, where they are known.
    pub(crate) heads: Option<Vec<String>>,
    /// What the database answered, where a statement failed: at the first place of the report.
    pub(crate) answer: Option<String>,
}

impl From<DatabaseFailure> for Failure {
    fn from(failure: DatabaseFailure) -> Self {
        Self::Database(Box::new(failure))
    }
}

impl DatabaseFailure {
    /// The same failure of a command that can do without a database.
    pub(crate) fn with_alternative(self, words: &'static str) -> Self {
        match self {
            Self::NoUrl { config, of_alembic, .. } => Self::NoUrl { config, instead: words, of_alembic },
            other => other,
        }
    }

    /// What there is to say of it.
    pub(super) fn report(&self) -> FailureReport {
        let unreachable = |message: String| FailureReport::new("cannot_connect", Exit::Unreachable, message);
        match self {
            Self::NoUrl { config, instead, of_alembic: None } => {
                FailureReport::new("no_database_url", Exit::Usage, "no database is named").help(format!(
                    "name it with `--database-url`, with the environment variable `DATABASE_URL`, or with `database_url` in \
                     `{config}`{instead}"
                ))
            }
            Self::NoUrl { instead, of_alembic: Some(help), .. } => {
                FailureReport::new("no_database_url", Exit::Usage, "no database is named")
                    .help(format!("{help}{instead}"))
            }
            Self::BadUrl { source, reason } => FailureReport::new(
                "invalid_url",
                Exit::Usage,
                format!("{source} names no database that can be opened: {reason}"),
            )
            .help("as in `sqlite://app.db`, `postgres://user@host/name` or `mysql://user@host/name`"),
            Self::RefusedUrl { source, error } => {
                FailureReport::new("invalid_url", Exit::Usage, format!("{source} {error}")).help(error.help())
            }
            Self::Runtime { source } => {
                failed("no_runtime", format!("the async runtime cannot be started: {source}"))
                    .maybe_help(more_files(source).map(str::to_owned))
            }
            Self::Connect { database, reason } => {
                let report = unreachable(format!("cannot connect to `{database}`: {}", reason.message));
                let Diagnostic { code, message, .. } = report.diagnostic;
                FailureReport { diagnostic: Diagnostic { code, message, ..reason.clone() }, ..report }
            }
            Self::NoFile { database, file } => unreachable(format!(
                "cannot connect to `{database}`: there is no file `{}`",
                file.display()
            )),
            Self::Run(run) => run.report.clone(),
            Self::NotAtHead { rows, pending, is_partial, command } => {
                let at = if rows.is_empty() { "base".to_owned() } else { list(rows, "and") };
                let is_done = pending.is_empty() && !is_partial;
                FailureReport::new("not_at_head", Exit::NotAtHead, not_at_head(pending, *is_partial))
                    .state(format!("the database is at {at}"))
                    .maybe_help((!is_done).then(|| format!("`{command}` brings it there")))
            }
            Self::Unwritable { reason, help } => FailureReport::new(
                "cannot_write_schema",
                Exit::Failure,
                format!("what the database has cannot be written: {reason}"),
            )
            .maybe_help(help.clone()),
            Self::OtherKind { from, to } => FailureReport::new(
                "other_kind_of_database",
                Exit::Usage,
                format!("a database of {from} cannot be compared with one of {to}"),
            )
            .help("name two databases of one kind"),
            Self::Declined { at } => {
                FailureReport::new("declined", Exit::Stopped, "the downgrade was declined")
                    .state(format!("nothing was run; the database is at {at}"))
            }
            Self::Ended { location } => {
                FailureReport::new("ended", Exit::Ended, "the program was terminated during a run")
                    .state("what was running may still be running in the database")
                    .help(format!(
                        "`{}` shows where the database is; the next run checks whether the stage was done, and continues from there",
                        location.command("current")
                    ))
            }
        }
    }

    /// The version rows as they are now, where they are known.
    pub(super) fn rows(&self) -> Option<&Vec<String>> {
        match self {
            Self::Run(run) => run.heads.as_ref(),
            Self::NotAtHead { rows, .. } => Some(rows),
            _ => None,
        }
    }
}

/// How a database that was to be at head falls short of it.
fn not_at_head(pending: &[String], is_partial: bool) -> String {
    let reason = match pending {
        _ if is_partial => ": a revision is partially applied".to_owned(),
        [] => String::new(),
        [one] => format!(": {one} is pending"),
        several => format!(": {} are pending", list(several, "and")),
    };
    format!("Target database is not up to date{reason}")
}

/// What to do about files that could not be opened because there are too many.
fn more_files(error: &io::Error) -> Option<&'static str> {
    // EMFILE and ENFILE, which are the same numbers on every Unix.
    let is_full = cfg!(unix) && matches!(error.raw_os_error(), Some(23 | 24));
    is_full.then_some("let the program open more files, as with `ulimit -n 256`")
}
