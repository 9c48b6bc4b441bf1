//! The database of one test, of whatever kind.

use super::{TestDatabaseError, TestSetup};
use crate::Database;
use crate::database::Backend;
use std::future::Future;
use std::time::Duration;

/// How long is waited for connections that a test has not given back.
const LAST_CONNECTIONS: Duration = Duration::from_secs(10);

/// A kind of database that a test can have. This trait is sealed.
pub trait TestBackend: Backend<Pool = sqlx::Pool<Self>> + sqlx::Database {
    /// What was made for a test besides the database: a folder, a name on a server.
    #[doc(hidden)]
    type Place: Place;

    /// Makes a migrated database for a test; it is not open yet.
    #[doc(hidden)]
    fn make(
        setup: &TestSetup,
    ) -> impl Future<Output = Result<(Database<Self>, Self::Place), TestDatabaseError>>;
}

/// Where the database of a test is.
#[doc(hidden)]
pub trait Place {
    /// Drops the database.
    fn remove(self) -> impl Future<Output = ()>;

    /// Keeps it, and says where it is.
    fn keep(self) -> impl Future<Output = String>;
}

/// The database of one test.
#[doc(hidden)]
#[derive(Debug)]
pub struct OwnDatabase<D: TestBackend> {
    pub(super) database: Database<D>,
    pub(super) pool: sqlx::Pool<D>,
    place: D::Place,
}

impl<D: TestBackend> OwnDatabase<D>
where
    for<'c> &'c mut D::Connection: sqlx::Executor<'c, Database = D>,
{
    pub(super) async fn new(setup: &TestSetup) -> Result<Self, TestDatabaseError> {
        let (database, place) = D::make(setup).await?;
        let opened = Self::open(database, setup).await;
        match opened {
            Ok((database, pool)) => Ok(Self { database, pool, place }),
            Err(error) => {
                place.remove().await;
                Err(error)
            }
        }
    }

    async fn open(
        database: Database<D>,
        setup: &TestSetup,
    ) -> Result<(Database<D>, sqlx::Pool<D>), TestDatabaseError> {
        database.init().await?;
        let pool = database.pool()?;
        for fixture in setup.fixtures {
            let failed = |source| TestDatabaseError::Fixture { path: fixture.path, source };
            let mut connection = pool.acquire().await.map_err(failed)?;
            sqlx::Executor::execute(&mut *connection, sqlx::raw_sql(fixture.sql)).await.map_err(failed)?;
        }
        Ok((database, pool))
    }

    /// Closes the database, and drops it or says where it is kept.
    pub(super) async fn end(self, keep: bool) -> Option<String> {
        let Self { database, pool, place } = self;
        drop(pool);
        // A connection that the test has leaked must not hang it.
        let _ = tokio::time::timeout(LAST_CONNECTIONS, database.dispose()).await;
        if keep {
            return Some(place.keep().await);
        }
        place.remove().await;
        None
    }
}
