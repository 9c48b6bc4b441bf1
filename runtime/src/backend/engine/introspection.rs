//! How the schema of a database is read: what is asked, and what the answers mean.

use crate::backend::Answer;
use crate::backend::engine::ScratchQueries;
use crate::backend::engine::equality::Equality;
use crate::error::IntrospectionError;
use servicekit_schema::table::{Schema, TableName};
use std::time::Duration;

/// What is to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Scope {
    /// The schemas; the current one if there are none.
    pub(crate) schemas: Vec<String>,
    /// Whether the current schema is read besides those.
    pub(crate) and_current: bool,
    /// The tables; all of the schemas if there are none.
    pub(crate) tables: Vec<TableName>,
    /// Tables that are left out, such as the version table.
    pub(crate) left_out: Vec<String>,
}

impl Scope {
    /// Whether a table without a schema may be in the current one.
    pub(crate) fn has_current(&self) -> bool {
        self.schemas.is_empty() || self.and_current
    }

    /// Whether the current schema is read.
    #[cfg(any(feature = "postgres", feature = "mysql"))]
    pub(crate) fn reads_current(&self) -> bool {
        let is_unnamed = self.tables.is_empty() || self.tables.iter().any(|table| table.schema.is_none());
        self.has_current() && is_unnamed
    }
}

/// How the schema of a database is read: what is asked, and what the answers mean.
///
/// The questions are a constant number for any number of tables, and are sent as one text.
pub(crate) trait Introspection: Equality {
    /// Asks for settings of the session that would change the answers, so that they can be put back.
    fn settings_in_the_way(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether those answers tell that a transaction is open, which sqlx does not know of.
    fn is_in_transaction(&self, _settings: &[Answer]) -> bool {
        false
    }

    /// Begins a transaction that sees one state of the database and writes nothing, with settings that the answers do not
    /// depend on. The first statement begins the transaction.
    fn begin_snapshot(&self) -> Vec<String>;

    /// Puts back settings that the end of the transaction does not.
    fn put_settings_back(&self, _settings: &[Answer]) -> Vec<String> {
        Vec::new()
    }

    /// What is asked in the transaction.
    fn schema_questions(&self, scope: &Scope) -> Vec<String>;

    /// What the answers mean. A table in the current schema has no schema in its name.
    fn read_schema(&self, scope: &Scope, answers: &[Answer]) -> Result<Schema, IntrospectionError>;

    /// The schema that is not there, where only an error says so.
    fn missing_schema(&self, _scope: &Scope, _error: &sqlx::Error) -> Option<IntrospectionError> {
        None
    }

    /// Settings of the transaction for a count of rows that may take so long.
    fn settings_for_counts(&self, _limit: Duration) -> Vec<String> {
        Vec::new()
    }

    /// A `SELECT` that the server ends after this time, where no setting does that.
    fn limited(&self, select: &str, _limit: Duration) -> String {
        select.to_owned()
    }

    /// Whether an error says that a count was ended because of its time.
    fn is_over_limit(&self, error: &sqlx::Error) -> bool;

    /// How a database for replays is checked and emptied, where one is needed.
    fn scratch(&self) -> Option<ScratchQueries> {
        None
    }

    /// Everything that is in the database: its kind, its name, and what drops it.
    #[cfg(feature = "testing")]
    fn contents(&self) -> &'static str {
        self.scratch().map_or("", |queries| queries.contents)
    }

    /// The tables and indexes with the texts that make them, where the database stores those.
    #[cfg(feature = "testing")]
    fn stored_texts(&self) -> Option<&'static str> {
        None
    }

    /// Whether an error says that the catalogue was changed while it was read, so that another attempt may succeed.
    fn has_changed_meanwhile(&self, _error: &sqlx::Error) -> bool {
        false
    }
}
