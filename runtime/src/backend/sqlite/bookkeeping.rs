//! The version table and the journal on SQLite.

use crate::backend::engine::{Bookkeeping, Quoting as _};
use crate::backend::sqlite::Sqlite;
use crate::backend::{JournalColumns, Tables};
use std::time::Duration;

impl Bookkeeping for Sqlite {
    fn ensure_tables(&self, tables: &Tables) -> Vec<String> {
        // The name that Python's Alembic gives it.
        let key = self.quote(&format!("{}_pkc", tables.version_name));
        let version = format!(
            "CREATE TABLE IF NOT EXISTS {} (version_num VARCHAR(255) NOT NULL, \
             CONSTRAINT {key} PRIMARY KEY (version_num))",
            tables.version
        );
        let journal = format!(
            "CREATE TABLE IF NOT EXISTS {} (\
             seq INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL, revision TEXT NOT NULL, \
             direction TEXT NOT NULL, stage INTEGER NOT NULL, stages INTEGER NOT NULL, state TEXT NOT NULL, \
             source_digest TEXT, statement_digest TEXT, fingerprint TEXT, session TEXT, \
             started_at TEXT NOT NULL, finished_at TEXT, application TEXT, message TEXT, \
             version_schema TEXT, version_table TEXT, rendered_digest TEXT)",
            tables.journal
        );
        vec![version, journal]
    }

    fn time(&self) -> &'static str {
        "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
    }

    fn time_after(&self, time: &str, passed: Duration) -> String {
        // Cut off as the clock itself is: rounded, a revision could begin after it has ended.
        let (seconds, milliseconds) = (passed.as_secs(), passed.subsec_millis());
        format!(
            "strftime('%Y-%m-%dT%H:%M:%fZ', {}, '+{seconds}.{milliseconds:03} seconds')",
            self.literal(time)
        )
    }

    fn shown_time(&self, column: &str) -> String {
        column.to_owned()
    }

    fn later_columns(&self, tables: &Tables) -> Option<String> {
        Some(format!(
            "SELECT count(*) FROM pragma_table_info({}, {}) WHERE name IN ({})",
            self.literal(tables.journal_name),
            self.literal(tables.schema.as_deref().unwrap_or("main")),
            JournalColumns::LATER
        ))
    }
}
