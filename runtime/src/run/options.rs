//! Options of a run.

use crate::backend::{Timeouts, VersionTableSchema};
use crate::confine::Confinement;
use crate::progress::Progress;
use crate::run::StopToken;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How much of a run is rolled back together when a step fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum TransactionMode {
    /// Each revision as a whole or not at all, with its version rows and its journal row: revisions before a failure
    /// stay. Each is a transaction of its own; on SQLite, several can share a commit: see
    /// [`Migrator::commit_after`](crate::Migrator::commit_after).
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

/// What is told of the progress of a run.
#[derive(Clone)]
pub(crate) struct Callback(pub(crate) Arc<dyn Fn(&Progress) + Send + Sync>);

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Callback")
    }
}

/// How long revisions share a commit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CommitAfter(pub(crate) Duration);

impl Default for CommitAfter {
    fn default() -> Self {
        // Longer than some commits take, and shorter than other writers notice, who wait meanwhile.
        Self(Duration::from_millis(100))
    }
}

/// Settings of a [`Migrator`](crate::Migrator).
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    pub(crate) transaction: TransactionMode,
    pub(crate) commit_after: CommitAfter,
    pub(crate) policy: PendingPolicy,
    pub(crate) when_ahead: AheadPolicy,
    pub(crate) timeouts: Timeouts,
    pub(crate) stop: StopToken,
    pub(crate) progress: Option<Callback>,
    /// Which schema holds the tables; as the configuration says unless set otherwise.
    pub(crate) schema: Option<VersionTableSchema>,
    /// Whether nobody looks for applied revisions that were edited: that reads the whole history in each run.
    pub(crate) ignores_edits: bool,
    /// Whether it is a replay, which may touch nothing but its own database.
    pub(crate) confinement: Option<Confinement>,
}

impl Options {
    /// Tells of the progress, which costs nothing where nobody listens.
    pub(crate) fn report(&self, progress: impl FnOnce() -> Progress) {
        if let Some(Callback(callback)) = &self.progress {
            callback(&progress());
        }
    }
}
