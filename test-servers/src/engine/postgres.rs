//! What is asked of PostgreSQL.

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::path::PathBuf;

/// The first version that knows `DROP DATABASE … WITH (FORCE)`.
const FORCE: i32 = 130_000;

pub(super) async fn data_folder(url: &str) -> Result<PathBuf, sqlx::Error> {
    let mut connection = PgConnection::connect(url).await?;
    // NULL for a user who may not see it, who gets an empty path: a shared server is not compared with any.
    let folder: Option<String> =
        sqlx::query_scalar("SELECT setting FROM pg_catalog.pg_settings WHERE name = 'data_directory'")
            .fetch_optional(&mut connection)
            .await?;
    connection.close().await?;
    Ok(folder.unwrap_or_default().into())
}

pub(super) async fn version(url: &str) -> Result<String, sqlx::Error> {
    let mut connection = PgConnection::connect(url).await?;
    let version = sqlx::query_scalar("SHOW server_version").fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(version)
}

/// From `template0`, which nobody can be connected to: a session on `template1` would be in the way.
pub(super) async fn create_database(url: &str, name: &str) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(url).await?;
    let create = format!(r#"CREATE DATABASE "{name}" TEMPLATE template0 ENCODING 'UTF8'"#);
    sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut connection).await?;
    connection.close().await
}

pub(super) async fn drop_database(url: &str, name: &str) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(url).await?;
    let version: i32 = sqlx::query_scalar("SELECT pg_catalog.current_setting('server_version_num')::int")
        .fetch_one(&mut connection)
        .await?;
    let force = if version >= FORCE {
        " WITH (FORCE)"
    } else {
        sqlx::query("SELECT pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname = $1")
            .bind(name)
            .execute(&mut connection)
            .await?;
        ""
    };
    let drop = format!(r#"DROP DATABASE IF EXISTS "{name}"{force}"#);
    sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut connection).await?;
    connection.close().await
}

/// A database that is being accessed, no connection left, a server that is starting.
pub(super) fn is_busy(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .is_some_and(|code| matches!(&*code, "55006" | "53300" | "57P03"))
}
