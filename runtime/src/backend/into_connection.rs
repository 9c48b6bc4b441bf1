//! The databases that a history can run on.

use crate::backend::{AnyConnection, AnyPool};

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
    /// Through a pool.
    Pool(AnyPool),
    /// Through a connection that the caller owns.
    Connection(AnyConnection<'c>),
    /// Not at all: the database is not open.
    Closed,
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

macro_rules! access {
    ($feature:literal, $driver:ident, $connection:ident) => {
        #[cfg(feature = $feature)]
        const _: () = {
            type Pool = sqlx::Pool<sqlx::$driver>;
            type Pooled = sqlx::pool::PoolConnection<sqlx::$driver>;

            impl sealed::Sealed for &Pool {}
            impl<'c> IntoConnection<'c> for &'c Pool {
                fn link(self) -> Link<'c> {
                    Link::Pool(AnyPool::$driver(self.clone()))
                }
            }

            impl sealed::Sealed for &mut sqlx::$connection {}
            impl<'c> IntoConnection<'c> for &'c mut sqlx::$connection {
                fn link(self) -> Link<'c> {
                    Link::Connection(AnyConnection::$driver(self))
                }
            }

            impl sealed::Sealed for &mut Pooled {}
            impl<'c> IntoConnection<'c> for &'c mut Pooled {
                fn link(self) -> Link<'c> {
                    Link::Connection(AnyConnection::$driver(self))
                }
            }
        };
    };
}

access!("sqlite", Sqlite, SqliteConnection);
access!("postgres", Postgres, PgConnection);
access!("mysql", MySql, MySqlConnection);
