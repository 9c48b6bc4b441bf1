//! How a transaction begins on PostgreSQL.

use crate::backend::engine::{Quoting as _, Sessions as _, Transactions};
use crate::backend::postgres::Postgres;
use crate::backend::{Server, Tables, Timeouts};

impl Transactions for Postgres {
    fn begin(&self) -> &'static str {
        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
    }

    fn timeouts(&self, timeouts: &Timeouts, server: &Server) -> Vec<String> {
        // They end with the transaction, so nothing leaks: also not to others behind a pooler.
        let settings = self.settings(timeouts, server);
        settings.iter().filter_map(|(name, value)| self.set_in_transaction(name, value)).collect()
    }

    fn accepts_several(&self) -> bool {
        true
    }

    fn require_conditions(&self, conditions: &[String], timeouts: &[String]) -> Option<String> {
        let conditions = match conditions {
            [] => "true".to_owned(),
            some => some.join(" AND "),
        };
        Some(format!("SELECT {}", [&[demand(&conditions)], timeouts].concat().join(", ")))
    }

    fn require_rows(&self, tables: &Tables, ids: &[String]) -> Option<String> {
        let number = ids.len();
        let those = match ids {
            [] => String::new(),
            some => format!(" AND count(*) FILTER (WHERE version_num IN ({})) = {number}", some.join(", ")),
        };
        Some(format!("SELECT {} FROM {}", demand(&format!("count(*) = {number}{those}")), tables.version))
    }

    fn set_in_transaction(&self, name: &str, value: &str) -> Option<String> {
        Some(format!("set_config('{name}', {}, true)", self.literal(value)))
    }
}

/// An expression that is an error, "division by zero", unless a condition holds.
fn demand(condition: &str) -> String {
    format!("1 / CASE WHEN {condition} THEN 1 ELSE 0 END")
}
