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
    #[doc(hidden)]
    type Settings: Clone + fmt::Debug + Send + Sync + 'static;

    #[doc(hidden)]
    fn open(
        settings: &Self::Settings,
        deadline: Option<Duration>,
    ) -> impl Future<Output = Result<Self::Pool, Error>> + Send;

    #[doc(hidden)]
    fn any(pool: Self::Pool) -> AnyPool;
}

pub(super) mod sealed {
    pub trait Sealed {}
}
