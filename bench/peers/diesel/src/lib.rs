//! The history as diesel embeds it.

use diesel_migrations::{EmbeddedMigrations, embed_migrations};

/// The history.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("history");
