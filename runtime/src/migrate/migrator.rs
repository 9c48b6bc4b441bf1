//! The way in: a history with settings.

use super::access::{Access, Link};
use super::error::Error;
use super::history::History;
use super::options::{Options, TransactionMode};
use super::patience::{self, Patience, StopFlag};
use super::progress::Progress;
use super::report::{Edited, Report};
use super::runner::{Destination, Goal, Runner, read_rows};
use super::sqlite;
use super::stale;
use super::tables::Tables;
use crate::migrations::Migrations;
use servicekit_chain::{Heads, Plan, RevisionId, Target};
use sqlx::pool::PoolConnection;
use sqlx::{Connection as _, Sqlite, SqliteConnection, SqlitePool};
use std::time::{Duration, Instant};
use tracing::Instrument as _;

/// A history with settings for its runs.
///
/// ```no_run
/// # use servicekit::{Migrations, TransactionMode, sqlx::SqlitePool};
/// # use std::time::Duration;
/// # async fn example(migrations: Migrations, pool: SqlitePool) -> Result<(), servicekit::Error> {
/// let report = migrations
///     .migrator()
///     .transaction(TransactionMode::PerRun)
///     .lock_timeout(Duration::from_secs(10))
///     .on_progress(|progress| println!("{progress:?}"))
///     .upgrade(&pool)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Migrator {
    migrations: Migrations,
    options: Options,
}

impl From<Migrations> for Migrator {
    fn from(migrations: Migrations) -> Self {
        Self { migrations, options: Options::default() }
    }
}

impl Migrator {
    /// How much is undone together when a step fails; each revision by itself unless told otherwise.
    pub fn transaction(mut self, mode: TransactionMode) -> Self {
        self.options.transaction = mode;
        self
    }

    /// How long a step waits for a database that somebody else is writing to; 60 seconds unless told
    /// otherwise. The time that the revision itself takes does not count. On SQLite, where a connection is
    /// handed in, its own busy timeout is part of every attempt, so the wait can be longer by that much.
    pub fn lock_timeout(mut self, timeout: Duration) -> Self {
        self.options.lock_timeout = timeout;
        self
    }

    /// Calls back while a run is going on. The call is made from the run, so it should be quick.
    pub fn on_progress(mut self, callback: impl Fn(&Progress) + Send + Sync + 'static) -> Self {
        self.options.set_progress(callback);
        self
    }

    /// The history.
    pub fn migrations(&self) -> Migrations {
        self.migrations
    }

    /// Applies everything that is pending.
    ///
    /// When nothing is, this is one `SELECT` without a transaction and without a write. Otherwise the run lives in
    /// a task of its own when `database` is a pool: dropping the future tells it to stop before the next
    /// revision, and never breaks one in two.
    ///
    /// # Errors
    /// See [`Error`]; what was applied before the error stays, except with
    /// [`TransactionMode::PerRun`].
    pub async fn upgrade<'c>(&self, database: impl Access<'c>) -> Result<Report, Error> {
        self.run(database.link(), Goal::Go(Destination::Up(Target::heads()))).await
    }

    /// Applies what leads to `target`: an id (or the start of one), `head`, `heads`, `+2`, `label@head` and
    /// so on. A target below the current revision is already reached.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn upgrade_to<'c, T>(&self, database: impl Access<'c>, target: T) -> Result<Report, Error>
    where
        T: TryInto<Target>,
        Error: From<T::Error>,
    {
        self.run(database.link(), Goal::Go(Destination::Up(target.try_into()?))).await
    }

    /// Reverts what stands above `target`: an id (or the start of one), `base`, `-1`, `label@base` and so on.
    ///
    /// # Errors
    /// See [`Error`]; a revision without a downgrade is found before anything runs.
    pub async fn downgrade_to<'c, T>(&self, database: impl Access<'c>, target: T) -> Result<Report, Error>
    where
        T: TryInto<Target>,
        Error: From<T::Error>,
    {
        self.run(database.link(), Goal::Go(Destination::Down(target.try_into()?))).await
    }

    /// Writes the version rows of `target` without running anything: for a database that is already there by
    /// other means.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn stamp<'c, T>(&self, database: impl Access<'c>, target: T) -> Result<Report, Error>
    where
        T: TryInto<Target>,
        Error: From<T::Error>,
    {
        self.run(database.link(), Goal::Stamp(target.try_into()?)).await
    }

    /// The version rows as they are, known here or not; never writes.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn current<'c>(&self, database: impl Access<'c>) -> Result<Heads, Error> {
        let mut lease = Lease::take(database.link()).await?;
        let mut patience = Patience::new(&self.options, &StopFlag::default(), None);
        read_rows(lease.connection(), &Tables::of(self.migrations.embedded()), &mut patience).await
    }

    /// The revisions that [`upgrade`](Self::upgrade) would apply, in order; never writes.
    ///
    /// # Errors
    /// When the database cannot be read or is ahead of this binary.
    pub async fn pending<'c>(&self, database: impl Access<'c>) -> Result<Vec<RevisionId>, Error> {
        let plan = self.plan_for(database.link(), Destination::Up(Target::heads())).await?;
        Ok(plan.steps.into_iter().map(|step| step.revision).collect())
    }

    /// What [`upgrade_to`](Self::upgrade_to) would do; never writes.
    ///
    /// # Errors
    /// When the database cannot be read, is ahead of this binary, or the target cannot be reached.
    pub async fn plan<'c, T>(&self, database: impl Access<'c>, target: T) -> Result<Plan, Error>
    where
        T: TryInto<Target>,
        Error: From<T::Error>,
    {
        self.plan_for(database.link(), Destination::Up(target.try_into()?)).await
    }

    /// What [`downgrade_to`](Self::downgrade_to) would do; never writes.
    ///
    /// # Errors
    /// When the database cannot be read, is ahead of this binary, or the target cannot be reached.
    pub async fn plan_downgrade<'c, T>(&self, database: impl Access<'c>, target: T) -> Result<Plan, Error>
    where
        T: TryInto<Target>,
        Error: From<T::Error>,
    {
        self.plan_for(database.link(), Destination::Down(target.try_into()?)).await
    }

    /// Applied revisions whose file says something else now than when it was applied; never writes.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn edited<'c>(&self, database: impl Access<'c>) -> Result<Vec<Edited>, Error> {
        let mut lease = Lease::take(database.link()).await?;
        let mut runner = self.runner(lease.connection(), StopFlag::default())?;
        let rows = runner.rows().await?;
        runner.edited(&rows).await
    }

    async fn plan_for(&self, link: Link<'_>, to: Destination) -> Result<Plan, Error> {
        let mut lease = Lease::take(link).await?;
        let mut runner = self.runner(lease.connection(), StopFlag::default())?;
        let rows = runner.rows().await?;
        runner.plan(&to, &rows).await
    }

    fn runner<'c>(&self, connection: &'c mut SqliteConnection, stop: StopFlag) -> Result<Runner<'c>, Error> {
        Ok(Runner::new(connection, History::new(self.migrations)?, self.options.clone(), stop))
    }

    async fn run(&self, link: Link<'_>, goal: Goal) -> Result<Report, Error> {
        let started = Instant::now();
        stale::check(self.migrations)?;
        let mut lease = Lease::take(link).await?;
        if let Some(rows) = self.nothing_to_do(lease.connection(), &goal).await? {
            let (from, to) = (rows.clone(), rows);
            return Ok(Report {
                from,
                to,
                steps: Vec::new(),
                edited: Vec::new(),
                elapsed: started.elapsed(),
            });
        }
        match lease {
            Lease::Borrowed(connection) => self.runner(connection, StopFlag::default())?.run(&goal).await,
            Lease::Pool(pool, mut connection) => {
                let own = if sqlite::is_file(&mut connection).await? {
                    let mut connection = connection.detach();
                    let timeout = patience::busy_timeout(&self.options);
                    sqlite::set_busy_timeout(&mut connection, timeout).await?;
                    Own::Detached(connection)
                } else {
                    Own::Pooled(pool, connection)
                };
                self.run_in_task(own, goal).await
            }
        }
    }

    /// The version rows, when they are what the goal asks for; this is all that a start with nothing to do
    /// does.
    async fn nothing_to_do(
        &self,
        connection: &mut SqliteConnection,
        goal: &Goal,
    ) -> Result<Option<Heads>, Error> {
        if !matches!(goal, Goal::Go(to) if to.is_head()) {
            return Ok(None);
        }
        let embedded = self.migrations.embedded();
        match sqlite::version_rows(connection, &Tables::of(embedded)).await {
            Ok(rows) => {
                let is_there = rows.iter().map(RevisionId::as_str).eq(embedded.heads.iter().copied());
                Ok(is_there.then_some(rows))
            }
            // The run waits for whoever holds the database.
            Err(error) => error.busy().map(|_| None),
        }
    }

    /// Runs to the next step boundary at least, whatever becomes of the future that asked for it.
    async fn run_in_task(&self, mut own: Own, goal: Goal) -> Result<Report, Error> {
        let stop = StopFlag::default();
        let on_drop = StopOnDrop(stop.clone());
        let migrator = self.clone();
        let task = async move {
            let result = match migrator.runner(own.connection(), stop) {
                Ok(runner) => runner.run(&goal).await,
                Err(error) => Err(error),
            };
            own.give_back(result).await
        };
        let finished = tokio::spawn(task.in_current_span()).await;
        drop(on_drop);
        match finished {
            Ok(result) => result,
            // A panic in a revision's own code stays the panic that it is.
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(_) => Err(Error::Stopped { at: None }),
        }
    }
}

/// A connection for the fast path.
enum Lease<'c> {
    Pool(SqlitePool, PoolConnection<Sqlite>),
    Borrowed(&'c mut SqliteConnection),
}

impl<'c> Lease<'c> {
    async fn take(link: Link<'c>) -> Result<Self, Error> {
        match link {
            Link::SqlitePool(pool) => {
                let connection =
                    pool.acquire().await.map_err(|error| Error::connect(error, &pool.connect_options()))?;
                Ok(Self::Pool(pool, connection))
            }
            Link::Sqlite(connection) => Ok(Self::Borrowed(connection)),
            Link::Closed => Err(Error::NotInitialised),
        }
    }

    fn connection(&mut self) -> &mut SqliteConnection {
        match self {
            Self::Pool(_, connection) => connection,
            Self::Borrowed(connection) => connection,
        }
    }
}

/// A connection for a run in a task of its own.
enum Own {
    /// Taken out of the pool, and closed at the end: what the run sets on it cannot leak.
    Detached(SqliteConnection),
    /// Still of the pool: a database in memory lives and dies with its connection.
    Pooled(SqlitePool, PoolConnection<Sqlite>),
}

impl Own {
    fn connection(&mut self) -> &mut SqliteConnection {
        match self {
            Self::Detached(connection) => connection,
            Self::Pooled(_, connection) => connection,
        }
    }

    async fn give_back(self, result: Result<Report, Error>) -> Result<Report, Error> {
        match self {
            Self::Detached(connection) => {
                // Nothing is lost when closing fails: everything that counts was committed.
                if let Err(error) = connection.close().await {
                    tracing::debug!(%error, "close");
                }
                result
            }
            Self::Pooled(pool, mut connection) => {
                let report = result?;
                let alone = pool.options().get_max_connections() == 1;
                // Where that cannot be found out, the run is still a good one.
                if alone || sqlite::is_shared(&mut connection, &pool.connect_options()).await.unwrap_or(true)
                {
                    return Ok(report);
                }
                Err(Error::PrivateDatabase)
            }
        }
    }
}

/// Tells the run to stop at the next step boundary when nobody waits for it any more.
struct StopOnDrop(StopFlag);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.stop();
    }
}
