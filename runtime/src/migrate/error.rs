//! Everything that can go wrong in a run, and what it says to a person.

#[cfg(feature = "sqlite")]
use super::advice::READ_NEEDS_WRITE;
use super::advice::{KEPT_BY_THE_RUNNER, help_for};
use super::doing::{Doing, after};
#[cfg(feature = "sqlite")]
use super::engine::sqlite;
use super::engine::{Engine, Trouble};
use super::holder::Holder;
use super::refusal::Refusal;
use super::statement::Failure;
use servicekit_chain::{Dialect, Direction, Heads, PlanError, ResolveError, RevisionId};
use std::fmt::{self, Write as _};
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
        /// Who holds it, where it is another run and the server tells.
        holder: Option<Box<Holder>>,
        /// What the database said, where it is no other run.
        source: Option<sqlx::Error>,
    },
    /// The lock of the run is not held any more, so somebody else may be at work.
    LockLost {
        /// Where the database is, when that could be read.
        at: Option<Heads>,
    },
    /// The connection was lost while a transaction was committed, so nobody said whether it was.
    CommitUnknown {
        /// The revision; `None` for the run.
        revision: Option<RevisionId>,
        /// What happened to the connection.
        source: sqlx::Error,
    },
    /// A step outside a transaction is due, and a pooler stands between the run and the server.
    Pooler {
        /// The revision.
        revision: RevisionId,
        /// Where the database is.
        at: Heads,
    },
    /// An engine that has no lock that a run could hold.
    UnsupportedEngine {
        /// Its name.
        engine: &'static str,
    },
    /// A step that an earlier run has begun may or may not have been done, and the database does not tell.
    InDoubt {
        /// The step.
        step: HalfDoneStep,
        /// The file of the revision.
        path: &'static str,
        /// The statement; empty when it is not in the file any more.
        statement: String,
        /// What was found.
        found: String,
    },
    /// A revision is half done, and a step that was done says something else now.
    EditedHalfDone {
        /// The step.
        step: HalfDoneStep,
        /// The file of the revision.
        path: &'static str,
    },
    /// A revision is half done that this binary does not contain.
    HalfDoneUnknown {
        /// The revision.
        revision: String,
        /// Applied or reverted.
        direction: Direction,
        /// The application that began it, if the journal has it.
        application: Option<String>,
        /// Where the database is.
        at: Heads,
        /// The folder that was compiled in.
        folder: &'static str,
    },
    /// A resolution was given, and there is no step that one could be about.
    NothingInDoubt {
        /// Where the database is.
        at: Heads,
    },
    /// The database is not at head, and the policy is not to apply anything.
    NotAtHead {
        /// Where the database is.
        at: Heads,
        /// How long it was waited for, with [`Policy::WaitForHead`](super::Policy::WaitForHead).
        waited: Option<Duration>,
        /// What is pending.
        pending: Vec<RevisionId>,
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
        /// The revision; `None` for the run.
        revision: Option<RevisionId>,
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
    /// A URL that names no database that can be opened.
    Url {
        /// What stands before the `:`.
        scheme: String,
        /// What is wrong with it.
        reason: String,
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

/// A step of a revision that is half done.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HalfDoneStep {
    /// The revision.
    pub revision: RevisionId,
    /// Applied or reverted.
    pub direction: Direction,
    /// Which step, from 1.
    pub step: usize,
    /// How many the revision had when it was begun.
    pub steps: usize,
    /// When the step was begun, by the clock of the database, in UTC.
    pub started_at: String,
}

impl fmt::Display for HalfDoneStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { revision, direction, step, steps, .. } = self;
        write!(f, "step {step} of {steps} of the {direction} of revision `{revision}`")
    }
}

impl Error {
    /// The database refused something; a lock that somebody else holds is told apart.
    pub(super) fn database(doing: Doing, source: sqlx::Error) -> Self {
        Self::Database { doing, at: None, source }
    }

    /// A transaction could not be begun; one that sqlx does not know of is told apart.
    pub(super) fn begin(source: sqlx::Error, engine: &dyn Engine) -> Self {
        match engine.trouble(&source) {
            Trouble::InTransaction => Self::InTransaction,
            _ => Self::database(Doing::Begin, source),
        }
    }

    /// A file could not be opened.
    #[cfg(feature = "sqlite")]
    pub(crate) fn open(source: sqlx::Error, options: &sqlx::sqlite::SqliteConnectOptions) -> Self {
        let name = options.get_filename();
        // sqlx gives a database in memory the name of a URI; and when there was no connection to be had, the
        // file is not what is wrong.
        let is_file = source.as_database_error().is_some()
            && !name.as_os_str().is_empty()
            && !name.as_os_str().as_encoded_bytes().starts_with(b"file:")
            && name != std::path::Path::new(":memory:");
        Self::database(Doing::Connect { file: is_file.then(|| name.to_owned()) }, source)
    }

    /// A server could not be reached.
    #[cfg(any(feature = "postgres", feature = "mysql"))]
    pub(crate) fn connect(source: sqlx::Error) -> Self {
        Self::database(Doing::Connect { file: None }, source)
    }

    /// What the database said, when it was only held by somebody else; anything else is given back.
    pub(super) fn busy(self, engine: &dyn Engine) -> Result<sqlx::Error, Self> {
        let is_busy = |source: &sqlx::Error| engine.trouble(source) == Trouble::Busy;
        match self {
            Self::Database { source, .. } if is_busy(&source) => Ok(source),
            Self::Statement(failure) if is_busy(&failure.source) => Ok(failure.source),
            other => Err(other),
        }
    }

    /// The connection was lost with a statement under way.
    #[must_use]
    pub(super) fn with_unknown_outcome(mut self) -> Self {
        if let Self::Statement(failure) = &mut self {
            failure.set_outcome_unknown();
        }
        self
    }

    /// Says where the database is, for the errors that tell it.
    #[must_use]
    pub(super) fn with_state(mut self, rows: Heads) -> Self {
        match &mut self {
            Self::Locked { at, .. }
            | Self::LockLost { at }
            | Self::Database { at, .. }
            | Self::Stopped { at } => *at = Some(rows),
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
            Self::LockLost { .. } => "lock_lost",
            Self::CommitUnknown { .. } => "commit_unknown",
            Self::Pooler { .. } => "pooler",
            Self::UnsupportedEngine { .. } => "unsupported_engine",
            Self::InDoubt { .. } => "in_doubt",
            Self::EditedHalfDone { .. } => "edited_half_done",
            Self::HalfDoneUnknown { .. } => "half_done_unknown",
            Self::NothingInDoubt { .. } => "nothing_in_doubt",
            Self::NotAtHead { .. } => "not_at_head",
            Self::CorruptVersionTable { .. } => "corrupt_version_table",
            Self::RowsChanged { .. } => "version_rows_changed",
            Self::TransactionEnded { .. } => "transaction_ended",
            Self::Moved { .. } => "moved_by_another",
            Self::InTransaction => "in_transaction",
            Self::PrivateDatabase => "private_database",
            Self::Stale { .. } => "stale_binary",
            Self::Stopped { .. } => "stopped",
            Self::Url { .. } => "invalid_url",
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
            Self::Locked { waited, holder, .. } => {
                let waited = waited.as_secs_f64();
                match holder {
                    Some(holder) => format!("another run held the database for {waited:.1} s: {holder}"),
                    None => format!("somebody else held the database for {waited:.1} s"),
                }
            }
            Self::LockLost { .. } => {
                "the lock of this run is held no more, so another run may be at work".to_owned()
            }
            Self::CommitUnknown { revision, source } => {
                let what = revision.as_ref().map_or_else(|| "the run".to_owned(), |id| format!("revision `{id}`"));
                format!("the connection was lost while {what} was committed: {}", said(source))
            }
            Self::Pooler { revision, .. } => format!(
                "revision `{revision}` has a step outside a transaction, and a pooler stands between this run and the server: \
                 it would give the session, and the lock that it holds, to others"
            ),
            Self::UnsupportedEngine { engine } => {
                format!("this is {engine}, which has no lock that one run could hold against another")
            }
            Self::InDoubt { step, path, statement, found } => {
                let mut text = format!("{step} may or may not have been done: it was begun on {}\n --> {path}", step.started_at);
                for line in statement.lines() {
                    text += "\n  | ";
                    text += line;
                }
                format!("{text}\nfound: {found}")
            }
            Self::EditedHalfDone { step, path } => {
                format!("{step} was done, on {}, and the file says something else now\n --> {path}", step.started_at)
            }
            Self::HalfDoneUnknown { revision, direction, application, .. } => {
                let by = application.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
                format!("the {direction} of revision `{revision}` was begun{by} and is half done, and this binary cannot go on with it")
            }
            Self::NothingInDoubt { .. } => "there is no step that is in doubt".to_owned(),
            Self::NotAtHead { pending, waited, .. } => {
                let ids = join(pending.iter().map(|id| format!("`{id}`")));
                let waited =
                    waited.map(|waited| format!(", after a wait of {:.1} s", waited.as_secs_f64())).unwrap_or_default();
                let what = if pending.is_empty() { String::new() } else { format!(": {ids} pending") };
                format!("Target database is not up to date{waited}{what}")
            }
            Self::Database { doing, source, .. } => format!("{doing}: {}", said(source)),
            Self::CorruptVersionTable { table, reason } => {
                format!("the version table `{table}` is not what it should be: {reason}")
            }
            Self::RowsChanged { revision, expected, found, .. } => format!(
                "the version rows should be {expected}{}, and they were {found}",
                after(revision.as_ref())
            ),
            Self::TransactionEnded { revision, .. } => {
                let what = revision.as_ref().map_or_else(|| "a revision".to_owned(), |id| format!("revision `{id}`"));
                format!("{what} ended the transaction that it runs in")
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
            Self::Url { scheme, reason } => format!("the URL `{scheme}:…` names no database that can be opened: {reason}"),
            Self::NotInitialised => "the database is not open".to_owned(),
        }
    }

    /// The state that things are in now.
    fn state(&self) -> Option<String> {
        match self {
            Self::Plan { at, .. }
            | Self::NoDowngrade { at, .. }
            | Self::NoSection { at, .. }
            | Self::Pooler { at, .. }
            | Self::NotAtHead { at, .. } => Some(format!("nothing was run; the database is at {at}")),
            // Also when a newer binary went ahead in the middle of a run.
            Self::Ahead { at, .. } => Some(format!("nothing more is run; the database is at {at}")),
            Self::LockLost { at } => {
                at.as_ref().map(|at| format!("nothing more is run; the database is at {at}"))
            }
            Self::CommitUnknown { .. } => Some("whether it was committed is not known yet".to_owned()),
            Self::InDoubt { .. } | Self::EditedHalfDone { .. } => {
                Some("nothing was run; the revision is half done".to_owned())
            }
            Self::HalfDoneUnknown { at, .. } => {
                Some(format!("nothing was run; the database is at {at}, with that revision half done"))
            }
            Self::NothingInDoubt { at } => Some(format!("nothing was changed; the database is at {at}")),
            Self::UnsupportedEngine { .. } => Some("nothing was run".to_owned()),
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
            Self::Locked { holder: Some(_), .. } => "wait for it, or end that session, and start again",
            Self::Locked { .. } => {
                "find out who writes to it (a transaction left open, a backup), or raise the lock timeout"
            }
            Self::LockLost { .. } => "start again: the next run goes on from there",
            Self::CommitUnknown { .. } => {
                "start again when the database can be reached: the run finds out, and goes on where it was"
            }
            Self::Pooler { .. } => "give the run a URL that leads to the server itself",
            Self::UnsupportedEngine { .. } => "run the revisions on one server of a supported engine",
            Self::InDoubt { .. } => {
                "look whether it was done, then say so: `servicekit migrations resolve done` or `… resolve not-done` \
                 (`Migrator::resolve`), and start again"
            }
            Self::EditedHalfDone { .. } => {
                "bring back what the file said, let the run finish the revision, and put the change into a new one; or finish \
                 by hand and `stamp`"
            }
            Self::HalfDoneUnknown { folder, .. } => {
                return Some(format!(
                    "start the version of the application that began it, or bring its file into `{folder}/versions` and \
                     build again"
                ));
            }
            Self::NothingInDoubt { .. } => "only a step that was begun and not ended can be resolved",
            Self::NotAtHead { .. } => {
                "apply what is pending with `servicekit migrations upgrade head`, or start with the policy that applies it"
            }
            #[cfg(feature = "sqlite")]
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
            Self::Url { .. } => {
                "mend the URL, as in `sqlite://app.db`, `postgres://user@host/name` or `mysql://user@host/name`"
            }
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
            Self::Locked { source, .. } => source.as_ref().map(|source| source as _),
            Self::Database { source, .. } | Self::CommitUnknown { source, .. } => Some(source),
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
