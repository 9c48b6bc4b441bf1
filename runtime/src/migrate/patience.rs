//! Waiting for a database that somebody else is writing to, and giving up.

use super::error::Error;
use super::options::Options;
use super::progress::Progress;
use servicekit_chain::Heads;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long SQLite itself waits for a lock on a connection that belongs to the run: short, so that a run
/// notices in time that it should stop or that its lock timeout has passed.
const BUSY_TIMEOUT: Duration = Duration::from_millis(200);

/// Told to a run from outside: stop before the next revision.
#[derive(Debug, Clone, Default)]
pub(super) struct StopFlag(Arc<AtomicBool>);

impl StopFlag {
    pub(super) fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What is left of a run's readiness to wait for one thing.
#[derive(Debug)]
pub(super) struct Patience {
    options: Options,
    stop: StopFlag,
    /// Where the database is, when that is known.
    rows: Option<Heads>,
    since: Option<Instant>,
}

impl Patience {
    /// The wait begins at the first pause, unless [`begin`](Self::begin) is called before.
    pub(super) fn new(options: &Options, stop: &StopFlag, rows: Option<&Heads>) -> Self {
        Self { options: options.clone(), stop: stop.clone(), rows: rows.cloned(), since: None }
    }

    /// A wait begins now: what was done before does not count.
    pub(super) fn begin(&mut self) {
        self.since = Some(Instant::now());
    }

    /// Pauses before the next attempt, or gives up when the lock timeout has passed.
    pub(super) async fn pause(&mut self, source: sqlx::Error) -> Result<(), Error> {
        self.check_stop()?;
        let waited = self.since.get_or_insert_with(Instant::now).elapsed();
        if waited >= self.options.lock_timeout {
            return Err(Error::Locked { waited, at: self.rows.clone(), source });
        }
        self.options.report(&Progress::Waiting { waited });
        // The connection's own busy timeout has been waited out already, so a short pause is enough.
        let left = self.options.lock_timeout.saturating_sub(waited);
        tokio::time::sleep(left.min(Duration::from_millis(20))).await;
        Ok(())
    }

    /// An error when nobody wants the run to go on.
    pub(super) fn check_stop(&self) -> Result<(), Error> {
        if self.stop.is_set() { Err(Error::Stopped { at: self.rows.clone() }) } else { Ok(()) }
    }
}

/// The busy timeout of a connection that belongs to a run with this lock timeout.
pub(super) fn busy_timeout(options: &Options) -> Duration {
    options.lock_timeout.min(BUSY_TIMEOUT)
}
