//! The history as rusqlite_migration embeds it.

use include_dir::{Dir, include_dir};

/// The history.
pub static HISTORY: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/history");
