//! What is asked of MySQL and MariaDB.

use sqlx::mysql::MySqlDatabaseError;
use sqlx::{AssertSqlSafe, Connection as _, MySqlConnection};
use std::path::PathBuf;

const TOO_MANY_CONNECTIONS: u16 = 1040;
const TOO_MANY_USER_CONNECTIONS: u16 = 1203;
const LOCK_WAIT_TIMEOUT: u16 = 1205;

pub(super) async fn data_folder(url: &str) -> Result<PathBuf, sqlx::Error> {
    let mut connection = MySqlConnection::connect(url).await?;
    let folder: String = sqlx::query_scalar("SELECT @@datadir").fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(folder.into())
}

pub(super) async fn version(url: &str) -> Result<String, sqlx::Error> {
    let mut connection = MySqlConnection::connect(url).await?;
    let version = sqlx::query_scalar("SELECT VERSION()").fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(version)
}

pub(super) async fn create_database(url: &str, name: &str) -> Result<(), sqlx::Error> {
    let mut connection = MySqlConnection::connect(url).await?;
    let create = format!("CREATE DATABASE `{name}` CHARACTER SET utf8mb4");
    sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut connection).await?;
    connection.close().await
}

/// A session that merely looks at the database does not keep it from being dropped; one with an open transaction
/// on a table does, for as long as it lives. Such a session is ended when it was still there after a few seconds.
pub(super) async fn drop_database(url: &str, name: &str) -> Result<(), sqlx::Error> {
    let mut connection = MySqlConnection::connect(url).await?;
    sqlx::raw_sql("SET SESSION lock_wait_timeout = 3").execute(&mut connection).await?;
    let drop = format!("DROP DATABASE IF EXISTS `{name}`");
    let mut result = sqlx::raw_sql(AssertSqlSafe(drop.as_str())).execute(&mut connection).await;
    if result.as_ref().is_err_and(|error| number(error) == Some(LOCK_WAIT_TIMEOUT)) {
        let sessions: Vec<i64> = sqlx::query_scalar(
            "SELECT CAST(id AS SIGNED) FROM information_schema.processlist WHERE db = ? AND id <> CONNECTION_ID()",
        )
        .bind(name)
        .fetch_all(&mut connection)
        .await?;
        for session in sessions {
            // It may have ended by itself meanwhile.
            let _ = sqlx::raw_sql(AssertSqlSafe(format!("KILL {session}"))).execute(&mut connection).await;
        }
        result = sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut connection).await;
    }
    result?;
    connection.close().await
}

pub(super) fn is_busy(error: &sqlx::Error) -> bool {
    matches!(number(error), Some(TOO_MANY_CONNECTIONS | TOO_MANY_USER_CONNECTIONS | LOCK_WAIT_TIMEOUT))
}

fn number(error: &sqlx::Error) -> Option<u16> {
    error.as_database_error()?.try_downcast_ref::<MySqlDatabaseError>().map(MySqlDatabaseError::number)
}
