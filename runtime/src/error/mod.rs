//! Everything that can go wrong in a run, and what it says to a person.

pub(crate) mod lock_holder;
pub(crate) mod name_limit;
mod notes;
pub(crate) mod old_server;
pub(crate) mod phase;
pub(crate) mod read_only;
pub(crate) mod setting;
#[cfg(test)]
mod tests;
mod text;
pub(crate) mod unsupported_operation;
pub(crate) mod work;

pub use notes::notes;

use crate::backend::error_help::is_gone;
use crate::backend::silence;
use crate::backend::sqlite::foreign_keys::ForeignKeyViolation;
use crate::backend::{Engine, ErrorClass};
use crate::database::UrlError;
use crate::error::lock_holder::LockHolder;
use crate::error::name_limit::NameLimit;
use crate::error::old_server::OldServer;
use crate::error::phase::Phase;
use crate::error::read_only::ReadOnlyCause;
use crate::error::setting::SettingInTheWay;
use crate::error::unsupported_operation::UnsupportedOperation;
use crate::error::work::WorkError;
use crate::run::elsewhere::RecordedElsewhere;
use crate::script::refusal::RefusedStatement;
use crate::script::statement::StatementError;
use servicekit_chain::{Dialect, Direction, Heads, PlanError, RevisionId};
use std::fmt;
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
    /// The revision is a `.rs` file, and the history was read from a folder: see
    /// [`Migrations::from_folder`](crate::Migrations::from_folder).
    NeedsApplication {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        path: &'static str,
        /// Which side of it is due.
        direction: Direction,
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
    Refused(Box<RefusedStatement>),
    /// An operation of a `.rs` revision that has no SQL on this database, nearly always found before anything ran; or a table
    /// of SQLite that is not as a rebuild of it needs.
    Operation(Box<UnsupportedOperation>),
    /// A statement of a revision failed.
    Statement(Box<StatementError>),
    /// Work of a revision failed.
    Work(Box<WorkError>),
    /// A table of SQLite was built anew, with foreign keys off, and rows refer to what is not there that did not before.
    ForeignKeys {
        /// The revision; `None` for the run.
        revision: Option<RevisionId>,
        /// The rows.
        violations: Vec<ForeignKeyViolation>,
        /// Where the database is.
        at: Heads,
    },
    /// Somebody else held the database for longer than the lock timeout.
    Locked {
        /// How long the run waited.
        waited: Duration,
        /// Where the database is, when that could be read.
        at: Option<Heads>,
        /// Who holds it, where it is another run and the server tells.
        holder: Option<Box<LockHolder>>,
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
    /// The database says that nothing is to be written, and something is pending.
    ReadOnly {
        /// Where the database is.
        at: Heads,
        /// How it says so.
        cause: ReadOnlyCause,
    },
    /// A step that an earlier run has begun may or may not have been done, and the database does not tell.
    InDoubt {
        /// The step.
        step: Box<PartialStage>,
        /// The file of the revision.
        path: &'static str,
        /// The statement; empty when it is not in the file any more.
        statement: String,
        /// What was found.
        found: String,
    },
    /// A revision is half done, and a step that was done says something else now.
    PartialEdited {
        /// The step.
        step: Box<PartialStage>,
        /// The file of the revision.
        path: &'static str,
    },
    /// A revision is half done that this binary does not contain.
    PartialUnknown {
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
        /// How long it was waited for, with [`PendingPolicy::WaitForHead`](crate::run::options::PendingPolicy::WaitForHead).
        waited: Option<Duration>,
        /// What is pending.
        pending: Vec<RevisionId>,
    },
    /// The database refused something that is not part of a revision.
    Database {
        /// What was being done.
        doing: Phase,
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
    /// Another process moved the database while this run was under way to a relative target, as `+2`; no other target ends
    /// so.
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
    /// Nothing is recorded where this run would record it, and another schema says that revisions of this history were
    /// applied, as after a change of the `search_path`; unless the settings say which schema it is.
    RecordedElsewhere(Box<RecordedElsewhere>),
    /// A URL with something in it that would have no effect.
    UrlRefused {
        /// What stands before the `:`.
        scheme: String,
        /// What is wrong.
        source: UrlError,
    },
    /// The server is older than a run needs.
    ServerTooOld(Box<OldServer>),
    /// The version table or the journal is of a storage engine of MySQL that cannot undo what it has written.
    NoTransactions {
        /// The table.
        table: String,
        /// Its storage engine.
        engine: String,
    },
    /// A setting of the session is in the way.
    Setting(SettingInTheWay),
    /// A name of the settings is longer than the database keeps, which would cut it or refuse it.
    NameTooLong {
        /// The setting, as `version_table`.
        setting: &'static str,
        /// The name.
        name: String,
        /// How long it may be.
        limit: NameLimit,
        /// The database.
        dialect: Dialect,
    },
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
pub struct PartialStage {
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

impl fmt::Display for PartialStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { revision, direction, step, steps, .. } = self;
        write!(f, "step {step} of {steps} of the {direction} of revision `{revision}`")
    }
}

impl Error {
    /// The database refused something; a lock that somebody else holds is told apart.
    pub(crate) fn database(doing: Phase, source: sqlx::Error) -> Self {
        Self::Database { doing, at: None, source }
    }

    /// A transaction could not be begun; one that sqlx does not know of is told apart.
    pub(crate) fn begin(source: sqlx::Error, engine: &dyn Engine) -> Self {
        match engine.class(&source) {
            ErrorClass::InTransaction => Self::InTransaction,
            _ => Self::database(Phase::Begin, source),
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
        Self::database(Phase::Connect { file: is_file.then(|| name.to_owned()) }, source)
    }

    /// A server could not be reached.
    #[cfg(any(feature = "postgres", feature = "mysql"))]
    pub(crate) fn connect(source: sqlx::Error) -> Self {
        Self::database(Phase::Connect { file: None }, source)
    }

    /// What the database said, when it was only held by somebody else; anything else is given back.
    pub(crate) fn busy(self, engine: &dyn Engine) -> Result<sqlx::Error, Self> {
        let is_busy = |source: &sqlx::Error| engine.class(source) == ErrorClass::Busy;
        match self {
            Self::Database { source, .. } if is_busy(&source) => Ok(source),
            Self::Statement(failure) if is_busy(&failure.source) => Ok(failure.source),
            Self::Work(failure) if failure.database_error().is_some_and(is_busy) => {
                failure.into_database_error().map_err(Self::Work)
            }
            other => Err(other),
        }
    }

    /// Whether no answer came, so that none will come to anything else that is said on the connection.
    pub(crate) fn is_silence(&self) -> bool {
        let source = match self {
            Self::Database { source, .. } | Self::CommitUnknown { source, .. } => Some(source),
            Self::Statement(failure) => Some(&failure.source),
            _ => None,
        };
        source.is_some_and(|source| silence::waited(source).is_some())
    }

    /// Whether the connection is gone, by what the run itself was doing.
    pub(crate) fn is_lost_connection(&self) -> bool {
        matches!(self, Self::Database { source, .. } if is_gone(source))
    }

    /// Says where the database was when it was seen last, where nothing newer is known.
    #[must_use]
    pub(crate) fn seen_at(self, rows: Option<Heads>) -> Self {
        match self {
            Self::Database { doing, at: None, source } => Self::Database { doing, at: rows, source },
            other => other,
        }
    }

    /// Nobody knows what the statement has done.
    #[must_use]
    pub(crate) fn with_unknown_outcome(mut self, help: &'static str) -> Self {
        if let Self::Statement(failure) = &mut self {
            failure.set_outcome_unknown(help);
        }
        self
    }

    /// Says where the database is, for the errors that tell it.
    #[must_use]
    pub(crate) fn with_state(mut self, rows: Heads) -> Self {
        match &mut self {
            Self::Locked { at, .. }
            | Self::LockLost { at }
            | Self::Database { at, .. }
            | Self::Stopped { at } => *at = Some(rows),
            Self::Statement(failure) => failure.at = rows,
            Self::Work(failure) => failure.at = rows,
            Self::Operation(unsupported) if unsupported.rolled_back => unsupported.at = rows,
            Self::ForeignKeys { at, .. }
            | Self::RowsChanged { at, .. }
            | Self::TransactionEnded { at, .. } => *at = rows,
            Self::Refused(refusal) if refusal.at.is_some() => refusal.at = Some(rows),
            _ => {}
        }
        self
    }

    /// The version rows as they are now, where the error knows them.
    ///
    /// ```
    /// # async fn example(migrations: servicekit::Migrations, pool: servicekit::sqlx::SqlitePool) {
    /// if let Err(error) = migrations.upgrade(&pool).await {
    ///     match error.rows() {
    ///         Some(rows) => eprintln!("{} at {rows}", error.code()),
    ///         None => eprintln!("{}", error.code()),
    ///     }
    /// }
    /// # }
    /// ```
    pub fn rows(&self) -> Option<&Heads> {
        match self {
            Self::Ahead { at, .. }
            | Self::Plan { at, .. }
            | Self::NoDowngrade { at, .. }
            | Self::NeedsApplication { at, .. }
            | Self::NoSection { at, .. }
            | Self::ForeignKeys { at, .. }
            | Self::Pooler { at, .. }
            | Self::ReadOnly { at, .. }
            | Self::PartialUnknown { at, .. }
            | Self::NothingInDoubt { at }
            | Self::NotAtHead { at, .. }
            | Self::RowsChanged { at, .. }
            | Self::TransactionEnded { at, .. } => Some(at),
            Self::Refused(refusal) => refusal.at.as_ref(),
            Self::Operation(unsupported) => Some(&unsupported.at),
            Self::Statement(failure) => Some(&failure.at),
            Self::Work(failure) => Some(&failure.at),
            Self::Locked { at, .. }
            | Self::LockLost { at }
            | Self::Database { at, .. }
            | Self::Stopped { at } => at.as_ref(),
            Self::Moved { found, .. } => Some(found),
            _ => None,
        }
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
            Self::NeedsApplication { .. } => "needs_application",
            Self::NoSection { .. } => "no_section",
            Self::Refused(_) => "statement_refused",
            Self::Operation(_) => "unsupported_operation",
            Self::Statement(_) => "statement_failed",
            Self::Work(_) => "work_failed",
            Self::ForeignKeys { .. } => "foreign_key_violation",
            Self::Locked { .. } => "locked",
            Self::Database { .. } => "database_error",
            Self::LockLost { .. } => "lock_lost",
            Self::CommitUnknown { .. } => "commit_unknown",
            Self::Pooler { .. } => "pooler",
            Self::UnsupportedEngine { .. } => "unsupported_engine",
            Self::ReadOnly { .. } => "read_only",
            Self::InDoubt { .. } => "in_doubt",
            Self::PartialEdited { .. } => "edited_half_done",
            Self::PartialUnknown { .. } => "half_done_unknown",
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
            Self::Url { .. } | Self::UrlRefused { .. } => "invalid_url",
            Self::NotInitialised => "not_initialised",
            Self::RecordedElsewhere(_) => "recorded_elsewhere",
            Self::ServerTooOld(_) => "server_too_old",
            Self::NoTransactions { .. } => "no_transactions",
            Self::Setting(_) => "setting_in_the_way",
            Self::NameTooLong { .. } => "name_too_long",
        }
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
            Self::Operation(unsupported) => Some(&unsupported.source),
            Self::Statement(failure) => Some(&failure.source),
            Self::Work(failure) => failure.source(),
            Self::Locked { source, .. } => source.as_ref().map(|source| source as _),
            Self::Database { source, .. } | Self::CommitUnknown { source, .. } => Some(source),
            Self::UrlRefused { source, .. } => Some(source),
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
pub(crate) fn said(error: &sqlx::Error) -> String {
    match error.as_database_error() {
        Some(error) => error.message().to_owned(),
        None => match silence::waited(error) {
            Some(waited) => silence::told(waited),
            None => error.to_string(),
        },
    }
}
