//! The journal mode of a file, and what goes with it.

use crate::backend::error_help::open_error;
use crate::backend::sqlite::file::beside;
use crate::backend::sqlite::primary_code;
use crate::error::{Error, ErrorKind};
use sqlx::sqlite::{SqliteConnectOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use std::time::{Duration, Instant};

/// How long processes that create a file at the same time wait for each other.
const NEW_FILE: Duration = Duration::from_secs(1);

/// How long a question about a file may wait for a writer.
const QUESTION: Duration = Duration::from_millis(200);

/// SQLite does not wait for the lock that a change of the mode needs.
const RETRY: Duration = Duration::from_millis(10);

/// What a file answers with when it is in WAL mode.
const WAL: &str = "wal";

/// Puts a file that does not exist into WAL mode. What cannot be done here is left to the pool, which says why.
pub(super) async fn prepare_new_file(connect: &SqliteConnectOptions) {
    // An error is told by the pool too.
    if connect.get_filename().try_exists().unwrap_or(true) {
        return;
    }
    if let Err(error) = change(connect, NEW_FILE).await {
        tracing::debug!(%error, "a new file could not be put into WAL mode");
    }
}

/// Puts a file into WAL mode.
pub(super) async fn switch_to_wal(connect: &SqliteConnectOptions, patience: Duration) -> Result<(), Error> {
    let failed = |mode: Option<String>, source| {
        let file = connect.get_filename().to_owned();
        Error::from(ErrorKind::JournalMode { file, mode, source })
    };
    match change(connect, patience).await {
        Ok(mode) if mode == WAL => Ok(()),
        Ok(mode) => Err(failed(Some(mode), None)),
        Err(error) if is_busy(&error) => Err(failed(None, Some(error))),
        Err(error) => Err(open_error(error, connect)),
    }
}

/// The mode that a file has after it was asked to be in WAL mode.
async fn change(connect: &SqliteConnectOptions, patience: Duration) -> Result<String, sqlx::Error> {
    let end = Instant::now() + patience;
    loop {
        let changed = async {
            let mut connection = connect.clone().busy_timeout(QUESTION).connect().await?;
            let mode = sqlx::query_scalar("PRAGMA journal_mode = wal").fetch_one(&mut connection).await?;
            connection.close().await?;
            Ok(mode)
        };
        match changed.await {
            Err(error) if is_busy(&error) && Instant::now() < end => tokio::time::sleep(RETRY).await,
            result => return result,
        }
    }
}

/// The options with `synchronous = FULL` in place of `NORMAL`, unless the file is in WAL mode: in other modes a loss of power
/// can damage a file with `NORMAL` (<https://www.sqlite.org/pragma.html#pragma_synchronous>).
pub(super) async fn with_safe_synchronous(connect: &SqliteConnectOptions) -> SqliteConnectOptions {
    const NORMAL: i64 = 1;
    let question = async {
        let mut connection = connect.clone().busy_timeout(QUESTION).connect().await?;
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut connection).await?;
        let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok::<_, sqlx::Error>(mode != WAL && synchronous == NORMAL)
    };
    // A file that does not answer is asked again by the pool. `FULL` is right for every mode.
    let is_unsafe = question.await.unwrap_or(true);
    if is_unsafe { connect.clone().synchronous(SqliteSynchronous::Full) } else { connect.clone() }
}

/// Moves what the log holds into the file, if the log was left by a pool that closed: another process has the file open.
pub(super) async fn empty_log(connect: &SqliteConnectOptions) {
    let has_log = std::fs::metadata(beside(connect.get_filename(), "-wal")).is_ok_and(|log| log.len() > 0);
    if !has_log {
        return;
    }
    if let Err(error) = checkpoint(connect).await {
        tracing::debug!(%error, "checkpoint");
    }
}

async fn checkpoint(connect: &SqliteConnectOptions) -> Result<(), sqlx::Error> {
    let mut connection: SqliteConnection =
        connect.clone().create_if_missing(false).busy_timeout(Duration::from_secs(1)).connect().await?;
    // It waits for readers, and does as much as it can when they stay:
    // https://www.sqlite.org/pragma.html#pragma_wal_checkpoint
    sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await?;
    connection.close().await
}

/// Whether another connection stands in the way: `SQLITE_BUSY` and its kinds (<https://www.sqlite.org/rescode.html#busy>).
fn is_busy(error: &sqlx::Error) -> bool {
    primary_code(error) == Some(5)
}
