//! Databases for tests: migrated, empty of rows but for what the revisions put in, and gone afterwards.

use crate::error::Error;
use crate::history::migrations::Migrations;
use crate::{Database, SqliteDatabaseBuilder};
use sqlx::{Sqlite, SqlitePool};
use tempfile::TempDir;

/// A migrated SQLite file of its own for one test; the file goes away with the value.
#[derive(Debug)]
pub struct TempSqlite {
    database: Database<Sqlite>,
    pool: SqlitePool,
    directory: TempDir,
}

/// Why a test did not get its database.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TempDatabaseError {
    /// The folder for the file could not be made.
    #[error("a temporary folder could not be made: {0}")]
    Folder(#[from] std::io::Error),
    /// The history could not be applied.
    #[error("{0}")]
    Migrate(#[from] Error),
}

/// Makes a SQLite file in a temporary folder and brings it to the head of the history.
///
/// ```
/// # use servicekit::{Migrations, testing::temp_sqlite};
/// # async fn example(migrations: &Migrations) -> Result<(), Box<dyn std::error::Error>> {
/// let database = temp_sqlite(migrations).await?;
/// sqlx::query("SELECT 1").execute(database.pool()).await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// See [`TempDatabaseError`].
pub async fn temp_sqlite(migrations: &Migrations) -> Result<TempSqlite, TempDatabaseError> {
    let directory = tempfile::Builder::new().prefix("servicekit-").tempdir()?;
    let database = SqliteDatabaseBuilder::from_file(directory.path().join("test.db"))
        .with_migrations(*migrations)
        .build();
    database.init().await?;
    let pool = database.pool()?;
    Ok(TempSqlite { database, pool, directory })
}

impl TempSqlite {
    /// The pool.
    pub fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    /// The database, for code that takes one.
    pub fn database(&self) -> &Database<Sqlite> {
        &self.database
    }

    /// The folder of the file `test.db`, for a second connection of another kind.
    pub fn directory(&self) -> &std::path::Path {
        self.directory.path()
    }
}
