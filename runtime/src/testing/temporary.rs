//! Temporary databases for tests: migrated, with only the rows that the revisions insert.

use crate::error::Error;
use crate::history::Migrations;
use crate::{Database, SqliteDatabaseBuilder};
use sqlx::{Sqlite, SqlitePool};
use tempfile::TempDir;

/// A migrated SQLite file for one test, which is deleted when the value is dropped.
#[derive(Debug)]
pub struct TempSqlite {
    database: Database<Sqlite>,
    pool: SqlitePool,
    directory: TempDir,
}

/// Why a test database could not be created.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum TempDatabaseError {
    /// The folder for the file could not be created.
    #[error("a temporary folder could not be made: {0}")]
    Folder(#[from] std::io::Error),
    /// The history could not be applied.
    #[error("{0}")]
    Migrate(#[from] Error),
}

crate::error::debug_as_display!(TempDatabaseError);

/// Creates a SQLite file in a temporary folder and upgrades it to the head of the history.
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

    /// The database, for code that needs one.
    pub fn database(&self) -> &Database<Sqlite> {
        &self.database
    }

    /// The folder of the file `test.db`, for example to open a second connection.
    pub fn directory(&self) -> &std::path::Path {
        self.directory.path()
    }
}
