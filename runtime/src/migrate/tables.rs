//! The names of the tables that a run keeps its state in.

use super::error::Error;
use crate::migrations::Embedded;

/// The version table and the journal, quoted for SQL.
#[derive(Debug, Clone)]
pub(super) struct Tables {
    version: String,
    journal: String,
    schema: &'static str,
    version_name: &'static str,
}

impl Tables {
    pub(super) fn of(embedded: &Embedded) -> Self {
        // Without a schema SQLite would also find a temporary table, or one of an attached file.
        let schema = embedded.schema.unwrap_or("main");
        let quoted = |table| format!("{}.{}", quote(schema), quote(table));
        Self {
            version: quoted(embedded.version_table),
            journal: quoted(embedded.journal_table),
            schema,
            version_name: embedded.version_table,
        }
    }

    /// The version table.
    pub(super) fn version(&self) -> &str {
        &self.version
    }

    /// The journal.
    pub(super) fn journal(&self) -> &str {
        &self.journal
    }

    /// Whether SQLite's words say that there is no version table, rather than that it is a view of something
    /// that is not there.
    pub(super) fn is_missing(&self, words: &str) -> bool {
        words == format!("no such table: {}.{}", self.schema, self.version_name)
    }

    /// The version table is not what it should be.
    pub(super) fn corrupt(&self, reason: impl Into<String>) -> Error {
        Error::CorruptVersionTable { table: self.version_name.to_owned(), reason: reason.into() }
    }
}

/// A name in the quotes of SQL.
pub(super) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
