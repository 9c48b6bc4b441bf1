//! Every kind of error, and its stable name.

use crate::database::UrlError;
use crate::error::{
    DatabaseError, ForeignKeyViolation, LockHolder, NameLimit, OldServer, PartialStage, ReadOnlyCause,
    RecordedElsewhere, RefusedStatement, SettingInTheWay, StatementError, UnsupportedOperation, WorkError,
};
#[cfg(feature = "introspection")]
use crate::error::{IntrospectionError, ScratchError};
use servicekit_chain::diagnostic::Diagnostic;
use servicekit_chain::{Dialect, Direction, Heads, PlanError, RevisionId};
use std::time::Duration;

/// The kind of an [`Error`](super::Error::kind).
///
/// New kinds and fields can be added, so a `match` needs a wildcard arm.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The database has revisions that this binary does not contain.
    #[non_exhaustive]
    Ahead {
        /// The unknown revisions, with their data in the journal.
        unknown: Vec<UnknownRevision>,
        /// The embedded folder.
        folder: &'static str,
    },
    /// A target that cannot be parsed.
    Target(servicekit_chain::TargetError),
    /// The target cannot be reached from the current state of the database.
    #[non_exhaustive]
    Plan {
        /// The reason.
        source: PlanError,
        /// The embedded folder.
        folder: &'static str,
    },
    /// The embedded revisions do not form a graph; the macro never makes such a list.
    Chain(Vec<servicekit_chain::GraphError>),
    /// An embedded file cannot be read as a revision; the macro never embeds such a file.
    File(Vec<Diagnostic>),
    /// A revision to revert has no downgrade.
    #[non_exhaustive]
    NoDowngrade {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        path: &'static str,
    },
    /// The revision is a `.rs` file, and the history was read from a folder: see
    /// [`Migrations::from_folder`](crate::Migrations::from_folder).
    #[non_exhaustive]
    NeedsApplication {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        path: &'static str,
        /// Upgrade or downgrade.
        direction: Direction,
    },
    /// The revision only has sections for other databases.
    #[non_exhaustive]
    NoSection {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        path: &'static str,
        /// Upgrade or downgrade.
        direction: Direction,
        /// The kind of the database.
        dialect: Dialect,
    },
    /// A statement that is not allowed in a revision. All of these are found before anything runs, except a `DROP
    /// TABLE` that would delete rows of another table.
    Refused(Box<RefusedStatement>),
    /// An operation of a `.rs` revision that this database does not support, usually found before anything runs; or a
    /// SQLite table that cannot be rebuilt.
    Operation(Box<UnsupportedOperation>),
    /// A statement of a revision failed.
    Statement(Box<StatementError>),
    /// Custom work of a revision failed.
    Work(Box<WorkError>),
    /// A SQLite table was rebuilt with foreign keys off, and new rows violate a foreign key.
    #[non_exhaustive]
    ForeignKeys {
        /// The revision; `None` for the run.
        revision: Option<RevisionId>,
        /// The rows.
        violations: Vec<ForeignKeyViolation>,
    },
    /// The schema of the database could not be read.
    #[cfg(feature = "introspection")]
    Introspection(IntrospectionError),
    /// The database for a replay is not used, or was not left as it was found.
    #[cfg(feature = "introspection")]
    Scratch(ScratchError),
    /// Another session held the database for longer than the acquire timeout.
    #[non_exhaustive]
    Locked {
        /// How long the run waited.
        waited: Duration,
        /// The holder, if it is another run and the server reports it.
        holder: Option<Box<LockHolder>>,
        /// The error of the database, if the holder is not another run.
        source: Option<sqlx::Error>,
    },
    /// The run has lost its lock, so another session can be active.
    LockLost,
    /// The connection was lost during a commit, so it is unknown whether the transaction was committed.
    #[non_exhaustive]
    CommitUnknown {
        /// The revision; `None` for the run.
        revision: Option<RevisionId>,
        /// The error of the connection.
        source: sqlx::Error,
    },
    /// A stage outside a transaction must run, and there is a pooler between the run and the server.
    #[non_exhaustive]
    Pooler {
        /// The revision.
        revision: RevisionId,
    },
    /// A product without a lock that a run could hold.
    #[non_exhaustive]
    UnsupportedEngine {
        /// Its name.
        engine: &'static str,
    },
    /// The database is read-only, and revisions are pending.
    #[non_exhaustive]
    ReadOnly {
        /// The cause.
        cause: ReadOnlyCause,
    },
    /// A stage of an earlier run is in doubt.
    #[non_exhaustive]
    InDoubt {
        /// The stage.
        stage: Box<PartialStage>,
        /// The file of the revision.
        path: &'static str,
        /// The statement; empty if it is not in the file any more.
        statement: String,
        /// What was found.
        found: String,
    },
    /// A revision is partially applied, and a stage that is done was edited.
    #[non_exhaustive]
    PartialEdited {
        /// The stage.
        stage: Box<PartialStage>,
        /// The file of the revision.
        path: &'static str,
    },
    /// The partially applied revision is not in this binary.
    #[non_exhaustive]
    PartialUnknown {
        /// The revision.
        revision: String,
        /// Applied or reverted.
        direction: Direction,
        /// The application that started it, if the journal has it.
        application: Option<String>,
        /// The embedded folder.
        folder: &'static str,
    },
    /// A stage was to be resolved, but none is in doubt.
    NothingInDoubt,
    /// The database is not at head, and the policy does not apply revisions.
    #[non_exhaustive]
    NotAtHead {
        /// How long the run waited, with [`PendingPolicy::WaitForHead`](crate::options::PendingPolicy::WaitForHead).
        waited: Option<Duration>,
        /// The pending revisions.
        pending: Vec<RevisionId>,
    },
    /// The database returned an error for something that is not part of a revision.
    Database(Box<DatabaseError>),
    /// The version table is not valid.
    #[non_exhaustive]
    CorruptVersionTable {
        /// Its name.
        table: String,
        /// The reason.
        reason: String,
    },
    /// After a stage, the version rows were not the expected ones: the revision itself, or a trigger, writes to the
    /// version table.
    #[non_exhaustive]
    RowsChanged {
        /// The revision; `None` for a stamp.
        revision: Option<RevisionId>,
        /// The expected rows.
        expected: Heads,
        /// The actual rows.
        found: Heads,
    },
    /// A revision ended its transaction in a way that was not detected beforehand.
    #[non_exhaustive]
    TransactionEnded {
        /// The revision; `None` for the run.
        revision: Option<RevisionId>,
    },
    /// Another process changed the version rows during a run with a relative target, such as `+2`; other targets
    /// never cause this error.
    #[non_exhaustive]
    Moved {
        /// The version rows that this run left.
        expected: Heads,
        /// The version rows now.
        found: Heads,
    },
    /// The connection that you passed is inside a transaction.
    InTransaction,
    /// Each connection of the pool has its own database in memory, and one of them was migrated.
    PrivateDatabase,
    /// The folder on disk differs from the embedded one.
    #[non_exhaustive]
    Stale {
        /// The folder.
        folder: &'static str,
        /// Files on disk that are not embedded.
        added: Vec<String>,
        /// Embedded files that are no longer on disk.
        removed: Vec<String>,
    },
    /// The run was stopped, or its runtime was shut down.
    Stopped,
    /// A URL that names no database that can be opened.
    #[non_exhaustive]
    Url {
        /// The part before the `:`.
        scheme: String,
        /// The reason.
        reason: String,
    },
    /// A SQLite file could not be put into WAL mode, as
    /// [`with_wal`](crate::database::DatabaseBuilder#method.with_wal) asks.
    #[cfg(feature = "sqlite")]
    #[non_exhaustive]
    JournalMode {
        /// The file.
        file: std::path::PathBuf,
        /// The mode that it keeps; `None` if other programs use the file.
        mode: Option<String>,
        /// The error of SQLite, if other programs use the file.
        source: Option<sqlx::Error>,
    },
    /// A database was used before [`Database::init`](crate::Database::init), or after its `dispose`.
    NotInitialised,
    /// There are no version rows in the schema of this run, but another schema has rows of this history, for example
    /// after a change of the `search_path`. Not reported if the settings select the schema.
    RecordedElsewhere(Box<RecordedElsewhere>),
    /// A URL with a part that would have no effect.
    #[non_exhaustive]
    UrlRefused {
        /// The part before the `:`.
        scheme: String,
        /// The reason.
        source: UrlError,
    },
    /// The server is older than a run needs.
    ServerTooOld(Box<OldServer>),
    /// The version table or the journal has a MySQL storage engine without transactions.
    #[non_exhaustive]
    NoTransactions {
        /// The table.
        table: String,
        /// Its storage engine.
        engine: String,
    },
    /// A setting of the session prevents the run.
    Setting(SettingInTheWay),
    /// A configured name is longer than the database allows.
    #[non_exhaustive]
    NameTooLong {
        /// The setting, for example `version_table`.
        setting: &'static str,
        /// The name.
        name: String,
        /// The maximum length.
        limit: NameLimit,
        /// The database.
        dialect: Dialect,
    },
}

/// A version row that the binary does not contain.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownRevision {
    /// Its id.
    pub revision: RevisionId,
    /// When it was applied, in UTC, by the clock of the database, if the journal has it.
    pub applied_at: Option<String>,
    /// The application that applied it, if the journal has it.
    pub application: Option<String>,
}

impl ErrorKind {
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
            Self::Database(_) => "database_error",
            Self::LockLost => "lock_lost",
            Self::CommitUnknown { .. } => "commit_unknown",
            Self::Pooler { .. } => "pooler",
            Self::UnsupportedEngine { .. } => "unsupported_engine",
            Self::ReadOnly { .. } => "read_only",
            Self::InDoubt { .. } => "in_doubt",
            Self::PartialEdited { .. } => "partial_revision_edited",
            Self::PartialUnknown { .. } => "partial_revision_unknown",
            Self::NothingInDoubt => "nothing_in_doubt",
            Self::NotAtHead { .. } => "not_at_head",
            Self::CorruptVersionTable { .. } => "corrupt_version_table",
            Self::RowsChanged { .. } => "version_rows_changed",
            Self::TransactionEnded { .. } => "transaction_ended",
            Self::Moved { .. } => "moved_by_another",
            Self::InTransaction => "in_transaction",
            Self::PrivateDatabase => "private_database",
            Self::Stale { .. } => "stale_binary",
            Self::Stopped => "stopped",
            Self::Url { .. } | Self::UrlRefused { .. } => "invalid_url",
            #[cfg(feature = "sqlite")]
            Self::JournalMode { .. } => "journal_mode",
            Self::NotInitialised => "not_initialised",
            Self::RecordedElsewhere(_) => "recorded_elsewhere",
            Self::ServerTooOld(_) => "server_too_old",
            Self::NoTransactions { .. } => "no_transactions",
            Self::Setting(_) => "setting_in_the_way",
            Self::NameTooLong { .. } => "name_too_long",
            #[cfg(feature = "introspection")]
            Self::Introspection(_) => "introspection_failed",
            #[cfg(feature = "introspection")]
            Self::Scratch(_) => "scratch_database",
        }
    }
}
