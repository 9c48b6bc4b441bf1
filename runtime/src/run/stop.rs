//! Asking a run to stop, and waiting for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Asks runs to stop at their next boundary of a stage, while their futures go on to be awaited: see
/// [`Migrator::stopped_by`](crate::Migrator::stopped_by). Clones ask together.
///
/// Dropping the future of a run stops it too, and then nobody learns where it stopped.
///
/// ```
/// # use servicekit::{Error, Migrations, Report, StopToken, sqlx::SqlitePool};
/// # async fn example(migrations: Migrations, pool: SqlitePool) -> Result<Report, Error> {
/// let stop = StopToken::new();
/// let signal = stop.clone();
/// tokio::spawn(async move {
///     tokio::time::sleep(std::time::Duration::from_secs(60)).await;
///     signal.stop();
/// });
/// // `ErrorKind::Stopped` says where the database is.
/// migrations.migrator().stopped_by(&stop).upgrade(&pool).await
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct StopToken(Arc<AtomicBool>);

impl StopToken {
    /// Asks for nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks every run that it was given to, also one that begins later.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it has asked.
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
