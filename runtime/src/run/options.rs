//! What a run can be told.

use crate::backend::tables::VersionTableSchema;
use crate::backend::timeouts::Timeouts;
use crate::progress::Progress;
use crate::run::stop::StopToken;
use std::fmt;
use std::sync::Arc;

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
    /// A revision with a stage outside a transaction ends that transaction before it and begins another after it:
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
    /// Waits until another process has applied them, for as long as the acquire timeout: for replicas that may not, where
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

type Callback = Arc<dyn Fn(&Progress) + Send + Sync>;

/// Settings of a [`Migrator`](crate::Migrator).
#[derive(Clone)]
pub(crate) struct Options {
    pub(crate) transaction: TransactionMode,
    pub(crate) policy: PendingPolicy,
    pub(crate) when_ahead: AheadPolicy,
    pub(crate) timeouts: Timeouts,
    pub(crate) stop: StopToken,
    progress: Option<Callback>,
    /// Which schema holds the tables; as the configuration says unless set otherwise.
    pub(crate) schema: Option<VersionTableSchema>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            transaction: TransactionMode::default(),
            policy: PendingPolicy::default(),
            when_ahead: AheadPolicy::default(),
            timeouts: Timeouts::default(),
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
            .field("timeouts", &self.timeouts)
            .field("stop", &self.stop)
            .field("progress", &self.progress.is_some())
            .field("schema", &self.schema)
            .finish()
    }
}
