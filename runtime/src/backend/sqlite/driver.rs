//! SQLite's driver: there is no server, and another connection may be another database.

use crate::backend::error_help::open_error;
use crate::backend::sqlite::{Sqlite, file, locate};
use crate::backend::{Driver, Engine, Held, SendError, Timeouts};
use crate::error::Error;
use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection, SqlitePool};
use std::future::Future as _;
use std::ops::Range;
use std::pin::pin;
use std::task::{Context, Waker};

impl Driver for sqlx::Sqlite {
    const IS_SERVER: bool = false;

    fn engine() -> &'static dyn Engine {
        &Sqlite
    }

    async fn acquire(pool: &SqlitePool, _: &Timeouts) -> Result<PoolConnection<Self>, Error> {
        pool.acquire().await.map_err(|error| open_error(error, &pool.connect_options()))
    }

    async fn own(mut connection: PoolConnection<Self>, timeouts: &Timeouts) -> Result<Held<Self>, Error> {
        if !file::is_file(&mut connection).await? {
            return Ok(Held::Pooled(connection));
        }
        let mut connection = connection.detach();
        file::set_busy_timeout(&mut connection, file::busy_timeout(timeouts)).await?;
        Ok(Held::Own(connection))
    }

    async fn borrow(_: &mut SqliteConnection, _: &Timeouts) -> Result<(), Error> {
        Ok(())
    }

    async fn is_seen(pool: &SqlitePool, connection: &mut SqliteConnection) -> bool {
        let is_alone = pool.options().get_max_connections() == 1;
        // Where that cannot be found out, the run is still a good one.
        is_alone || file::is_shared(connection, &pool.connect_options()).await.unwrap_or(true)
    }

    async fn close(connection: SqliteConnection, _: &Timeouts) -> Result<(), sqlx::Error> {
        connection.close().await
    }

    fn is_in_transaction(_: &SqliteConnection) -> bool {
        // SQLite refuses to begin another one, and sqlx counts one that is being rolled back for a while.
        false
    }

    async fn part(connection: &mut SqliteConnection, sql: &str, error: &SendError) -> Option<Range<usize>> {
        locate::part(connection, sql, &error.source).await
    }

    fn abandon(connection: &mut SqliteConnection, last_words: &'static str, rest: &[String]) {
        let mut context = Context::from_waker(Waker::noop());
        // Asked for once is enough: the thread of the connection carries out what it was sent, in order.
        for text in std::iter::once(last_words.to_owned()).chain(rest.iter().cloned()) {
            let asked = pin!(sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut *connection));
            let _ = asked.poll(&mut context);
        }
    }
}
