//! SQLite has no lock of a session: the write lock of each transaction is the lock of a run.

use crate::backend::engine::Locking;
use crate::backend::sqlite::Sqlite;
use std::time::Duration;

impl Locking for Sqlite {
    fn retry_pauses(&self) -> (Duration, Duration) {
        // SQLite waits by itself before it reports that it is busy, and has no server that questions could burden.
        (Duration::from_millis(20), Duration::from_millis(20))
    }
}
