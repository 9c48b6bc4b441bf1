//! A library with tables of its own, which every application that uses it has in its database.
//!
//! Its history is beside that of the application: `version_table` in `alembic.toml` has another name than the default.

servicekit::migrations!("alembic");

use servicekit::sqlx::{self, SqliteConnection};

/// Makes an account; its number.
///
/// # Errors
/// If there is one of this name, or the database refuses it.
pub async fn open_account(connection: &mut SqliteConnection, name: &str) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("INSERT INTO accounts (name) VALUES (?) RETURNING id")
        .bind(name)
        .fetch_one(connection)
        .await
}
