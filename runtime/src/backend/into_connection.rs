//! What a history can be run on.

#[cfg(feature = "mysql")]
use sqlx::{MySqlConnection, MySqlPool};
#[cfg(feature = "postgres")]
use sqlx::{PgConnection, PgPool};
#[cfg(feature = "sqlite")]
use sqlx::{SqliteConnection, SqlitePool};

/// Something that gives access to a database: a pool, a connection, or a
/// [`Database`](crate::Database).
///
/// From a pool a run takes a connection of its own and closes it afterwards; a connection that is handed in
/// is used as it is, and when the run's future is dropped, what is going on is undone before anything
/// else runs on it. Either way a run needs a Tokio runtime with its timers. This trait cannot be implemented
/// elsewhere.
///
/// Hand in a connection of MySQL only where the run's future is not dropped: sqlx cannot give its lock back then, which
/// stays until the connection is closed or runs the history again, nor put its settings back, and a transaction may be
/// left open. On PostgreSQL the next statement on the connection may be given the error of the one that was dropped.
pub trait IntoConnection<'c>: sealed::Sealed {
    #[doc(hidden)]
    fn link(self) -> Link<'c>;
}

/// How the database is reached.
#[doc(hidden)]
#[derive(Debug)]
#[non_exhaustive]
pub enum Link<'c> {
    /// Through a pool of SQLite connections.
    #[cfg(feature = "sqlite")]
    SqlitePool(SqlitePool),
    /// Through a SQLite connection that the caller owns.
    #[cfg(feature = "sqlite")]
    Sqlite(&'c mut SqliteConnection),
    /// Through a pool of PostgreSQL connections.
    #[cfg(feature = "postgres")]
    PgPool(PgPool),
    /// Through a PostgreSQL connection that the caller owns.
    #[cfg(feature = "postgres")]
    Postgres(&'c mut PgConnection),
    /// Through a pool of MySQL connections.
    #[cfg(feature = "mysql")]
    MySqlPool(MySqlPool),
    /// Through a MySQL connection that the caller owns.
    #[cfg(feature = "mysql")]
    MySql(&'c mut MySqlConnection),
    /// Not at all: the database is not open.
    Closed(std::marker::PhantomData<&'c ()>),
}

impl Link<'_> {
    /// A database that is not open.
    pub(crate) const fn closed() -> Self {
        Self::Closed(std::marker::PhantomData)
    }
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

macro_rules! access {
    ($feature:literal, $database:ty, $pool:ty, $pool_link:ident, $connection:ty, $link:ident) => {
        #[cfg(feature = $feature)]
        impl sealed::Sealed for &$pool {}
        #[cfg(feature = $feature)]
        impl<'c> IntoConnection<'c> for &'c $pool {
            fn link(self) -> Link<'c> {
                Link::$pool_link(self.clone())
            }
        }

        #[cfg(feature = $feature)]
        impl sealed::Sealed for &mut $connection {}
        #[cfg(feature = $feature)]
        impl<'c> IntoConnection<'c> for &'c mut $connection {
            fn link(self) -> Link<'c> {
                Link::$link(self)
            }
        }

        #[cfg(feature = $feature)]
        impl sealed::Sealed for &mut sqlx::pool::PoolConnection<$database> {}
        #[cfg(feature = $feature)]
        impl<'c> IntoConnection<'c> for &'c mut sqlx::pool::PoolConnection<$database> {
            fn link(self) -> Link<'c> {
                Link::$link(self)
            }
        }
    };
}

access!("sqlite", sqlx::Sqlite, SqlitePool, SqlitePool, SqliteConnection, Sqlite);
access!("postgres", sqlx::Postgres, PgPool, PgPool, PgConnection, Postgres);
access!("mysql", sqlx::MySql, MySqlPool, MySqlPool, MySqlConnection, MySql);
