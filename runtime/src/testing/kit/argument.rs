//! What a test can take.

use super::TestDatabaseError;
use super::own::{OwnDatabase, TestBackend};
use crate::Database;
use crate::error::Phase;
use sqlx::pool::PoolConnection;
use sqlx::{Pool, Transaction};
use std::future::Future;

/// What a test of [`#[servicekit::test]`](crate::test) can take: a pool, a connection of one, a transaction that is rolled
/// back when the test ends, or a [`Database`]. This trait is sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that a test of `#[servicekit::test]` can take",
    label = "no database of a test",
    note = "take a `SqlitePool`, `PgPool` or `MySqlPool`, a `PoolConnection<Sqlite>`, a `Transaction<'_, Sqlite>`, a `&mut SqliteConnection` or a `Database<Sqlite>`"
)]
pub trait TestArgument: Sized {
    /// The kind of its database.
    type Backend: TestBackend;

    #[doc(hidden)]
    fn of(database: &OwnDatabase<Self::Backend>) -> impl Future<Output = Result<Self, TestDatabaseError>>;
}

fn not_opened(source: sqlx::Error) -> TestDatabaseError {
    crate::backend::database_error(Phase::Connect { file: None }, source).into()
}

impl<D: TestBackend> TestArgument for Pool<D> {
    type Backend = D;

    async fn of(database: &OwnDatabase<D>) -> Result<Self, TestDatabaseError> {
        Ok(database.pool.clone())
    }
}

impl<D: TestBackend> TestArgument for PoolConnection<D> {
    type Backend = D;

    async fn of(database: &OwnDatabase<D>) -> Result<Self, TestDatabaseError> {
        database.pool.acquire().await.map_err(not_opened)
    }
}

impl<D: TestBackend> TestArgument for Transaction<'static, D> {
    type Backend = D;

    async fn of(database: &OwnDatabase<D>) -> Result<Self, TestDatabaseError> {
        database.pool.begin().await.map_err(not_opened)
    }
}

impl<D: TestBackend> TestArgument for Database<D> {
    type Backend = D;

    async fn of(database: &OwnDatabase<D>) -> Result<Self, TestDatabaseError> {
        Ok(database.database.clone())
    }
}
