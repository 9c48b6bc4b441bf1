//! Every kind of error, and the name that programs know it by.

use crate::database::UrlError;
use crate::error::database::DatabaseError;
use crate::error::foreign_keys::ForeignKeyViolation;
use crate::error::lock_holder::LockHolder;
use crate::error::name_limit::NameLimit;
use crate::error::old_server::OldServer;
use crate::error::partial::PartialStage;
use crate::error::read_only::ReadOnlyCause;
use crate::error::recorded_elsewhere::RecordedElsewhere;
use crate::error::refused::RefusedStatement;
use crate::error::setting::SettingInTheWay;
use crate::error::statement::StatementError;
use crate::error::unsupported_operation::UnsupportedOperation;
use crate::error::work::WorkError;
use servicekit_chain::{Dialect, Direction, Heads, PlanError, RevisionId};
use std::time::Duration;

/// What went wrong in a run: see [`Error::kind`](super::Error::kind).
///
/// Further kinds and fields may come, so a `match` needs an arm for all others.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The database has revisions that this binary does not contain.
    #[non_exhaustive]
    Ahead {
        /// Those that are unknown here, with what the journal says of them.
        unknown: Vec<UnknownRevision>,
        /// The folder that was compiled in.
        folder: &'static str,
    },
    /// A target that cannot be read.
    Target(servicekit_chain::TargetError),
    /// There is no way from where the database is to the target.
    #[non_exhaustive]
    Plan {
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
        /// Which side of it is due.
        direction: Direction,
    },
    /// The revision has sections for other databases only.
    #[non_exhaustive]
    NoSection {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        path: &'static str,
        /// Which side has none.
        direction: Direction,
        /// The database at hand.
        dialect: Dialect,
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
    /// A table of SQLite was rebuilt, with foreign keys off, and rows refer to what does not exist that did not before.
    #[non_exhaustive]
    ForeignKeys {
        /// The revision; `None` for the run.
        revision: Option<RevisionId>,
        /// The rows.
        violations: Vec<ForeignKeyViolation>,
    },
    /// Another session held the database for longer than the acquire timeout.
    #[non_exhaustive]
    Locked {
        /// How long the run waited.
        waited: Duration,
        /// Who holds it, where it is another run and the server tells.
        holder: Option<Box<LockHolder>>,
        /// What the database said, where it is no other run.
        source: Option<sqlx::Error>,
    },
    /// The lock of the run is not held any more, so another session may be at work.
    LockLost,
    /// The connection was lost while a transaction was committed, so nobody said whether it was.
    #[non_exhaustive]
    CommitUnknown {
        /// The revision; `None` for the run.
        revision: Option<RevisionId>,
        /// What happened to the connection.
        source: sqlx::Error,
    },
    /// A stage outside a transaction is due, and a pooler stands between the run and the server.
    #[non_exhaustive]
    Pooler {
        /// The revision.
        revision: RevisionId,
    },
    /// An engine that has no lock that a run could hold.
    #[non_exhaustive]
    UnsupportedEngine {
        /// Its name.
        engine: &'static str,
    },
    /// The database says that nothing is to be written, and something is pending.
    #[non_exhaustive]
    ReadOnly {
        /// How it says so.
        cause: ReadOnlyCause,
    },
    /// A stage that an earlier run has begun may or may not have been done, and the database does not tell.
    #[non_exhaustive]
    InDoubt {
        /// The stage.
        step: Box<PartialStage>,
        /// The file of the revision.
        path: &'static str,
        /// The statement; empty when it is not in the file any more.
        statement: String,
        /// What was found.
        found: String,
    },
    /// A revision is partially applied, and a stage that was done says something else now.
    #[non_exhaustive]
    PartialEdited {
        /// The stage.
        step: Box<PartialStage>,
        /// The file of the revision.
        path: &'static str,
    },
    /// A revision is partially applied that this binary does not contain.
    #[non_exhaustive]
    PartialUnknown {
        /// The revision.
        revision: String,
        /// Applied or reverted.
        direction: Direction,
        /// The application that began it, if the journal has it.
        application: Option<String>,
        /// The folder that was compiled in.
        folder: &'static str,
    },
    /// A resolution was given, and there is no step that one could be about.
    NothingInDoubt,
    /// The database is not at head, and the policy is not to apply anything.
    #[non_exhaustive]
    NotAtHead {
        /// How long it was waited for, with [`PendingPolicy::WaitForHead`](crate::PendingPolicy::WaitForHead).
        waited: Option<Duration>,
        /// What is pending.
        pending: Vec<RevisionId>,
    },
    /// The database refused something that is not part of a revision.
    Database(Box<DatabaseError>),
    /// The version table is not one.
    #[non_exhaustive]
    CorruptVersionTable {
        /// Its name.
        table: String,
        /// What is wrong with it.
        reason: String,
    },
    /// After a stage the version rows were not what they should be: the revision itself, or a trigger, writes
    /// to the version table.
    #[non_exhaustive]
    RowsChanged {
        /// The revision; `None` for a stamp.
        revision: Option<RevisionId>,
        /// What they should be.
        expected: Heads,
        /// What they were.
        found: Heads,
    },
    /// A revision ended the transaction that it ran in, by a way that was not seen beforehand.
    #[non_exhaustive]
    TransactionEnded {
        /// The revision; `None` for the run.
        revision: Option<RevisionId>,
    },
    /// Another process moved the database while this run was under way to a relative target, as `+2`; no other target ends
    /// so.
    #[non_exhaustive]
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
    #[non_exhaustive]
    Stale {
        /// The folder.
        folder: &'static str,
        /// Files on disk that were not compiled in.
        added: Vec<String>,
        /// Files that were compiled in and are no longer on disk.
        removed: Vec<String>,
    },
    /// The run was told to stop, or its runtime was shut down.
    Stopped,
    /// A URL that names no database that can be opened.
    #[non_exhaustive]
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
    #[non_exhaustive]
    UrlRefused {
        /// What stands before the `:`.
        scheme: String,
        /// What is wrong.
        source: UrlError,
    },
    /// The server is older than a run needs.
    ServerTooOld(Box<OldServer>),
    /// The version table or the journal is of a storage engine of MySQL that cannot undo what it has written.
    #[non_exhaustive]
    NoTransactions {
        /// The table.
        table: String,
        /// Its storage engine.
        engine: String,
    },
    /// A setting of the session is in the way.
    Setting(SettingInTheWay),
    /// A name of the settings is longer than the database keeps, which would cut it or refuse it.
    #[non_exhaustive]
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
            Self::NotInitialised => "not_initialised",
            Self::RecordedElsewhere(_) => "recorded_elsewhere",
            Self::ServerTooOld(_) => "server_too_old",
            Self::NoTransactions { .. } => "no_transactions",
            Self::Setting(_) => "setting_in_the_way",
            Self::NameTooLong { .. } => "name_too_long",
        }
    }
}
