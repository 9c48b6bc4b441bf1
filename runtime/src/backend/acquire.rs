//! The connection that a question or a run works on: where it comes from, and where it goes afterwards.

use crate::backend::connection::Ownership;
use crate::backend::connection::{Connection, Wire};
#[cfg(feature = "mysql")]
use crate::backend::error_help::open_error;
use crate::backend::into_connection::Link;
use crate::backend::pooler::Probe;
#[cfg(any(feature = "postgres", feature = "mysql"))]
use crate::backend::silence::Limits;
use crate::error::{Error, ErrorKind};
use crate::report::Report;
use crate::run::options::Options;
#[cfg(feature = "sqlite")]
use crate::run::retry;
use crate::run::session::renewal::Source;
use sqlx::pool::PoolConnection;

/// A connection for the first look at the database.
#[derive(Debug)]
pub(crate) enum Acquired<'c> {
    #[cfg(feature = "sqlite")]
    Sqlite(sqlx::SqlitePool, PoolConnection<sqlx::Sqlite>),
    #[cfg(feature = "postgres")]
    Postgres(sqlx::PgPool, PoolConnection<sqlx::Postgres>),
    #[cfg(feature = "mysql")]
    MySql(sqlx::MySqlPool, PoolConnection<sqlx::MySql>),
    /// It belongs to somebody else, and is used as it is.
    Borrowed(Connection<'c>),
}

impl<'c> Acquired<'c> {
    pub(crate) async fn take(link: Link<'c>, options: &Options) -> Result<Self, Error> {
        let _ = options;
        match link {
            #[cfg(feature = "sqlite")]
            Link::SqlitePool(pool) => {
                let connection =
                    pool.acquire().await.map_err(|error| open_error(error, &pool.connect_options()))?;
                Ok(Self::Sqlite(pool, connection))
            }
            #[cfg(feature = "sqlite")]
            Link::Sqlite(connection) => Ok(Self::Borrowed(Wire::Sqlite(connection).into())),
            #[cfg(feature = "postgres")]
            Link::PgPool(pool) => {
                let connection = server::acquire(&pool, options).await?;
                Ok(Self::Postgres(pool, connection))
            }
            #[cfg(feature = "postgres")]
            Link::Postgres(connection) => {
                server::settle(connection, options).await?;
                Ok(Self::Borrowed(Wire::Postgres(connection).into()))
            }
            #[cfg(feature = "mysql")]
            Link::MySqlPool(pool) => {
                let connection = server::acquire(&pool, options).await?;
                Ok(Self::MySql(pool, connection))
            }
            #[cfg(feature = "mysql")]
            Link::MySql(connection) => {
                server::settle(connection, options).await?;
                Ok(Self::Borrowed(Wire::MySql(connection, Ownership::Lent).into()))
            }
            Link::Closed(_) => Err(ErrorKind::NotInitialised.into()),
        }
    }

    pub(crate) fn connection(&mut self) -> Connection<'_> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_, connection) => Wire::Sqlite(connection).into(),
            #[cfg(feature = "postgres")]
            Self::Postgres(_, connection) => Wire::Postgres(connection).into(),
            #[cfg(feature = "mysql")]
            Self::MySql(_, connection) => Wire::MySql(connection, Ownership::Ours).into(),
            Self::Borrowed(connection) => connection.reborrow(),
        }
    }

    /// Whether it is a connection of a pool to SQLite.
    pub(crate) fn is_pooled_file(&self) -> bool {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(..) => true,
            _ => false,
        }
    }

    /// Gives it back after a question, unless an answer is still due on it: the pool would wait for that.
    pub(crate) fn ended<T>(self, result: Result<T, Error>) -> Result<T, Error> {
        if result.as_ref().is_err_and(Error::is_silence) {
            match self {
                #[cfg(feature = "postgres")]
                Self::Postgres(_, connection) => drop(connection.detach()),
                #[cfg(feature = "mysql")]
                Self::MySql(_, connection) => drop(connection.detach()),
                _ => {}
            }
        }
        result
    }

    /// Makes it the run's own, unless it belongs to somebody else.
    pub(crate) async fn into_own(self, options: &Options) -> Result<RunConnection<'c>, Error> {
        let _ = options;
        Ok(match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(pool, mut connection) => {
                if file::is_file(&mut connection).await? {
                    let mut connection = connection.detach();
                    file::set_busy_timeout(&mut connection, retry::busy_timeout(options)).await?;
                    RunConnection::Ours(OwnedConnection::Sqlite(pool, connection))
                } else {
                    RunConnection::Ours(OwnedConnection::PooledSqlite(pool, connection))
                }
            }
            #[cfg(feature = "postgres")]
            Self::Postgres(pool, connection) => {
                let connection = connection.detach();
                RunConnection::Ours(OwnedConnection::Postgres(pool, connection))
            }
            #[cfg(feature = "mysql")]
            Self::MySql(pool, connection) => {
                let mut connection = connection.detach();
                server::commit_by_itself(&mut connection, options).await?;
                RunConnection::Ours(OwnedConnection::MySql(pool, connection))
            }
            Self::Borrowed(connection) => RunConnection::Lent(connection),
        })
    }
}

/// Whose connection a run works on.
#[derive(Debug)]
pub(crate) enum RunConnection<'c> {
    Ours(OwnedConnection),
    Lent(Connection<'c>),
}

/// A connection for a run in a task of its own: taken out of the pool, and closed at the end, so that what the run
/// sets on it cannot leak.
pub(crate) enum OwnedConnection {
    #[cfg(feature = "sqlite")]
    Sqlite(sqlx::SqlitePool, sqlx::SqliteConnection),
    /// Still of the pool: a database in memory lives and dies with its connection.
    #[cfg(feature = "sqlite")]
    PooledSqlite(sqlx::SqlitePool, PoolConnection<sqlx::Sqlite>),
    #[cfg(feature = "postgres")]
    Postgres(sqlx::PgPool, sqlx::PgConnection),
    #[cfg(feature = "mysql")]
    MySql(sqlx::MySqlPool, sqlx::MySqlConnection),
}

// Not derived: sqlx shows the password of its options.
impl std::fmt::Debug for OwnedConnection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OwnedConnection").finish_non_exhaustive()
    }
}

impl OwnedConnection {
    pub(crate) fn connection(&mut self) -> Connection<'_> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_, connection) => Wire::Sqlite(connection).into(),
            #[cfg(feature = "sqlite")]
            Self::PooledSqlite(_, connection) => Wire::Sqlite(connection).into(),
            #[cfg(feature = "postgres")]
            Self::Postgres(_, connection) => Wire::Postgres(connection).into(),
            #[cfg(feature = "mysql")]
            Self::MySql(_, connection) => Wire::MySql(connection, Ownership::Ours).into(),
        }
    }

    /// How another connection can be opened, to find a pooler or that the server is gone.
    pub(crate) fn probe(&self) -> Probe {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(pool, _) => Probe::Postgres(Box::new(pool.connect_options().as_ref().clone())),
            #[cfg(feature = "mysql")]
            Self::MySql(pool, _) => Probe::MySql(Box::new(pool.connect_options().as_ref().clone())),
            #[cfg(feature = "sqlite")]
            _ => Probe::None,
        }
    }

    /// Where another one like it comes from.
    pub(crate) fn source(&self) -> Source {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(pool, _) => Source::Sqlite(pool.clone()),
            // Another one would be another database.
            #[cfg(feature = "sqlite")]
            Self::PooledSqlite(..) => Source::None,
            #[cfg(feature = "postgres")]
            Self::Postgres(pool, _) => Source::Postgres(pool.clone()),
            #[cfg(feature = "mysql")]
            Self::MySql(pool, _) => Source::MySql(pool.clone()),
        }
    }

    /// Closes it, or gives it back to its pool.
    pub(crate) async fn give_back(
        self,
        result: Result<Report, Error>,
        options: &Options,
    ) -> Result<Report, Error> {
        if result.as_ref().is_err_and(Error::is_silence) {
            // Closing would wait for that answer too.
            return result;
        }
        match self {
            #[cfg(feature = "sqlite")]
            Self::PooledSqlite(pool, mut connection) => {
                file::check_not_private(&pool, &mut connection, result).await
            }
            own => {
                own.close(options).await;
                result
            }
        }
    }

    /// Closes it. Nothing is lost when that fails: everything that counts was committed.
    pub(crate) async fn close(self, options: &Options) {
        #[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
        use sqlx::Connection as _;
        #[cfg(any(feature = "postgres", feature = "mysql"))]
        let limits = Limits::of(options);
        #[cfg(not(any(feature = "postgres", feature = "mysql")))]
        let _ = options;
        let closed = match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_, connection) => connection.close().await,
            #[cfg(feature = "sqlite")]
            Self::PooledSqlite(..) => Ok(()),
            #[cfg(feature = "postgres")]
            Self::Postgres(_, connection) => limits.answered(connection.close()).await,
            #[cfg(feature = "mysql")]
            Self::MySql(_, connection) => limits.answered(connection.close()).await,
        };
        if let Err(error) = closed {
            tracing::debug!(%error, "close");
        }
    }
}

/// What only SQLite needs to know of its connections.
#[cfg(feature = "sqlite")]
mod file {
    use crate::backend::error_help::database_error;
    use crate::error::phase::Phase;
    use crate::error::{Error, ErrorKind};
    use crate::report::Report;
    use sqlx::sqlite::SqliteConnectOptions;
    use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection, SqlitePool};
    use std::time::Duration;

    /// Whether the database is a file, so that another connection would see the same data.
    pub(crate) async fn is_file(connection: &mut SqliteConnection) -> Result<bool, Error> {
        // `file` is empty for every kind of database in memory: https://www.sqlite.org/pragma.html#pragma_database_list
        let rows = sqlx::raw_sql("PRAGMA database_list")
            .fetch_all(connection)
            .await
            .map_err(|error| database_error(Phase::ReadVersion, error))?;
        Ok(rows.iter().any(|row| {
            row.try_get::<&str, _>("name").is_ok_and(|name| name == "main")
                && row.try_get::<&str, _>("file").is_ok_and(|file| !file.is_empty())
        }))
    }

    /// How long SQLite itself waits for a lock on this connection from now on.
    pub(crate) async fn set_busy_timeout(
        connection: &mut SqliteConnection,
        timeout: Duration,
    ) -> Result<(), Error> {
        let sql = format!("PRAGMA busy_timeout = {}", timeout.as_millis());
        let set = sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await;
        set.map(|_| ()).map_err(|error| database_error(Phase::Connect { file: None }, error))
    }

    /// An error when the connection has been migrated, and no other of its pool will see it.
    pub(crate) async fn check_not_private(
        pool: &SqlitePool,
        connection: &mut SqliteConnection,
        result: Result<Report, Error>,
    ) -> Result<Report, Error> {
        let report = result?;
        let alone = pool.options().get_max_connections() == 1;
        // Where that cannot be found out, the run is still a good one.
        if alone || is_shared(connection, &pool.connect_options()).await.unwrap_or(true) {
            return Ok(report);
        }
        Err(ErrorKind::PrivateDatabase.into())
    }

    /// Whether another connection with these options would see what was done on this one: each connection to
    /// a database in memory has one of its own, unless they share a cache.
    async fn is_shared(
        connection: &mut SqliteConnection,
        options: &SqliteConnectOptions,
    ) -> Result<bool, sqlx::Error> {
        let mut other = SqliteConnection::connect_with(options).await?;
        // It goes up with each change of the schema: https://www.sqlite.org/pragma.html#pragma_schema_version
        let sql = "PRAGMA main.schema_version";
        let here: i64 = sqlx::query_scalar(sql).fetch_one(connection).await?;
        let there: i64 = sqlx::query_scalar(sql).fetch_one(&mut other).await?;
        Ok(here == there)
    }
}

/// What only servers need: waiting for room.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) mod server {
    use crate::backend::error_help::connect_error;
    #[cfg(feature = "mysql")]
    use crate::backend::error_help::database_error;
    use crate::backend::silence::{self, Limits};
    use crate::backend::{Engine as _, ErrorClass};
    use crate::error::Error;
    #[cfg(feature = "mysql")]
    use crate::error::phase::Phase;
    use crate::run::options::Options;
    use sqlx::pool::{PoolConnection, PoolOptions};
    use sqlx::{Connection as _, Database, Pool};
    use std::future::Future;
    use std::time::{Duration, Instant};

    /// A kind of database that has servers.
    pub(crate) trait Served: Database {
        /// Whether an error says that the server has no room for another connection.
        fn is_full(error: &sqlx::Error) -> bool;
    }

    #[cfg(feature = "postgres")]
    impl Served for sqlx::Postgres {
        fn is_full(error: &sqlx::Error) -> bool {
            crate::backend::postgres::Postgres.class(error) == ErrorClass::TooManyConnections
        }
    }

    #[cfg(feature = "mysql")]
    impl Served for sqlx::MySql {
        fn is_full(error: &sqlx::Error) -> bool {
            crate::backend::mysql::MySql.class(error) == ErrorClass::TooManyConnections
        }
    }

    type ConnectOptions<D> = <<D as Database>::Connection as sqlx::Connection>::Options;

    /// Opens a pool, as soon as its server has room for a first connection.
    pub(crate) async fn open<D: Served>(
        pool: PoolOptions<D>,
        connect: ConnectOptions<D>,
        deadline: Option<Duration>,
    ) -> Result<Pool<D>, Error> {
        let mut room = Room::new(deadline.unwrap_or(Options::default().acquire_timeout));
        loop {
            match room.in_time::<D, _>(&connect, pool.clone().connect_with(connect.clone())).await {
                Ok(pool) => return Ok(pool),
                Err(error) => room.wait::<D>(error, &connect, true).await?,
            }
        }
    }

    /// Takes a connection out of a pool.
    pub(crate) async fn acquire<D: Served>(
        pool: &Pool<D>,
        options: &Options,
    ) -> Result<PoolConnection<D>, Error> {
        let mut room = Room::new(options.acquire_timeout);
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
    pub(crate) async fn settle(
        connection: &mut impl sqlx::Connection,
        options: &Options,
    ) -> Result<(), Error> {
        let normalized = async {
            while let Err(sqlx::Error::Database(error)) = connection.flush().await {
                tracing::debug!(%error, "of a statement that was dropped");
            }
            Ok(())
        };
        Limits::of(options).answered(normalized).await.map_err(connect_error)
    }

    /// Ends the transaction that the question for the version rows has begun, where the hooks of a pool have turned
    /// off that statements commit by themselves.
    #[cfg(feature = "mysql")]
    pub(crate) async fn commit_by_itself(
        connection: &mut sqlx::MySqlConnection,
        options: &Options,
    ) -> Result<(), Error> {
        let set = sqlx::raw_sql("SET SESSION autocommit = 1").execute(connection);
        let set = Limits::of(options).answered(set).await;
        set.map(|_| ()).map_err(|error| database_error(Phase::Settings, error))
    }

    /// Waiting for a server to have room for another connection. A pool does so too, for a time of its own, on
    /// PostgreSQL only.
    struct Room {
        deadline: Duration,
        began: Instant,
        /// Whether a pool that gave up may do so for a server that was full and is not any more.
        may_be_late: bool,
    }

    impl Room {
        fn new(deadline: Duration) -> Self {
            Self { deadline, began: Instant::now(), may_be_late: true }
        }

        /// A connection, as soon as there is one; why not, when time is up.
        async fn in_time<D: Served, T>(
            &self,
            connect: &ConnectOptions<D>,
            attempt: impl Future<Output = Result<T, sqlx::Error>>,
        ) -> Result<T, sqlx::Error> {
            let left = self.deadline.saturating_sub(self.began.elapsed()).max(silence::LEAST);
            match tokio::time::timeout(left, attempt).await {
                Ok(result) => result,
                Err(_) => {
                    Err(match tokio::time::timeout(silence::LEAST, Box::pin(why_not::<D>(connect))).await {
                        Ok(why) => why.unwrap_or(sqlx::Error::PoolTimedOut),
                        Err(_) => silence::error(self.began.elapsed()),
                    })
                }
            }
        }

        /// Pauses before another attempt is made, or gives up: for another reason, or because time is up.
        async fn wait<D: Served>(
            &mut self,
            error: sqlx::Error,
            connect: &ConnectOptions<D>,
            pool_has_room: bool,
        ) -> Result<(), Error> {
            let error = match error {
                sqlx::Error::PoolTimedOut => {
                    let why = tokio::time::timeout(
                        self.deadline.max(silence::LEAST),
                        Box::pin(why_not::<D>(connect)),
                    )
                    .await;
                    why.ok().flatten().unwrap_or(sqlx::Error::PoolTimedOut)
                }
                error => error,
            };
            let is_full = D::is_full(&error);
            // A pool that has room gave up because the server had none; there may be some by now.
            let was_full = self.may_be_late && pool_has_room && matches!(error, sqlx::Error::PoolTimedOut);
            let goes_on = is_full || was_full;
            self.may_be_late = is_full;
            let waited = self.began.elapsed();
            if !goes_on || waited >= self.deadline {
                return Err(connect_error(error));
            }
            tracing::info!(?waited, "the server has no room for another connection yet");
            tokio::time::sleep(Duration::from_millis(100)).await;
            Ok(())
        }
    }

    /// Why there is no connection to be had from the server: a pool says that time is up, and not why.
    async fn why_not<D: Served>(connect: &ConnectOptions<D>) -> Option<sqlx::Error> {
        match D::Connection::connect_with(connect).await {
            Ok(connection) => {
                // Nothing hangs on how it is closed.
                let _ = connection.close().await;
                None
            }
            Err(error) => Some(error),
        }
    }
}
