//! PostgreSQL's driver.

use crate::backend::connection::join;
use crate::backend::postgres::{Postgres, locate, pooler};
use crate::backend::{AnswerLimits, Driver, Engine, Held, SendError, Timeouts, server_room};
use crate::error::{Error, error_message};
use servicekit_chain::{Heads, RevisionId};
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, PgPool};
use std::future::Future as _;
use std::ops::Range;
use std::pin::pin;
use std::task::{Context, Waker};

impl Driver for sqlx::Postgres {
    fn engine() -> &'static dyn Engine {
        &Postgres
    }

    async fn acquire(pool: &PgPool, timeouts: &Timeouts) -> Result<PoolConnection<Self>, Error> {
        server_room::acquire(pool, timeouts).await
    }

    async fn own(connection: PoolConnection<Self>, _: &Timeouts) -> Result<Held<Self>, Error> {
        Ok(Held::Own(connection.detach()))
    }

    async fn borrow(connection: &mut PgConnection, timeouts: &Timeouts) -> Result<(), Error> {
        server_room::drain_replies(connection, timeouts).await
    }

    async fn part(_: &mut PgConnection, sql: &str, error: &SendError) -> Option<Range<usize>> {
        locate::part(sql, error.at, &error_message(&error.source))
    }

    fn abandon(connection: &mut PgConnection, last_words: &'static str, rest: &[String]) {
        let text = join(&[&[last_words.to_owned()], rest].concat()).into_owned();
        // Of all that sqlx offers, only this puts a statement into the queue before it waits for anything.
        let queued = pin!(connection.begin_with(AssertSqlSafe(text)));
        let _ = queued.poll(&mut Context::from_waker(Waker::noop()));
    }

    fn startup_options(options: &PgConnectOptions) -> Option<String> {
        options.get_options().map(str::to_owned)
    }

    async fn refuse_pooler(
        options: &PgConnectOptions,
        revision: &RevisionId,
        at: &Heads,
        limits: AnswerLimits,
    ) -> Result<(), Error> {
        pooler::refuse(options, revision, at, limits).await
    }
}
