//! The connection that a question or a run works on: where it comes from, and where it goes afterwards.

#[cfg(any(feature = "postgres", feature = "mysql"))]
use crate::backend::answer_limits::AnswerLimits;
#[cfg(feature = "mysql")]
use crate::backend::connection::Ownership;
use crate::backend::connection::{Connection, Wire};
#[cfg(feature = "sqlite")]
use crate::backend::error_help::open_error;
use crate::backend::into_connection::Link;
use crate::backend::pooler::Probe;
#[cfg(any(feature = "postgres", feature = "mysql"))]
use crate::backend::server_room;
#[cfg(feature = "sqlite")]
use crate::backend::sqlite::file;
use crate::backend::timeouts::Timeouts;
use crate::error::{Error, ErrorKind};
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
    /// It belongs to the caller, and is used as it is.
    Borrowed(Connection<'c>),
}

impl<'c> Acquired<'c> {
    pub(crate) async fn take(link: Link<'c>, timeouts: &Timeouts) -> Result<Self, Error> {
        let _ = timeouts;
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
                let connection = server_room::acquire(&pool, timeouts).await?;
                Ok(Self::Postgres(pool, connection))
            }
            #[cfg(feature = "postgres")]
            Link::Postgres(connection) => {
                server_room::drain_replies(connection, timeouts).await?;
                Ok(Self::Borrowed(Wire::Postgres(connection).into()))
            }
            #[cfg(feature = "mysql")]
            Link::MySqlPool(pool) => {
                let connection = server_room::acquire(&pool, timeouts).await?;
                Ok(Self::MySql(pool, connection))
            }
            #[cfg(feature = "mysql")]
            Link::MySql(connection) => {
                server_room::drain_replies(connection, timeouts).await?;
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

    /// Makes it the run's own, unless it belongs to the caller.
    pub(crate) async fn into_own(self, timeouts: &Timeouts) -> Result<RunConnection<'c>, Error> {
        let _ = timeouts;
        Ok(match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(pool, mut connection) => {
                if file::is_file(&mut connection).await? {
                    let mut connection = connection.detach();
                    file::set_busy_timeout(&mut connection, file::busy_timeout(timeouts)).await?;
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
                server_room::commit_by_itself(&mut connection, timeouts).await?;
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
    pub(crate) async fn give_back<T>(
        self,
        result: Result<T, Error>,
        timeouts: &Timeouts,
    ) -> Result<T, Error> {
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
                own.close(timeouts).await;
                result
            }
        }
    }

    /// Closes it. Nothing is lost when that fails: everything that counts was committed.
    pub(crate) async fn close(self, timeouts: &Timeouts) {
        #[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
        use sqlx::Connection as _;
        #[cfg(any(feature = "postgres", feature = "mysql"))]
        let limits = AnswerLimits::new(timeouts);
        #[cfg(not(any(feature = "postgres", feature = "mysql")))]
        let _ = timeouts;
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

/// Where a run's connection comes from.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    #[cfg(feature = "sqlite")]
    Sqlite(sqlx::SqlitePool),
    #[cfg(feature = "postgres")]
    Postgres(sqlx::PgPool),
    #[cfg(feature = "mysql")]
    MySql(sqlx::MySqlPool),
    /// From a caller who has no other one to lend.
    None,
}

impl Source {
    /// Whether there can be another one.
    pub(crate) fn can_open(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// Another one, as the pool opens them.
    pub(crate) async fn open(&self, timeouts: &Timeouts) -> Result<Option<OwnedConnection>, Error> {
        let link = match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(pool) => Link::SqlitePool(pool.clone()),
            #[cfg(feature = "postgres")]
            Self::Postgres(pool) => Link::PgPool(pool.clone()),
            #[cfg(feature = "mysql")]
            Self::MySql(pool) => Link::MySqlPool(pool.clone()),
            Self::None => return Ok(None),
        };
        match Acquired::take(link, timeouts).await?.into_own(timeouts).await? {
            RunConnection::Ours(own) => Ok(Some(own)),
            RunConnection::Lent(_) => Ok(None),
        }
    }
}
