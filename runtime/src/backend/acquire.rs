//! The connection that a question or a run works on: where it comes from, and where it goes afterwards.

use crate::backend::{
    AnyConnection, AnyPool, Connection, Driver, Held, Link, Probe, Timeouts, driver_enum, map_driver,
    with_driver,
};
use crate::error::{Error, ErrorKind};
use sqlx::pool::PoolConnection;

/// A connection that a pool has handed out.
type Out<D> = (sqlx::Pool<D>, PoolConnection<D>);

driver_enum! {
    /// A connection that a pool has handed out.
    #[derive(Debug)]
    pub(crate) enum AnyOut of Out
}

async fn take_out(pool: AnyPool, timeouts: &Timeouts) -> Result<AnyOut, Error> {
    Ok(map_driver!(pool, AnyPool(pool) => AnyOut({
        let connection = D::acquire(&pool, timeouts).await?;
        (pool, connection)
    })))
}

/// A connection for the first look at the database.
#[derive(Debug)]
pub(crate) enum Acquired<'c> {
    Pooled(AnyOut),
    /// It belongs to the caller, and is used as it is.
    Borrowed(Connection<'c>),
}

impl<'c> Acquired<'c> {
    pub(crate) async fn take(link: Link<'c>, timeouts: &Timeouts) -> Result<Self, Error> {
        match link {
            Link::Pool(pool) => Ok(Self::Pooled(take_out(pool, timeouts).await?)),
            Link::Connection(mut lent) => {
                with_driver!(&mut lent, AnyConnection(connection) => D::borrow(connection, timeouts).await?);
                Ok(Self::Borrowed(Connection::lent(lent)))
            }
            Link::Closed => Err(ErrorKind::NotInitialised.into()),
        }
    }

    pub(crate) fn connection(&mut self) -> Connection<'_> {
        match self {
            Self::Pooled(out) => {
                Connection::new(map_driver!(out, AnyOut((_, connection)) => AnyConnection(connection)))
            }
            Self::Borrowed(connection) => connection.reborrow(),
        }
    }

    /// Whether it is a connection of a pool to SQLite.
    pub(crate) fn is_pooled_file(&self) -> bool {
        match self {
            Self::Pooled(out) => with_driver!(out, AnyOut(_) => !D::IS_SERVER),
            Self::Borrowed(_) => false,
        }
    }

    /// Gives it back after a question, unless an answer is still due on it: the pool would wait for that.
    pub(crate) fn ended<T>(self, result: Result<T, Error>) -> Result<T, Error> {
        if let Self::Pooled(out) = self
            && result.as_ref().is_err_and(Error::is_silence)
        {
            with_driver!(out, AnyOut((_, connection)) => drop(connection.detach()));
        }
        result
    }

    /// Makes it the run's own, unless it belongs to the caller.
    pub(crate) async fn into_own(self, timeouts: &Timeouts) -> Result<RunConnection<'c>, Error> {
        Ok(match self {
            Self::Pooled(out) => RunConnection::Ours(OwnedConnection::new(out, timeouts).await?),
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

type Owned<D> = (sqlx::Pool<D>, Held<D>);

driver_enum! {
    enum AnyOwned of Owned
}

/// A connection for a run in a task of its own: taken out of the pool, and closed at the end, so that what the run
/// sets on it cannot leak.
pub(crate) struct OwnedConnection(AnyOwned);

// Not derived: sqlx shows the password of its options.
impl std::fmt::Debug for OwnedConnection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OwnedConnection").finish_non_exhaustive()
    }
}

impl OwnedConnection {
    /// Opens one for a run as the pool opens them.
    pub(crate) async fn open(pool: &AnyPool, timeouts: &Timeouts) -> Result<Self, Error> {
        Self::new(take_out(pool.clone(), timeouts).await?, timeouts).await
    }

    async fn new(out: AnyOut, timeouts: &Timeouts) -> Result<Self, Error> {
        Ok(Self(map_driver!(out, AnyOut((pool, connection)) => AnyOwned(
            (pool, D::own(connection, timeouts).await?)
        ))))
    }

    pub(crate) fn connection(&mut self) -> Connection<'_> {
        Connection::new(map_driver!(&mut self.0, AnyOwned((_, held)) => AnyConnection(held.connection())))
    }

    /// How another connection can be opened, to find a pooler or that the server is gone.
    pub(crate) fn probe(&self) -> Probe {
        Probe::from_pool(&self.pool())
    }

    /// Where another one like it comes from.
    pub(crate) fn source(&self) -> Option<AnyPool> {
        // Another one of a database in memory would be another database.
        let is_own = with_driver!(&self.0, AnyOwned((_, held)) => matches!(held, Held::Own(_)));
        is_own.then(|| self.pool())
    }

    fn pool(&self) -> AnyPool {
        map_driver!(&self.0, AnyOwned((pool, _)) => AnyPool(pool.clone()))
    }

    /// Closes it, or gives it back to its pool.
    pub(crate) async fn give_back<T>(
        mut self,
        result: Result<T, Error>,
        timeouts: &Timeouts,
    ) -> Result<T, Error> {
        if result.as_ref().is_err_and(Error::is_silence) {
            // Closing would wait for that answer too.
            return result;
        }
        let is_seen = with_driver!(&mut self.0, AnyOwned((pool, held)) => match held {
            Held::Pooled(connection) if result.is_ok() => D::is_seen(pool, connection).await,
            _ => true,
        });
        self.close(timeouts).await;
        if is_seen { result } else { Err(ErrorKind::PrivateDatabase.into()) }
    }

    /// Closes it. Nothing is lost when that fails: everything that counts was committed.
    pub(crate) async fn close(self, timeouts: &Timeouts) {
        let closed = with_driver!(self.0, AnyOwned((_, held)) => match held {
            Held::Own(connection) => D::close(connection, timeouts).await,
            Held::Pooled(_) => Ok(()),
        });
        if let Err(error) = closed {
            tracing::debug!(%error, "close");
        }
    }
}
