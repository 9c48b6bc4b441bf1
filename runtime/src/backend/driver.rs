//! The drivers of sqlx that this program was built with: the one list of them, and what a run does with each.

use crate::backend::{AnswerLimits, Engine, SendError, Timeouts};
use crate::error::Error;
use servicekit_chain::{Heads, RevisionId};
use sqlx::pool::PoolConnection;
use sqlx::{Connection, Database, Pool};
use std::ops::Range;

/// Declares an enum with a variant for each driver: what `$of` is for it.
macro_rules! driver_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident $(<$lifetime:lifetime>)? of $of:ident) => {
        $(#[$meta])*
        $vis enum $name $(<$lifetime>)? {
            /// SQLite.
            #[cfg(feature = "sqlite")]
            Sqlite($of<$($lifetime,)? sqlx::Sqlite>),
            /// PostgreSQL.
            #[cfg(feature = "postgres")]
            Postgres($of<$($lifetime,)? sqlx::Postgres>),
            /// MySQL and MariaDB.
            #[cfg(feature = "mysql")]
            MySql($of<$($lifetime,)? sqlx::MySql>),
        }
    };
}

/// Does the same with whichever driver it is, which is called `D` there.
macro_rules! with_driver {
    ($value:expr, $name:ident($bound:pat) => $body:expr) => {
        $crate::backend::driver::match_driver!($value, $name($bound) => [] $body)
    };
}

/// Makes one such enum of another, variant by variant.
macro_rules! map_driver {
    ($value:expr, $name:ident($bound:pat) => $to:ident($body:expr)) => {
        $crate::backend::driver::match_driver!($value, $name($bound) => [$to] $body)
    };
}

/// An arm for each driver; in brackets the enum whose variant is made of what the arm gives, if any.
macro_rules! match_driver {
    ($value:expr, $name:ident($bound:pat) => [$($to:ident)?] $body:expr) => {
        match $value {
            #[cfg(feature = "sqlite")]
            $name::Sqlite($bound) => {
                #[allow(dead_code, reason = "not everything asks for it")]
                type D = sqlx::Sqlite;
                $($to::Sqlite)? ($body)
            }
            #[cfg(feature = "postgres")]
            $name::Postgres($bound) => {
                #[allow(dead_code, reason = "not everything asks for it")]
                type D = sqlx::Postgres;
                $($to::Postgres)? ($body)
            }
            #[cfg(feature = "mysql")]
            $name::MySql($bound) => {
                #[allow(dead_code, reason = "not everything asks for it")]
                type D = sqlx::MySql;
                $($to::MySql)? ($body)
            }
        }
    };
}

pub(crate) use {driver_enum, map_driver, match_driver, with_driver};

driver_enum! {
    /// A pool of the kind that the URL named.
    #[derive(Debug, Clone)]
    #[non_exhaustive]
    pub enum AnyPool of Pool
}

/// A connection that is lent.
pub(crate) type Lent<'c, D> = &'c mut <D as Database>::Connection;

driver_enum! {
    /// A connection that is lent.
    #[doc(hidden)]
    #[derive(Debug)]
    pub enum AnyConnection<'c> of Lent
}

impl AnyConnection<'_> {
    /// The same connection for a shorter time.
    pub(crate) fn reborrow(&mut self) -> AnyConnection<'_> {
        map_driver!(self, AnyConnection(connection) => AnyConnection(connection))
    }

    /// Takes another connection of the same kind, and gives the one that it had.
    pub(crate) fn swap(&mut self, other: AnyConnection<'_>) {
        match (self, other) {
            #[cfg(feature = "sqlite")]
            (Self::Sqlite(this), AnyConnection::Sqlite(other)) => std::mem::swap(*this, other),
            #[cfg(feature = "postgres")]
            (Self::Postgres(this), AnyConnection::Postgres(other)) => std::mem::swap(*this, other),
            #[cfg(feature = "mysql")]
            (Self::MySql(this), AnyConnection::MySql(other)) => std::mem::swap(*this, other),
            // One pool opens one kind only.
            #[allow(unreachable_patterns, reason = "with one driver there is no other kind")]
            _ => {}
        }
    }

    /// What is special about this kind of database.
    pub(crate) fn engine(&self) -> &'static dyn Engine {
        with_driver!(self, AnyConnection(_) => D::engine())
    }
}

/// A connection that a run holds.
pub(crate) enum Held<D: sqlx::Database> {
    /// Taken out of its pool.
    Own(D::Connection),
    /// Still of the pool: a database in memory lives and dies with its connection.
    #[cfg_attr(not(feature = "sqlite"), allow(dead_code, reason = "only SQLite has databases in memory"))]
    Pooled(PoolConnection<D>),
}

impl<D: sqlx::Database> Held<D> {
    pub(crate) fn connection(&mut self) -> &mut D::Connection {
        match self {
            Self::Own(connection) => connection,
            Self::Pooled(connection) => connection,
        }
    }
}

/// How a connection is opened.
pub(crate) type Options<D> = <<D as Database>::Connection as Connection>::Options;

/// A driver, and what differs between them besides SQL.
pub(crate) trait Driver: Database {
    /// Whether it leads to a server.
    const IS_SERVER: bool = true;

    /// Whether sqlx must know of each transaction on a connection that is lent: only then can it be rolled back when a
    /// future is dropped.
    const TRACKS_TRANSACTIONS: bool = false;

    /// What is special about this kind of database.
    fn engine() -> &'static dyn Engine;

    /// Takes a connection out of a pool.
    async fn acquire(pool: &Pool<Self>, timeouts: &Timeouts) -> Result<PoolConnection<Self>, Error>;

    /// Makes a connection of the pool the run's own.
    async fn own(connection: PoolConnection<Self>, timeouts: &Timeouts) -> Result<Held<Self>, Error>;

    /// Makes a connection that is lent ready for what a run asks.
    async fn borrow(connection: &mut Self::Connection, timeouts: &Timeouts) -> Result<(), Error>;

    /// Whether other connections of the pool see what was done on this one.
    async fn is_seen(_pool: &Pool<Self>, _connection: &mut Self::Connection) -> bool {
        true
    }

    /// Closes a connection.
    async fn close(connection: Self::Connection, timeouts: &Timeouts) -> Result<(), sqlx::Error> {
        AnswerLimits::new(timeouts).answered(connection.close()).await
    }

    /// Whether sqlx has begun a transaction on it.
    fn is_in_transaction(connection: &Self::Connection) -> bool {
        connection.is_in_transaction()
    }

    /// The part of a statement that an error speaks of, as a range of bytes.
    async fn part(connection: &mut Self::Connection, sql: &str, error: &SendError) -> Option<Range<usize>>;

    /// Says something last without waiting for an answer, or for the statement that may still be running: for a future
    /// that is dropped. The server carries it out when it is done with that statement.
    fn abandon(connection: &mut Self::Connection, last_words: &'static str, rest: &[String]);

    /// What connections are opened with as options of PostgreSQL.
    fn startup_options(_options: &Options<Self>) -> Option<String> {
        None
    }

    /// Refuses a stage outside a transaction behind a pooler, where another connection can find that out.
    async fn refuse_pooler(
        _options: &Options<Self>,
        _revision: &RevisionId,
        _at: &Heads,
        _limits: AnswerLimits,
    ) -> Result<(), Error> {
        Ok(())
    }
}
