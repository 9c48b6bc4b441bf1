//! A token that stops runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Stops runs before their next stage: see [`Migrator::stopped_by`](crate::Migrator::stopped_by). Clones share the
/// state.
///
/// Dropping the future of a run stops it too, but then you do not learn where it stopped.
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
    /// A token that is not set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops all runs with this token, also later ones.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the token is set.
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
