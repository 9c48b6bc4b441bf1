//! Connections to a file, or to a database in memory.

use crate::backend::{Timeouts, database_error};
use crate::error::{Error, Phase};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Whether the database is a file, so that another connection would see the same data.
pub(crate) async fn is_file(connection: &mut SqliteConnection) -> Result<bool, Error> {
    // `file` is empty for every kind of database in memory: https://www.sqlite.org/pragma.html#pragma_database_list
    let rows = sqlx::raw_sql("PRAGMA database_list")
        .fetch_all(connection)
        .await
        .map_err(|error| database_error(Phase::ReadVersion, error))?;
    Ok(rows.iter().any(|row| {
        row.try_get::<&str, _>("name").is_ok_and(|name| name == "main")
            && row.try_get::<&str, _>("file").is_ok_and(|file| !file.is_empty())
    }))
}

/// A file that SQLite keeps beside a database: its write-ahead log has the ending `-wal`
/// (<https://www.sqlite.org/tempfiles.html>).
pub(crate) fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// How long SQLite itself waits for a lock on this connection from now on.
pub(crate) async fn set_busy_timeout(
    connection: &mut SqliteConnection,
    timeout: Duration,
) -> Result<(), Error> {
    let sql = format!("PRAGMA busy_timeout = {}", timeout.as_millis());
    let set = sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await;
    set.map(|_| ()).map_err(|error| database_error(Phase::Connect { file: None }, error))
}

/// Whether another connection with these options would see what was done on this one: each connection to
/// a database in memory has one of its own, unless they share a cache.
pub(crate) async fn is_shared(
    connection: &mut SqliteConnection,
    options: &SqliteConnectOptions,
) -> Result<bool, sqlx::Error> {
    let mut other = SqliteConnection::connect_with(options).await?;
    // It goes up with each change of the schema: https://www.sqlite.org/pragma.html#pragma_schema_version
    let sql = "PRAGMA main.schema_version";
    let here: i64 = sqlx::query_scalar(sql).fetch_one(connection).await?;
    let there: i64 = sqlx::query_scalar(sql).fetch_one(&mut other).await?;
    Ok(here == there)
}

/// How long SQLite itself waits for a lock on a connection that belongs to the run: short, so that a run
/// notices in time that it should stop or that its acquire timeout has passed.
const BUSY_TIMEOUT: Duration = Duration::from_millis(200);

/// The busy timeout of a connection that belongs to a run with this acquire timeout.
pub(crate) fn busy_timeout(timeouts: &Timeouts) -> Duration {
    timeouts.acquire.min(BUSY_TIMEOUT)
}
