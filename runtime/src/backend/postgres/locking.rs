//! The advisory lock of a run on PostgreSQL.

use crate::backend::Tables;
use crate::backend::engine::Locking;
use crate::backend::engine::locking::lock_key;
use crate::backend::postgres::Postgres;

impl Locking for Postgres {
    fn try_transaction_lock(&self, key: &str) -> Option<String> {
        Some(format!("pg_try_advisory_xact_lock({})", number(key)))
    }

    fn try_lock(&self, key: &str) -> Option<String> {
        // Never the blocking kind: it deadlocks with CREATE INDEX CONCURRENTLY, which waits for its snapshot.
        Some(format!("SELECT pg_try_advisory_lock({})", number(key)))
    }

    fn unlock(&self, key: &str) -> Option<String> {
        Some(format!("SELECT pg_advisory_unlock({})", number(key)))
    }

    fn holds_lock(&self, key: &str) -> Option<String> {
        Some(format!("EXISTS (SELECT 1 FROM pg_locks WHERE {} AND pid = pg_backend_pid())", is_our_lock(key)))
    }

    fn lock_holder(&self, key: &str) -> Option<String> {
        Some(format!(
            "SELECT pid, usename, application_name, client_addr, \
             to_char(coalesce(xact_start, backend_start) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), query \
             FROM pg_stat_activity WHERE pid = (SELECT pid FROM pg_locks WHERE {} LIMIT 1)",
            is_our_lock(key)
        ))
    }

    fn tables_lock(&self, tables: &Tables) -> Option<String> {
        // `IF NOT EXISTS` fails when two sessions make a table at once. It waits as long as a lock of a table may.
        Some(format!("SELECT pg_advisory_xact_lock({})", number(&lock_key(&["tables", &tables.journal]))))
    }
}

/// The rows of `pg_locks` that are about our lock.
fn is_our_lock(key: &str) -> String {
    // A 64-bit key is shown in halves: https://www.postgresql.org/docs/current/view-pg-locks.html
    let (high, low) = key.split_at_checked(8).unwrap_or((key, "0"));
    let half = |digits| u32::from_str_radix(digits, 16).unwrap_or_default();
    format!(
        "locktype = 'advisory' AND granted AND classid = {} AND objid = {} AND objsubid = 1 \
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        half(high),
        half(low)
    )
}

/// A key as the signed number that the functions take.
fn number(key: &str) -> i64 {
    i64::from_ne_bytes(u64::from_str_radix(key, 16).unwrap_or_default().to_ne_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_one_number_to_take_and_two_halves_to_look_for() {
        assert_eq!(number("ffffffff00000001"), -4_294_967_295);
        assert!(is_our_lock("ffffffff00000001").contains("classid = 4294967295 AND objid = 1 "));
    }
}
