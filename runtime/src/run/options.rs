//! What a run can be told.

use crate::progress::Progress;
use crate::run::stop::StopToken;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How long a run waits for a database that somebody else holds, unless told otherwise.
const ACQUIRE_TIMEOUT: Duration = Duration::from_mins(1);

/// How long a statement waits for a lock of a table before its step is undone and tried again: all that time others
/// who want the table wait behind it.
const LOCK_TIMEOUT: Duration = Duration::from_secs(1);

/// How long a concurrent build of an index may take, which nobody waits for.
const BUILD_TIMEOUT: Duration = Duration::from_hours(12);

/// How much of a run is undone together when a step fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum TransactionMode {
    /// Each revision in a transaction of its own, with its version rows and its journal row: what came
    /// before a failure stays.
    #[default]
    PerRevision,
    /// All revisions of the run in one transaction: a failure leaves the database as it was.
    ///
    /// A revision with a step outside a transaction ends that transaction before it and begins another after it:
    /// on MySQL and MariaDB that is every revision with DDL.
    PerRun,
}

/// What a start does about revisions that are pending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum PendingPolicy {
    /// Applies them.
    #[default]
    Apply,
    /// Waits until somebody else has applied them, for as long as the lock timeout: for replicas that may not, where
    /// one job does it for all.
    WaitForHead,
    /// Fails: for a deployment that must have applied them before.
    FailIfPending,
    /// Does not look at the database at all.
    Skip,
}

/// What a start does when the database has revisions that this binary does not contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum AheadPolicy {
    /// Fails.
    #[default]
    Fail,
    /// Warns, and leaves the database as it is: for an old version that still runs, or runs again, while a newer one
    /// is rolled out.
    Warn,
}

/// Which schema holds the version table and the journal, for a run that knows better than the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VersionTableSchema {
    /// The one that the session is in, whatever other schemas hold: a schema per tenant, each with a history of its own. On
    /// MySQL and SQLite, which are never searched for another, it is as without it.
    Current,
    /// This one; on MySQL a database, on SQLite an attached file.
    Named(String),
}

type Callback = Arc<dyn Fn(&Progress) + Send + Sync>;

/// Settings of a [`Migrator`](crate::run::migrator::Migrator).
#[derive(Clone)]
pub(crate) struct Options {
    pub(crate) transaction: TransactionMode,
    pub(crate) policy: PendingPolicy,
    pub(crate) when_ahead: AheadPolicy,
    pub(crate) acquire_timeout: Duration,
    pub(crate) lock_timeout: Duration,
    pub(crate) statement_timeout: Option<Duration>,
    pub(crate) concurrent_index_timeout: Duration,
    pub(crate) stop: StopToken,
    progress: Option<Callback>,
    /// Which schema holds the tables; as the configuration says unless told otherwise.
    pub(crate) schema: Option<VersionTableSchema>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            transaction: TransactionMode::default(),
            policy: PendingPolicy::default(),
            when_ahead: AheadPolicy::default(),
            acquire_timeout: ACQUIRE_TIMEOUT,
            lock_timeout: LOCK_TIMEOUT,
            statement_timeout: None,
            concurrent_index_timeout: BUILD_TIMEOUT,
            stop: StopToken::new(),
            progress: None,
            schema: None,
        }
    }
}

impl Options {
    pub(crate) fn set_progress(&mut self, callback: impl Fn(&Progress) + Send + Sync + 'static) {
        self.progress = Some(Arc::new(callback));
    }

    /// For what costs something to say.
    pub(crate) fn report_with(&self, progress: impl FnOnce() -> Progress) {
        if let Some(callback) = &self.progress {
            callback(&progress());
        }
    }

    pub(crate) fn report(&self, progress: &Progress) {
        if let Some(callback) = &self.progress {
            callback(progress);
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("transaction", &self.transaction)
            .field("policy", &self.policy)
            .field("when_ahead", &self.when_ahead)
            .field("acquire_timeout", &self.acquire_timeout)
            .field("lock_timeout", &self.lock_timeout)
            .field("statement_timeout", &self.statement_timeout)
            .field("concurrent_index_timeout", &self.concurrent_index_timeout)
            .field("stop", &self.stop)
            .field("progress", &self.progress.is_some())
            .field("schema", &self.schema)
            .finish()
    }
}
