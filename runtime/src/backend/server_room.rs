//! Waiting for a server to have room for another connection.

use crate::backend::driver::Options;
use crate::backend::error_help::connect_error;
use crate::backend::{AnswerLimits, Driver, Timeouts, answer_limits};
use crate::error::{Error, ErrorClass, no_answer};
use sqlx::pool::{PoolConnection, PoolOptions};
use sqlx::{Connection as _, Pool};
use std::future::Future;
use std::time::{Duration, Instant};

/// Opens a pool, as soon as its server has room for a first connection.
pub(crate) async fn open<D: Driver>(
    pool: PoolOptions<D>,
    connect: Options<D>,
    acquire: Option<Duration>,
) -> Result<Pool<D>, Error> {
    let mut room = Room::new(acquire.unwrap_or(Timeouts::default().acquire));
    loop {
        match room.in_time::<D, _>(&connect, pool.clone().connect_with(connect.clone())).await {
            Ok(pool) => return Ok(pool),
            Err(error) => room.wait::<D>(error, &connect, true).await?,
        }
    }
}

/// Takes a connection out of a pool.
pub(crate) async fn acquire<D: Driver>(
    pool: &Pool<D>,
    timeouts: &Timeouts,
) -> Result<PoolConnection<D>, Error> {
    let mut room = Room::new(timeouts.acquire);
    loop {
        match room.in_time::<D, _>(&pool.connect_options(), pool.acquire()).await {
            Ok(connection) => return Ok(connection),
            Err(error) => {
                let has_room = pool.size() < pool.options().get_max_connections();
                room.wait::<D>(error, &pool.connect_options(), has_room).await?;
            }
        }
    }
}

/// Takes the answers to what a dropped future has asked: sqlx gives an error among them to whoever asks next.
/// Where there are none, this sends nothing.
pub(crate) async fn drain_replies(
    connection: &mut impl sqlx::Connection,
    timeouts: &Timeouts,
) -> Result<(), Error> {
    let drained = async {
        while let Err(sqlx::Error::Database(error)) = connection.flush().await {
            tracing::debug!(%error, "of a statement that was dropped");
        }
        Ok(())
    };
    AnswerLimits::new(timeouts).answered(drained).await.map_err(connect_error)
}

/// Waiting for a server to have room for another connection. A pool does so too, for a time of its own, on
/// PostgreSQL only.
struct Room {
    acquire: Duration,
    began: Instant,
    /// Whether a pool that gave up may do so for a server that was full and is not any more.
    may_be_late: bool,
}

impl Room {
    fn new(acquire: Duration) -> Self {
        Self { acquire, began: Instant::now(), may_be_late: true }
    }

    /// A connection, as soon as there is one; why not, when time is up.
    async fn in_time<D: Driver, T>(
        &self,
        connect: &Options<D>,
        attempt: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, sqlx::Error> {
        let left = self.acquire.saturating_sub(self.began.elapsed()).max(answer_limits::LEAST);
        match tokio::time::timeout(left, attempt).await {
            Ok(result) => result,
            Err(_) => {
                Err(match tokio::time::timeout(answer_limits::LEAST, Box::pin(why_not::<D>(connect))).await {
                    Ok(why) => why.unwrap_or(sqlx::Error::PoolTimedOut),
                    Err(_) => no_answer::error(self.began.elapsed()),
                })
            }
        }
    }

    /// Pauses before another attempt is made, or gives up: for another reason, or because time is up.
    async fn wait<D: Driver>(
        &mut self,
        error: sqlx::Error,
        connect: &Options<D>,
        pool_has_room: bool,
    ) -> Result<(), Error> {
        let error = match error {
            sqlx::Error::PoolTimedOut => {
                let why = tokio::time::timeout(
                    self.acquire.max(answer_limits::LEAST),
                    Box::pin(why_not::<D>(connect)),
                )
                .await;
                why.ok().flatten().unwrap_or(sqlx::Error::PoolTimedOut)
            }
            error => error,
        };
        let is_full = D::engine().class(&error) == ErrorClass::TooManyConnections;
        // A pool that has room gave up because the server had none; there may be some by now.
        let was_full = self.may_be_late && pool_has_room && matches!(error, sqlx::Error::PoolTimedOut);
        let goes_on = is_full || was_full;
        self.may_be_late = is_full;
        let waited = self.began.elapsed();
        if !goes_on || waited >= self.acquire {
            return Err(connect_error(error));
        }
        tracing::info!(?waited, "the server has no room for another connection yet");
        tokio::time::sleep(Duration::from_millis(100)).await;
        Ok(())
    }
}

/// Why there is no connection to be had from the server: a pool says that time is up, and not why.
async fn why_not<D: Driver>(connect: &Options<D>) -> Option<sqlx::Error> {
    match D::Connection::connect_with(connect).await {
        Ok(connection) => {
            // Nothing hangs on how it is closed.
            let _ = connection.close().await;
            None
        }
        Err(error) => Some(error),
    }
}
