//! What a history can be run on.

use sqlx::SqliteConnection;
use sqlx::SqlitePool;
use sqlx::pool::PoolConnection;

/// Something that gives access to a database: a pool, a connection, or a
/// [`Database`](crate::Database).
///
/// From a pool a run takes a connection of its own and closes it afterwards; a connection that is handed in
/// is used as it is, and when the run's future is dropped, the revision that is going on is undone before anything
/// else runs on it. Either way a run needs a Tokio runtime with its timers. This trait cannot be implemented
/// elsewhere.
pub trait Access<'c>: sealed::Sealed {
    #[doc(hidden)]
    fn link(self) -> Link<'c>;
}

/// How the database is reached.
#[doc(hidden)]
#[derive(Debug)]
#[non_exhaustive]
pub enum Link<'c> {
    /// Through a pool of SQLite connections.
    SqlitePool(SqlitePool),
    /// Through a SQLite connection that somebody else owns.
    Sqlite(&'c mut SqliteConnection),
    /// Not at all: the database is not open.
    Closed,
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

impl sealed::Sealed for &SqlitePool {}
impl<'c> Access<'c> for &'c SqlitePool {
    fn link(self) -> Link<'c> {
        Link::SqlitePool(self.clone())
    }
}

impl sealed::Sealed for &mut SqliteConnection {}
impl<'c> Access<'c> for &'c mut SqliteConnection {
    fn link(self) -> Link<'c> {
        Link::Sqlite(self)
    }
}

impl sealed::Sealed for &mut PoolConnection<sqlx::Sqlite> {}
impl<'c> Access<'c> for &'c mut PoolConnection<sqlx::Sqlite> {
    fn link(self) -> Link<'c> {
        Link::Sqlite(self)
    }
}
