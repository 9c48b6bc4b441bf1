//! Databases in memory that several connections share.

use super::Settings;
use crate::backend::error_help::open_error;
use crate::database::backend::Opened;
use crate::error::Error;
use sqlx::{ConnectOptions as _, SqlitePool};
use std::sync::atomic::{AtomicU64, Ordering};

/// Opens a new one.
///
/// SQLite's file system `memdb` shares a database between the connections of a process that name it with a slash, with the
/// locks of a file, for which a busy timeout waits (`src/memdb.c` of SQLite, since 3.36). A shared cache, the other way,
/// has locks of its own, for which it does not: <https://www.sqlite.org/sharedcache.html>.
pub(super) async fn open(settings: &Settings) -> Result<Opened<SqlitePool>, Error> {
    static OPENED: AtomicU64 = AtomicU64::new(0);
    let number = OPENED.fetch_add(1, Ordering::Relaxed);
    let connect = settings
        .connect
        .clone()
        .filename(format!("/servicekit-{number}"))
        .vfs("memdb")
        .create_if_missing(true);
    let failed = |error| open_error(error, &settings.connect);
    let anchor = connect.connect().await.map_err(failed)?;
    let pool = settings.pool.clone().connect_with(connect.clone()).await.map_err(failed)?;
    Ok(Opened { pool, anchor: Some(anchor) })
}
