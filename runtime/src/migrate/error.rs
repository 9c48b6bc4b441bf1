//! Everything that can go wrong in a run, and what it says to a person.

use super::advice::{KEPT_BY_THE_RUNNER, READ_NEEDS_WRITE, help_for};
use super::doing::{Doing, after};
use super::refusal::Refusal;
use super::sqlite;
use super::statement::Failure;
use servicekit_chain::{Dialect, Direction, Heads, PlanError, ResolveError, RevisionId};
use sqlx::sqlite::SqliteConnectOptions;
use std::fmt::{self, Write as _};
use std::path::Path;
use std::time::Duration;

/// What went wrong in a run.
///
/// Its text says what happened, what state the database is in now, and what to do; it can be several lines
/// long. [`Error::code`] is for programs. Its debug text is the same, because that is what a `main` that returns
/// it prints.
#[non_exhaustive]
pub enum Error {
    /// The database has revisions that this binary does not contain.
    Ahead {
        /// The version rows.
        at: Heads,
        /// Those that are unknown here, with what the journal says of them.
        unknown: Vec<UnknownRevision>,
        /// The folder that was compiled in.
        folder: &'static str,
    },
    /// A target that cannot be read.
    Target(servicekit_chain::TargetError),
    /// There is no way from where the database is to the target.
    Plan {
        /// Where the database is.
        at: Heads,
        /// What is wrong.
        source: PlanError,
        /// The folder that was compiled in.
        folder: &'static str,
    },
    /// The embedded revisions do not form a graph; the macro never makes such a list.
    Chain(Vec<servicekit_chain::GraphError>),
    /// A file that was compiled in cannot be read as a revision; the macro never embeds such a file.
    File(Vec<servicekit_chain::Problem>),
    /// A downgrade was asked for and the revision has none.
    NoDowngrade {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        path: &'static str,
        /// Where the database is.
        at: Heads,
    },
    /// The revision has sections for other databases only.
    NoSection {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        path: &'static str,
        /// Which side has none.
        direction: Direction,
        /// The database at hand.
        dialect: Dialect,
        /// Where the database is.
        at: Heads,
    },
    /// A statement that no revision may run; all but a `DROP TABLE` that takes other rows along are found before
    /// anything runs.
    Refused(Box<Refusal>),
    /// A statement of a revision failed.
    Statement(Box<Failure>),
    /// Somebody else held the database for longer than the lock timeout.
    Locked {
        /// How long the run waited.
        waited: Duration,
        /// Where the database is, when that could be read.
        at: Option<Heads>,
        /// What the database said.
        source: sqlx::Error,
    },
    /// The database refused something that is not part of a revision.
    Database {
        /// What was being done.
        doing: Doing,
        /// Where the database is, when that is known.
        at: Option<Heads>,
        /// What the database said.
        source: sqlx::Error,
    },
    /// The version table is not one.
    CorruptVersionTable {
        /// Its name.
        table: String,
        /// What is wrong with it.
        reason: String,
    },
    /// After a step the version rows were not what they should be: the revision itself, or a trigger, writes
    /// to the version table.
    RowsChanged {
        /// The revision; `None` for a stamp.
        revision: Option<RevisionId>,
        /// What they should be.
        expected: Heads,
        /// What they were.
        found: Heads,
        /// Where the database is.
        at: Heads,
    },
    /// A revision ended the transaction that it ran in, by a way that was not seen beforehand.
    TransactionEnded {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        path: &'static str,
        /// Where the database is.
        at: Heads,
    },
    /// Another process moved the database while this run was under way to a relative target.
    Moved {
        /// Where this run had left it.
        expected: Heads,
        /// Where it is.
        found: Heads,
    },
    /// The connection that was handed in is inside a transaction.
    InTransaction,
    /// The connections of the pool each have a database of their own, in memory, and one of them was migrated.
    PrivateDatabase,
    /// The folder on disk is not the one that was compiled in.
    Stale {
        /// The folder.
        folder: &'static str,
        /// Files on disk that were not compiled in.
        added: Vec<String>,
        /// Files that were compiled in and are no longer on disk.
        removed: Vec<String>,
    },
    /// The run was told to stop, or its runtime was shut down.
    Stopped {
        /// Where the database is, when that is known.
        at: Option<Heads>,
    },
    /// A database was used before [`Database::init`](crate::Database::init), or after its `dispose`.
    NotInitialised,
}

/// A version row that the binary does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownRevision {
    /// Its id.
    pub revision: RevisionId,
    /// When it was applied, by the clock of the database, in UTC, if the journal has it.
    pub applied_at: Option<String>,
    /// By which application, if the journal has it.
    pub application: Option<String>,
}

impl Error {
    /// The database refused something; a lock that somebody else holds is told apart.
    pub(super) fn database(doing: Doing, source: sqlx::Error) -> Self {
        Self::Database { doing, at: None, source }
    }

    /// A transaction could not be begun; one that sqlx does not know of is told apart.
    pub(super) fn begin(source: sqlx::Error) -> Self {
        if said(&source).starts_with("cannot start a transaction within a transaction") {
            return Self::InTransaction;
        }
        Self::database(Doing::Begin, source)
    }

    /// The database could not be opened.
    pub(crate) fn connect(source: sqlx::Error, options: &SqliteConnectOptions) -> Self {
        let name = options.get_filename();
        // sqlx gives a database in memory the name of a URI; and when there was no connection to be had, the
        // file is not what is wrong.
        let is_file = source.as_database_error().is_some()
            && !name.as_os_str().is_empty()
            && !name.as_os_str().as_encoded_bytes().starts_with(b"file:")
            && name != Path::new(":memory:");
        Self::database(Doing::Connect { file: is_file.then(|| name.to_owned()) }, source)
    }

    /// What the database said, when it was only held by somebody else; anything else is given back.
    pub(super) fn busy(self) -> Result<sqlx::Error, Self> {
        match self {
            Self::Database { source, .. } if sqlite::is_busy(&source) => Ok(source),
            Self::Statement(failure) if sqlite::is_busy(&failure.source) => Ok(failure.source),
            other => Err(other),
        }
    }

    /// Says where the database is, for the errors that tell it.
    #[must_use]
    pub(super) fn with_state(mut self, rows: Heads) -> Self {
        match &mut self {
            Self::Locked { at, .. } | Self::Database { at, .. } | Self::Stopped { at } => *at = Some(rows),
            Self::Statement(failure) => failure.at = rows,
            Self::RowsChanged { at, .. } | Self::TransactionEnded { at, .. } => *at = rows,
            Self::Refused(refusal) if refusal.at.is_some() => refusal.at = Some(rows),
            _ => {}
        }
        self
    }

    /// A stable name for programs, in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Ahead { .. } => "database_ahead",
            Self::Target(_) => "invalid_target",
            Self::Plan { .. } => "no_plan",
            Self::Chain(_) => "broken_chain",
            Self::File(_) => "broken_file",
            Self::NoDowngrade { .. } => "no_downgrade",
            Self::NoSection { .. } => "no_section",
            Self::Refused(_) => "statement_refused",
            Self::Statement(_) => "statement_failed",
            Self::Locked { .. } => "locked",
            Self::Database { .. } => "database_error",
            Self::CorruptVersionTable { .. } => "corrupt_version_table",
            Self::RowsChanged { .. } => "version_rows_changed",
            Self::TransactionEnded { .. } => "transaction_ended",
            Self::Moved { .. } => "moved_by_another",
            Self::InTransaction => "in_transaction",
            Self::PrivateDatabase => "private_database",
            Self::Stale { .. } => "stale_binary",
            Self::Stopped { .. } => "stopped",
            Self::NotInitialised => "not_initialised",
        }
    }

    /// What happened.
    fn message(&self) -> String {
        match self {
            Self::Ahead { unknown, .. } => ahead(unknown),
            Self::Target(source) => source.to_string(),
            Self::Plan { source, .. } => source.to_string(),
            Self::Chain(errors) => {
                format!("the embedded revisions do not form a chain: {}", join(errors.iter()))
            }
            Self::File(problems) => {
                let messages: Vec<String> = problems.iter().map(|problem| problem.render(false)).collect();
                messages.join("\n")
            }
            Self::NoDowngrade { revision, path, .. } => {
                format!("revision `{revision}` cannot be reverted: `{path}` has no downgrade")
            }
            Self::NoSection { revision, path, direction, dialect, .. } => format!(
                "revision `{revision}` cannot run on {dialect}: `{path}` has no {direction} section for it"
            ),
            Self::Refused(refusal) => refusal.to_string(),
            Self::Statement(failure) => failure.to_string(),
            Self::Locked { waited, .. } => {
                format!("somebody else held the database for {:.1} s", waited.as_secs_f64())
            }
            Self::Database { doing, source, .. } => format!("{doing}: {}", said(source)),
            Self::CorruptVersionTable { table, reason } => {
                format!("the version table `{table}` is not what it should be: {reason}")
            }
            Self::RowsChanged { revision, expected, found, .. } => format!(
                "the version rows should be {expected}{}, and they were {found}",
                after(revision.as_ref())
            ),
            Self::TransactionEnded { revision, path, .. } => {
                format!("revision `{revision}` ended the transaction that it runs in: `{path}`")
            }
            Self::Moved { expected, found } => format!(
                "another process moved the database meanwhile: this run had left it at {expected}, and now \
                 it is at {found}"
            ),
            Self::InTransaction => {
                "the connection is inside a transaction, and a run needs transactions of its own".to_owned()
            }
            Self::PrivateDatabase => {
                "each connection of the pool has a database in memory of its own, which no other connection sees"
                    .to_owned()
            }
            Self::Stale { folder, added, removed } => stale(folder, added, removed),
            Self::Stopped { .. } => "the run was stopped before its end".to_owned(),
            Self::NotInitialised => "the database is not open".to_owned(),
        }
    }

    /// The state that things are in now.
    fn state(&self) -> Option<String> {
        match self {
            Self::Plan { at, .. } | Self::NoDowngrade { at, .. } | Self::NoSection { at, .. } => {
                Some(format!("nothing was run; the database is at {at}"))
            }
            // Also when a newer binary went ahead in the middle of a run.
            Self::Ahead { at, .. } => Some(format!("nothing more is run; the database is at {at}")),
            Self::Locked { at, .. } | Self::Database { at, .. } => at
                .as_ref()
                .map(|at| format!("what was not committed has been rolled back; the database is at {at}")),
            Self::Stopped { at: Some(at) } => Some(format!("the database is at {at}")),
            Self::CorruptVersionTable { .. } => Some("nothing was changed".to_owned()),
            Self::RowsChanged { at, .. } => {
                Some(format!("the transaction was rolled back; the database is at {at}"))
            }
            Self::TransactionEnded { at, .. } => {
                Some(format!("a part of the revision may have been kept; the database is at {at}"))
            }
            Self::Moved { .. } => Some("nothing was undone".to_owned()),
            Self::InTransaction => Some("nothing was run".to_owned()),
            Self::PrivateDatabase => Some("one connection was migrated, and only that one".to_owned()),
            _ => None,
        }
    }

    /// The way out.
    fn help(&self) -> Option<String> {
        let help = match self {
            Self::Ahead { folder, .. } => {
                return Some(format!(
                    "start the version of the application that has it, or bring its file into \
                     `{folder}/versions` and build again; if it is of another history on the same database, give \
                     each a `version_table` of its own"
                ));
            }
            Self::Plan { folder, source, .. } if is_unknown(source) => {
                return Some(format!(
                    "`{folder}/versions` had no such revision when this binary was built; build again if it has one \
                     now"
                ));
            }
            Self::NoDowngrade { .. } => "write its downgrade, or go back to a backup",
            Self::NoSection { direction, dialect, .. } => {
                return Some(format!(
                    "add a section `-- +{direction} {dialect}`, or one without a database, which serves all"
                ));
            }
            Self::Locked { .. } => {
                "find out who writes to it (a transaction left open, a backup), or raise the lock timeout"
            }
            Self::Database { doing: Doing::ReadVersion, source, .. }
                if sqlite::primary_code(source) == Some(8) =>
            {
                READ_NEEDS_WRITE
            }
            Self::Database {
                doing: Doing::WriteVersion { .. } | Doing::WriteJournal { .. }, source, ..
            } => help_for(source).unwrap_or(KEPT_BY_THE_RUNNER),
            Self::Database { source, .. } => return help_for(source).map(str::to_owned),
            Self::CorruptVersionTable { .. } => {
                "mend the table by hand: it holds one text `version_num` for each head that is applied"
            }
            Self::RowsChanged { .. } => KEPT_BY_THE_RUNNER,
            Self::TransactionEnded { .. } => {
                "take out what commits or rolls back, and undo by hand what was kept"
            }
            Self::Moved { .. } => "find out who else changes the version table, then run again",
            Self::InTransaction => "commit or roll back first, or hand in a pool",
            Self::PrivateDatabase => {
                "open it as `sqlite::memory:`, which is shared, use `SqliteDatabaseBuilder::in_memory`, or \
                 allow one connection only"
            }
            Self::Stale { folder, .. } => {
                return Some(format!(
                    "build again; one line in build.rs makes cargo see new files: \
                     println!(\"cargo::rerun-if-changed={folder}/versions\");"
                ));
            }
            Self::Stopped { .. } => "the next start goes on from there",
            Self::NotInitialised => "call `init().await` first",
            Self::Target(_)
            | Self::Plan { .. }
            | Self::Chain(_)
            | Self::File(_)
            | Self::Refused(_)
            | Self::Statement(_) => return None,
        };
        Some(help.to_owned())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())?;
        if let Some(state) = self.state() {
            write!(f, "\nnow: {state}")?;
        }
        if let Some(help) = self.help() {
            write!(f, "\nhelp: {help}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Target(source) => Some(source),
            Self::Plan { source, .. } => Some(source),
            Self::Statement(failure) => Some(&failure.source),
            Self::Locked { source, .. } | Self::Database { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl From<servicekit_chain::TargetError> for Error {
    fn from(source: servicekit_chain::TargetError) -> Self {
        Self::Target(source)
    }
}

impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

/// The database's own words, without what sqlx puts around them.
pub(super) fn said(error: &sqlx::Error) -> String {
    match error.as_database_error() {
        Some(error) => error.message().to_owned(),
        None => error.to_string(),
    }
}

fn ahead(unknown: &[UnknownRevision]) -> String {
    let ids = join(unknown.iter().map(|row| format!("`{}`", row.revision)));
    let mut text =
        format!("the database is ahead of this binary: it is at {ids}, which this binary does not contain");
    for row in unknown {
        let (Some(at), Some(application)) = (&row.applied_at, &row.application) else { continue };
        // Writing to a string cannot fail.
        let _ = write!(text, "\nnote: `{}` was applied on {at} by {application}", row.revision);
    }
    text
}

/// Whether a target names something that is not there.
fn is_unknown(error: &PlanError) -> bool {
    matches!(error, PlanError::Resolve(ResolveError::Unknown { .. } | ResolveError::UnknownBranch { .. }))
}

fn stale(folder: &str, added: &[String], removed: &[String]) -> String {
    let mut reasons = Vec::new();
    if !added.is_empty() {
        let files = join(added.iter().map(|file| format!("`{file}`")));
        let verb = if added.len() == 1 { "is on disk but was" } else { "are on disk but were" };
        reasons.push(format!("{files} {verb} not compiled in"));
    }
    if !removed.is_empty() {
        let files = join(removed.iter().map(|file| format!("`{file}`")));
        let verb = if removed.len() == 1 { "was compiled in but is" } else { "were compiled in but are" };
        reasons.push(format!("{files} {verb} no longer on disk"));
    }
    format!("this binary is stale: in `{folder}`, {}", reasons.join(" and "))
}

fn join(items: impl Iterator<Item = impl fmt::Display>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
