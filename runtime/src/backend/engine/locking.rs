//! The advisory lock of a run.

use crate::backend::Tables;
use std::time::Duration;

/// The advisory lock of a run.
pub(crate) trait Locking {
    /// The first and the longest pause before a lock that another run holds is asked for again.
    fn retry_pauses(&self) -> (Duration, Duration) {
        (Duration::from_millis(25), Duration::from_secs(1))
    }

    /// An expression that takes the lock of a run for the transaction that has just begun, if it is free; `1` when it
    /// was.
    fn try_transaction_lock(&self, _key: &str) -> Option<String> {
        None
    }

    /// Takes the lock of a run if it is free; `1` when it was.
    fn try_lock(&self, _key: &str) -> Option<String> {
        None
    }

    /// Whether a run needs the lock also when each of its stages is a transaction.
    fn always_locks(&self) -> bool {
        false
    }

    /// Gives the lock of a run back.
    fn unlock(&self, _key: &str) -> Option<String> {
        None
    }

    /// An expression for whether this session still holds the lock of a run; `1` when it does.
    fn holds_lock(&self, _key: &str) -> Option<String> {
        None
    }

    /// Who holds the lock: session, user, application, address, since when, what it runs.
    fn lock_holder(&self, _key: &str) -> Option<String> {
        None
    }

    /// Takes a lock, for the transaction that is open, under which the tables are made: two histories may share the journal.
    fn tables_lock(&self, _tables: &Tables) -> Option<String> {
        None
    }
}

/// A 64-bit number for a list of names, as 16 hexadecimal digits: what a lock is known by.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) fn lock_key(names: &[&str]) -> String {
    // A length before each, so that no two lists make the same text.
    let text: Vec<String> = names.iter().map(|name| format!("{}:{name}", name.len())).collect();
    crate::backend::hash::sha256(&text.concat()).chars().take(16).collect()
}
