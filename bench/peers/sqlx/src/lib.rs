//! The history as sqlx embeds it.

/// The history.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("./history");
