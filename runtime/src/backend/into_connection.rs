//! What a history can be run on.

use crate::backend::driver::{AnyConnection, AnyPool};

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
