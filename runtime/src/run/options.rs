//! Options of a run.

use crate::backend::tables::VersionTableSchema;
use crate::backend::timeouts::Timeouts;
use crate::progress::Progress;
use crate::run::stop::StopToken;
use std::fmt;
use std::sync::Arc;

/// How much of a run is rolled back together when a step fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum TransactionMode {
    /// Each revision in its own transaction, with its version rows and its journal row: revisions before a failure
    /// stay.
    #[default]
    PerRevision,
    /// All revisions of the run in one transaction: a failure leaves the database unchanged.
    ///
    /// A stage outside a transaction commits this transaction before it and starts another one after it. On MySQL and
    /// MariaDB that applies to every revision with DDL.
    PerRun,
}

/// What a start does with pending revisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum PendingPolicy {
    /// Applies them.
    #[default]
    Apply,
    /// Waits until another process has applied them, up to the acquire timeout: for replicas, if a separate job
    /// migrates.
    WaitForHead,
    /// Fails: for a deployment that must apply them first.
    FailIfPending,
    /// Does not read the database.
    Skip,
}

/// What a start does if the database has revisions that this binary does not contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum AheadPolicy {
    /// Fails.
    #[default]
    Fail,
    /// Warns, and leaves the database unchanged: for an old version that runs during the rollout of a newer one.
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
