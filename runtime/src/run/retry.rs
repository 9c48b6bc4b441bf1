//! Waiting for a database that another session holds, and giving up.

use crate::backend::Engine;
use crate::error::{Error, ErrorKind, LockHolder};
use crate::progress::Progress;
use crate::run::{Options, StopToken};
use servicekit_chain::Heads;
use std::time::{Duration, Instant};

/// How often a log says that a run still waits.
const LOG_EVERY: Duration = Duration::from_secs(5);

/// A request from outside: stop before the next revision.
#[derive(Debug, Clone, Default)]
pub(crate) struct StopFlag {
    /// Of this run alone.
    own: StopToken,
    /// Given by whoever asked for the run.
    given: StopToken,
}

impl StopFlag {
    pub(crate) fn new(options: &Options) -> Self {
        Self { own: StopToken::new(), given: options.stop.clone() }
    }

    pub(crate) fn stop(&self) {
        self.own.stop();
    }

    pub(crate) fn is_set(&self) -> bool {
        self.own.is_stopped() || self.given.is_stopped()
    }
}

/// What is in the way.
#[derive(Debug)]
pub(crate) enum Blocker {
    /// The database reported it.
    Said(sqlx::Error),
    /// Another run, as far as the database tells about it.
    Run(Option<Box<LockHolder>>),
}

/// What is left of a run's readiness to wait for one thing.
#[derive(Debug)]
pub(crate) struct RetryDeadline {
    options: Options,
    stop: StopFlag,
    /// The first and the longest.
    pauses: (Duration, Duration),
    /// Where the database is, when that is known.
    rows: Option<Heads>,
    since: Option<Instant>,
    next_pause: Duration,
    logged: Option<Instant>,
}

impl RetryDeadline {
    /// The wait begins at the first pause, unless [`begin`](Self::begin) is called before.
    pub(crate) fn new(options: &Options, stop: &StopFlag, engine: &dyn Engine, rows: Option<&Heads>) -> Self {
        let pauses = engine.retry_pauses();
        Self {
            options: options.clone(),
            stop: stop.clone(),
            pauses,
            rows: rows.cloned(),
            since: None,
            next_pause: pauses.0,
            logged: None,
        }
    }

    /// A wait begins now: what was done before does not count.
    pub(crate) fn begin(&mut self) {
        self.since = Some(Instant::now());
        self.next_pause = self.pauses.0;
    }

    /// Pauses before the next attempt when an error only says that something is held by another session; any other is given
    /// back.
    pub(crate) async fn pause_if_busy(&mut self, error: Error) -> Result<(), Error> {
        let source = error.busy()?;
        self.pause(Blocker::Said(source)).await
    }

    /// Pauses before the next attempt, or gives up when the acquire timeout has passed.
    pub(crate) async fn pause(&mut self, obstacle: Blocker) -> Result<(), Error> {
        self.check_stop()?;
        let waited = self.since.get_or_insert_with(Instant::now).elapsed();
        if waited >= self.options.timeouts.acquire {
            let (holder, source) = match obstacle {
                Blocker::Said(source) => (None, Some(source)),
                Blocker::Run(holder) => (holder, None),
            };
            return Err(self.here(ErrorKind::Locked { waited, holder, source }));
        }
        let holder = if let Blocker::Run(holder) = &obstacle { holder.as_deref() } else { None };
        self.log(waited, holder);
        self.options.report(|| Progress::Waiting { waited, holder: holder.cloned() });
        let left = self.options.timeouts.acquire.saturating_sub(waited);
        let pause = self.next_pause;
        self.next_pause = (pause * 3 / 2).min(self.pauses.1);
        // Those who began together should not ask together for ever.
        tokio::time::sleep(left.min(pause.mul_f64(0.75 + jitter() / 2.0))).await;
        Ok(())
    }

    fn log(&mut self, waited: Duration, holder: Option<&LockHolder>) {
        let Some(holder) = holder else { return };
        if self.logged.is_none_or(|logged| logged.elapsed() >= LOG_EVERY) {
            self.logged = Some(Instant::now());
            tracing::info!(?waited, "waiting for another run: {holder}");
        }
    }

    /// An error when nobody wants the run to go on.
    pub(crate) fn check_stop(&self) -> Result<(), Error> {
        if self.stop.is_set() { Err(self.here(ErrorKind::Stopped)) } else { Ok(()) }
    }

    fn here(&self, kind: ErrorKind) -> Error {
        let error = Error::from(kind);
        match &self.rows {
            Some(rows) => error.at(rows),
            None => error,
        }
    }
}

/// A number from 0 to 1 that differs from process to process and from moment to moment.
fn jitter() -> f64 {
    let [.., last] = ulid::Ulid::generate().to_bytes();
    f64::from(last) / f64::from(u8::MAX)
}
