//! What a run can be told.

use super::progress::Progress;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How long a run waits for a database that somebody else is writing to, unless told otherwise.
const LOCK_TIMEOUT: Duration = Duration::from_mins(1);

/// How much of a run is undone together when a step fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum TransactionMode {
    /// Each revision in a transaction of its own, with its version rows and its journal row: what came
    /// before a failure stays.
    #[default]
    PerRevision,
    /// All revisions of the run in one transaction: a failure leaves the database as it was.
    PerRun,
}

type Callback = Arc<dyn Fn(&Progress) + Send + Sync>;

/// Settings of a [`Migrator`](super::Migrator).
#[derive(Clone)]
pub(crate) struct Options {
    pub(crate) transaction: TransactionMode,
    pub(crate) lock_timeout: Duration,
    progress: Option<Callback>,
}

impl Default for Options {
    fn default() -> Self {
        Self { transaction: TransactionMode::default(), lock_timeout: LOCK_TIMEOUT, progress: None }
    }
}

impl Options {
    pub(crate) fn set_progress(&mut self, callback: impl Fn(&Progress) + Send + Sync + 'static) {
        self.progress = Some(Arc::new(callback));
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
            .field("lock_timeout", &self.lock_timeout)
            .field("progress", &self.progress.is_some())
            .finish()
    }
}
