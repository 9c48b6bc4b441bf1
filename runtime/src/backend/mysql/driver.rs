//! The driver of MySQL and MariaDB.

use crate::backend::mysql::{MySql, locate};
use crate::backend::{AnswerLimits, Driver, Engine, Held, SendError, Timeouts, database_error, server_room};
use crate::error::{Error, Phase};
use sqlx::pool::PoolConnection;
use sqlx::{Connection as _, MySqlConnection, MySqlPool};
use sqlx_core::transaction::TransactionManager as _;
use std::future::Future as _;
use std::ops::Range;
use std::pin::pin;
use std::task::{Context, Waker};

/// How sqlx begins and ends transactions that it knows of.
pub(crate) type Transactions = <sqlx::MySql as sqlx::Database>::TransactionManager;

impl Driver for sqlx::MySql {
    const TRACKS_TRANSACTIONS: bool = true;

    fn engine() -> &'static dyn Engine {
        &MySql
    }

    async fn acquire(pool: &MySqlPool, timeouts: &Timeouts) -> Result<PoolConnection<Self>, Error> {
        server_room::acquire(pool, timeouts).await
    }

    async fn own(connection: PoolConnection<Self>, timeouts: &Timeouts) -> Result<Held<Self>, Error> {
        let mut connection = connection.detach();
        // Ends the transaction that the question for the version rows has begun, where the hooks of a pool have turned
        // off that statements commit by themselves.
        let set = sqlx::raw_sql("SET SESSION autocommit = 1").execute(&mut connection);
        let set = AnswerLimits::new(timeouts).answered(set).await;
        set.map_err(|error| database_error(Phase::Settings, error))?;
        Ok(Held::Own(connection))
    }

    async fn borrow(connection: &mut MySqlConnection, timeouts: &Timeouts) -> Result<(), Error> {
        server_room::drain_replies(connection, timeouts).await
    }

    async fn part(_: &mut MySqlConnection, sql: &str, error: &SendError) -> Option<Range<usize>> {
        locate::part(sql, &error.source)
    }

    fn abandon(connection: &mut MySqlConnection, _: &'static str, _: &[String]) {
        // Only ROLLBACK can be queued here; a lock of the session stays until it is used or closed.
        Transactions::start_rollback(connection);
        let sent = pin!(connection.flush());
        let _ = sent.poll(&mut Context::from_waker(Waker::noop()));
    }
}
