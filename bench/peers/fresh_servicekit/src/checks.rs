//! What a check of the history takes, beside one upgrade.

use crate::MIGRATIONS;
use servicekit::Database;
use servicekit::testing::{CheckedRevisions, MigrationCheckError, MigrationChecks};
use std::time::Instant;

#[cfg(feature = "mysql")]
type Driver = servicekit::sqlx::MySql;
#[cfg(feature = "postgres")]
type Driver = servicekit::sqlx::Postgres;
#[cfg(feature = "sqlite")]
type Driver = servicekit::sqlx::Sqlite;

/// Tells how long it took, without making the database and dropping it.
async fn timed<T, E: std::error::Error>(work: impl Future<Output = Result<T, E>>) -> T {
    let clock = Instant::now();
    let done = work.await;
    let took = clock.elapsed();
    println!("\ntook {}", took.as_nanos());
    done.unwrap_or_else(|error| panic!("{error}"))
}

#[servicekit::test(migrations = false)]
async fn upgrade(database: Database<Driver>) {
    timed(MIGRATIONS.upgrade(&database)).await;
}

#[servicekit::test(migrations = false)]
async fn last(database: Database<Driver>) -> Result<(), MigrationCheckError> {
    up_down_up(&database, CheckedRevisions::Last(20)).await
}

#[servicekit::test(migrations = false)]
async fn all(database: Database<Driver>) -> Result<(), MigrationCheckError> {
    up_down_up(&database, CheckedRevisions::All).await
}

async fn up_down_up(
    database: &Database<Driver>,
    revisions: CheckedRevisions,
) -> Result<(), MigrationCheckError> {
    let checks = MigrationChecks::new(MIGRATIONS).revisions(revisions);
    assert_eq!(timed(checks.up_down_up(database)).await, []);
    assert_eq!(MIGRATIONS.current(database).await?.len(), 1);
    Ok(())
}
