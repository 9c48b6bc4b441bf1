//! The operations of each kind of database.

use crate::backend::AnyPool;
use crate::error::Error;
use std::fmt;
use std::future::Future;
use std::time::Duration;

/// A kind of database that a [`Database`](super::Database) can have: [`sqlx::Sqlite`], `sqlx::Postgres`,
/// `sqlx::MySql`, or [`AnyBackend`](super::AnyBackend). This trait is sealed.
pub trait Backend: sealed::Sealed + Sized + 'static {
    /// The pool of connections.
    type Pool: Clone + fmt::Debug + Send + Sync + 'static;
    /// The transaction that [`Database::session`](super::Database::session) begins: one of sqlx, or
    /// [`AnySession`](super::AnySession).
    type Session: Send + 'static;
    #[doc(hidden)]
    type Settings: Clone + fmt::Debug + Send + Sync + 'static;

    #[doc(hidden)]
    fn open(
        settings: &Self::Settings,
        deadline: Option<Duration>,
    ) -> impl Future<Output = Result<Opened<Self::Pool>, Error>> + Send;

    #[doc(hidden)]
    fn begin(pool: &Self::Pool) -> impl Future<Output = Result<Self::Session, sqlx::Error>> + Send;

    /// What is left to do after the pool was closed.
    #[doc(hidden)]
    fn closed(settings: &Self::Settings) -> impl Future<Output = ()> + Send;

    #[doc(hidden)]
    fn echo(settings: &mut Self::Settings, level: log::LevelFilter);

    #[doc(hidden)]
    fn any(pool: Self::Pool) -> AnyPool;
}

/// A pool, and what must stay open for as long as it is used.
#[doc(hidden)]
#[derive(Debug)]
pub struct Opened<P> {
    pub(super) pool: P,
    /// A database in memory ends with its last connection, and a pool may close all that it has.
    #[cfg(feature = "sqlite")]
    pub(super) anchor: Option<sqlx::SqliteConnection>,
}

impl<P> Opened<P> {
    pub(super) fn new(pool: P) -> Self {
        Self {
            pool,
            #[cfg(feature = "sqlite")]
            anchor: None,
        }
    }

    pub(super) fn map<Q>(self, change: impl FnOnce(P) -> Q) -> Opened<Q> {
        Opened {
            pool: change(self.pool),
            #[cfg(feature = "sqlite")]
            anchor: self.anchor,
        }
    }
}

pub(super) mod sealed {
    pub trait Sealed {}
}
