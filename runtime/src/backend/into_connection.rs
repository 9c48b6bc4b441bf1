//! The databases that a history can run on.

#[cfg(feature = "mysql")]
use sqlx::{MySqlConnection, MySqlPool};
#[cfg(feature = "postgres")]
use sqlx::{PgConnection, PgPool};
#[cfg(feature = "sqlite")]
use sqlx::{SqliteConnection, SqlitePool};

/// Access to a database: a pool, a connection, or a [`Database`](crate::Database).
///
/// On a pool, a run takes its own connection and closes it afterwards. A connection that you pass is used as it is;
/// if you drop the future of the run, the current work is rolled back before the next statement on the connection. A
/// run needs a Tokio runtime with timers. This trait is sealed.
///
/// If you pass a MySQL connection, do not drop the future of the run. sqlx cannot release the lock then, so it stays
/// until the connection is closed or runs the history again. Settings are not restored, and a transaction can stay
/// open. On PostgreSQL, the next statement on the connection can return the error of the dropped one.
pub trait IntoConnection<'c>: sealed::Sealed {
    #[doc(hidden)]
    fn link(self) -> Link<'c>;
}

/// The way to reach the database.
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
    /// None: the database is not open.
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
