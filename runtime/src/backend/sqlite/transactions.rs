//! How a transaction begins on SQLite, and what a commit that found the file busy leaves.

use crate::backend::Tables;
use crate::backend::engine::Transactions;
use crate::backend::sqlite::{Sqlite, dropped_table};

impl Transactions for Sqlite {
    fn begin(&self) -> &'static str {
        // A deferred BEGIN would fail at its first write, without waiting for the lock:
        // https://www.sqlite.org/lang_transaction.html
        "BEGIN IMMEDIATE"
    }

    fn needs_check(&self, sql: &str) -> bool {
        dropped_table::applies(sql)
    }

    fn accepts_several(&self) -> bool {
        true
    }

    fn require_rows(&self, tables: &Tables, ids: &[String]) -> Option<String> {
        let (table, number, ids) = (&tables.version, ids.len(), ids.join(", "));
        // "integer overflow", or no row at all: each row would be a message between threads.
        // https://www.sqlite.org/lang_corefunc.html#abs
        Some(format!(
            "SELECT abs(-9223372036854775807 - 1) WHERE (SELECT count(*) FROM {table}) <> {number} \
             OR (SELECT count(*) FROM {table} WHERE version_num IN ({ids})) <> {number}"
        ))
    }

    fn commits_again(&self) -> bool {
        // SQLite leaves the transaction open then: https://www.sqlite.org/lang_transaction.html
        true
    }
}
