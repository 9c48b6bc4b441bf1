//! A connection or a pool of either kind of server, so that one test serves both.
#![allow(dead_code, reason = "a test of its own may leave some of it out")]

use crate::place::ask;
use servicekit::options::Resolution;
use servicekit::plan::Heads;
use servicekit::sqlx::mysql::{MySqlConnectOptions, MySqlPoolOptions};
use servicekit::sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use servicekit::sqlx::{
    self, AssertSqlSafe, Connection as _, Executor as _, MySqlConnection, MySqlPool, PgConnection, PgPool,
    Row as _,
};
use servicekit::{Destination, Error, Migrator, Report, Status};
use servicekit_test_servers::Server;
use std::future::Future;
use std::hash::{BuildHasher as _, RandomState};
use std::time::{Duration, Instant};

/// A connection.
#[derive(Debug)]
pub(crate) enum Client {
    Postgres(PgConnection),
    MySql(MySqlConnection),
}

/// A pool.
#[derive(Debug, Clone)]
pub(crate) enum Pool {
    Postgres(PgPool),
    MySql(MySqlPool),
}

/// The same for either kind.
macro_rules! either {
    ($of:ident, $value:expr, $inner:ident => $body:expr) => {
        match $value {
            $of::Postgres($inner) => $body,
            $of::MySql($inner) => $body,
        }
    };
}

impl Client {
    pub(crate) async fn open(url: &str) -> Self {
        if url.starts_with("postgres") {
            Self::Postgres(PgConnection::connect(url).await.unwrap())
        } else {
            Self::MySql(MySqlConnection::connect(url).await.unwrap())
        }
    }

    /// What a query says: a row a line, its values with `|` between them.
    pub(crate) async fn try_ask(&mut self, sql: &str) -> Result<Vec<String>, sqlx::Error> {
        either!(Self, self, connection => {
            let rows = connection.fetch_all(sqlx::raw_sql(AssertSqlSafe(sql))).await?;
            let text = |row: &_, at| {
                let value = sqlx::Row::try_get_unchecked::<Option<String>, usize>(row, at).unwrap();
                value.unwrap_or("NULL".to_owned())
            };
            let lines = rows.iter().map(|row| (0..row.len()).map(|at| text(row, at)).collect::<Vec<_>>().join("|"));
            Ok(lines.collect())
        })
    }

    pub(crate) async fn ask(&mut self, sql: &str) -> Vec<String> {
        self.try_ask(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// The first value of the first row.
    pub(crate) async fn value(&mut self, sql: &str) -> String {
        self.ask(sql).await.swap_remove(0)
    }

    pub(crate) async fn upgrade(&mut self, migrator: &Migrator) -> Result<Report, Error> {
        either!(Self, self, connection => migrator.upgrade(connection).await)
    }

    pub(crate) async fn upgrade_to(
        &mut self,
        migrator: &Migrator,
        target: &'static str,
    ) -> Result<Report, Error> {
        either!(Self, self, connection => migrator.upgrade_to(connection, target).await)
    }

    pub(crate) async fn downgrade_to(
        &mut self,
        migrator: &Migrator,
        target: &'static str,
    ) -> Result<Report, Error> {
        either!(Self, self, connection => migrator.downgrade_to(connection, target).await)
    }

    pub(crate) async fn stamp(&mut self, migrator: &Migrator, target: &'static str) -> Result<Report, Error> {
        either!(Self, self, connection => migrator.stamp(connection, target).await)
    }

    pub(crate) async fn resolve(
        &mut self,
        migrator: &Migrator,
        resolution: Resolution,
    ) -> Result<Heads, Error> {
        either!(Self, self, connection => migrator.resolve(connection, resolution).await)
    }

    pub(crate) async fn status(&mut self, migrator: &Migrator) -> Status {
        either!(Self, self, connection => migrator.status(connection).await.unwrap())
    }

    /// The server's name for this session.
    pub(crate) async fn session(&mut self) -> String {
        match self {
            Self::Postgres(_) => self.value("SELECT pg_backend_pid()").await,
            Self::MySql(_) => self.value("SELECT CONNECTION_ID()").await,
        }
    }

    pub(crate) async fn close(self) {
        either!(Self, self, connection => connection.close().await.unwrap());
    }
}

impl Pool {
    /// A pool with so many connections at most, none of them open yet.
    pub(crate) fn of(url: &str, most: u32) -> Self {
        if url.starts_with("postgres") {
            Self::Postgres(PgPoolOptions::new().max_connections(most).connect_lazy(url).unwrap())
        } else {
            Self::MySql(MySqlPoolOptions::new().max_connections(most).connect_lazy(url).unwrap())
        }
    }

    /// One that gives up soon when it gets no connection.
    pub(crate) fn impatient(url: &str, timeout: Duration) -> Self {
        if url.starts_with("postgres") {
            Self::Postgres(PgPoolOptions::new().acquire_timeout(timeout).connect_lazy(url).unwrap())
        } else {
            Self::MySql(MySqlPoolOptions::new().acquire_timeout(timeout).connect_lazy(url).unwrap())
        }
    }

    /// One that keeps no prepared statements, as it must be behind a pooler.
    pub(crate) fn behind_a_pooler(url: &str, most: u32) -> Self {
        let options: PgConnectOptions = url.parse().unwrap();
        let options = options.statement_cache_capacity(0);
        Self::Postgres(PgPoolOptions::new().max_connections(most).connect_lazy_with(options))
    }

    pub(crate) async fn upgrade(&self, migrator: &Migrator) -> Result<Report, Error> {
        either!(Self, self, pool => migrator.upgrade(pool).await)
    }

    pub(crate) async fn upgrade_to(
        &self,
        migrator: &Migrator,
        target: &'static str,
    ) -> Result<Report, Error> {
        either!(Self, self, pool => migrator.upgrade_to(pool, target).await)
    }

    pub(crate) async fn downgrade_to(
        &self,
        migrator: &Migrator,
        target: &'static str,
    ) -> Result<Report, Error> {
        either!(Self, self, pool => migrator.downgrade_to(pool, target).await)
    }

    /// Asks one of the questions that change nothing.
    pub(crate) async fn ask(&self, migrator: &Migrator, question: Question) -> Result<(), Error> {
        either!(Self, self, pool => match question {
            Question::Plan => migrator.plan(pool, Destination::head()).await.map(drop),
            Question::Edited => migrator.edited(pool).await.map(drop),
            Question::Rights => migrator.rights(pool).await.map(drop),
            Question::Server => migrator.check_server(pool).await.map(drop),
            Question::Elsewhere => migrator.recorded_elsewhere(pool).await.map(drop),
            Question::Tables => migrator.bookkeeping_tables(pool).await.map(drop),
            Question::Status => migrator.status(pool).await.map(drop),
            Question::Current => migrator.current(pool).await.map(drop),
        })
    }

    pub(crate) async fn close(&self) {
        either!(Self, self, pool => pool.close().await);
    }

    pub(crate) fn idle(&self) -> usize {
        either!(Self, self, pool => pool.num_idle())
    }

    /// Takes a connection and gives it back.
    pub(crate) async fn warm(&self) {
        either!(Self, self, pool => drop(pool.acquire().await.unwrap()));
        until(async || self.idle() > 0).await;
    }
}

/// Looks again and again until something is so, for a minute at most.
pub(crate) async fn until(mut is_so: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_mins(1);
    while !is_so().await {
        assert!(Instant::now() < deadline, "a minute has passed in vain");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Something that should not take long.
pub(crate) async fn in_time<T>(future: impl Future<Output = T>) -> T {
    let result = tokio::time::timeout(Duration::from_mins(1), future).await;
    result.unwrap_or_else(|_| panic!("it takes more than a minute"))
}

/// A user of a server, with a password; dropped with the value, which must be after the database is.
#[derive(Debug)]
pub(crate) struct User {
    server: &'static Server,
    pub(crate) name: String,
}

impl User {
    pub(crate) async fn create(server: &'static Server) -> Self {
        let random = RandomState::new().hash_one(0);
        let name = format!("test_{random:016x}");
        let user = Self { server, name };
        let sql = if user.is_postgres() {
            format!("CREATE ROLE {} LOGIN PASSWORD 'secret'", user.name)
        } else {
            format!("CREATE USER {} IDENTIFIED BY 'secret'", user.name)
        };
        ask(server.url(), &sql).await;
        user
    }

    fn is_postgres(&self) -> bool {
        self.server.url().starts_with("postgres")
    }

    /// A connection of this user.
    pub(crate) async fn connect(&self, url: &str) -> Client {
        if self.is_postgres() {
            let options: PgConnectOptions = url.parse().unwrap();
            let options = options.username(&self.name).password("secret");
            Client::Postgres(PgConnection::connect_with(&options).await.unwrap())
        } else {
            let options: MySqlConnectOptions = url.parse().unwrap();
            let options = options.username(&self.name).password("secret");
            Client::MySql(MySqlConnection::connect_with(&options).await.unwrap())
        }
    }
}

impl Drop for User {
    fn drop(&mut self) {
        let kind = if self.is_postgres() { "ROLE" } else { "USER" };
        run_now(self.server.url(), &format!("DROP {kind} IF EXISTS {}", self.name));
    }
}

/// Another database of MySQL under a name of its own, given in quotes; dropped with the value.
#[derive(Debug)]
pub(crate) struct OtherDatabase {
    url: String,
    quoted: String,
}

impl OtherDatabase {
    pub(crate) async fn create(url: &str, quoted: &str) -> Self {
        ask(url, &format!("CREATE DATABASE {quoted}")).await;
        Self { url: url.to_owned(), quoted: quoted.to_owned() }
    }
}

impl Drop for OtherDatabase {
    fn drop(&mut self) {
        run_now(&self.url, &format!("DROP DATABASE {}", self.quoted));
    }
}

/// Runs a statement where nothing can be awaited.
fn run_now(url: &str, sql: &str) {
    std::thread::scope(|scope| {
        let done = scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(ask(url, sql));
        });
        // After a test that has failed anyway, a second panic would be the end of all tests.
        let done = done.join();
        assert!(done.is_ok() || std::thread::panicking(), "{sql} failed");
    });
}

/// What a migrator can be asked.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Question {
    Plan,
    Edited,
    Rights,
    Server,
    Elsewhere,
    Tables,
    Status,
    Current,
}

impl Question {
    pub(crate) const ALL: [Self; 8] = [
        Self::Plan,
        Self::Edited,
        Self::Rights,
        Self::Server,
        Self::Elsewhere,
        Self::Tables,
        Self::Status,
        Self::Current,
    ];
}
