//! The history as refinery embeds it.

refinery::embed_migrations!("history");
