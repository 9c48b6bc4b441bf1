//! The names of the bookkeeping tables.

use crate::backend::Engine;
use crate::error::{Error, ErrorKind};
use crate::history::Embedded;
use servicekit_chain::Dialect;
use servicekit_chain::sql::ObjectName;

/// The schema of the version table and the journal, instead of the configured one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VersionTableSchema {
    /// The current schema of the session, without a check of other schemas: for a schema per tenant, each with its
    /// own history. No effect on MySQL and SQLite, where other schemas are never checked.
    Current,
    /// This schema; on MySQL a database, on SQLite an attached file.
    Named(String),
}

/// Which columns a journal has: those of earlier versions lack the later ones. Each has all of the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum JournalColumns {
    /// Those of the first version.
    First,
    /// Those that name the version table of a row.
    WithOwner,
    /// The digest of what was rendered, too.
    All,
}

impl JournalColumns {
    /// The columns to look for.
    pub(crate) const LATER: &str = "'version_table', 'rendered_digest'";

    /// By how many of [`LATER`](Self::LATER) there are: they came in this order.
    pub(crate) fn counted(count: Option<&str>) -> Self {
        match count {
            None | Some("0") => Self::First,
            Some("1") => Self::WithOwner,
            Some(_) => Self::All,
        }
    }
}

/// The version table and the journal, quoted for SQL.
#[derive(Debug, Clone)]
pub(crate) struct Tables {
    /// The version table.
    pub(crate) version: String,
    /// The journal.
    pub(crate) journal: String,
    /// The schema of both, where one was named or found.
    pub(crate) schema: Option<String>,
    /// The version table without quotes and schema.
    pub(crate) version_name: &'static str,
    /// The journal without quotes and schema.
    pub(crate) journal_name: &'static str,
    /// Which columns the journal has; `None` until it was asked.
    pub(crate) journal_columns: Option<JournalColumns>,
    /// Whether the settings say in which schema the tables are, so that none of another schema can be meant.
    pub(crate) is_placed: bool,
}

impl Tables {
    /// Those of a history; one run may set their schema.
    pub(crate) fn new(embedded: &Embedded, engine: &dyn Engine, chosen: Option<&VersionTableSchema>) -> Self {
        let wanted = match chosen {
            Some(VersionTableSchema::Named(schema)) => Some(schema.as_str()),
            Some(VersionTableSchema::Current) => None,
            None => embedded.schema,
        };
        let schema = match engine.dialect() {
            // Without a schema SQLite would also find a temporary table, or one of an attached file.
            Dialect::Sqlite => Some(wanted.unwrap_or("main")),
            _ => wanted,
        };
        let names = (embedded.version_table, embedded.journal_table);
        let tables = Self::quoted(engine, schema.map(str::to_owned), names);
        Self { is_placed: wanted.is_some() || chosen.is_some() || embedded.current_schema, ..tables }
    }

    /// The same tables in the schema where they were found, which a revision that changes the search path cannot
    /// change any more.
    pub(crate) fn pinned(&self, engine: &dyn Engine, schema: Option<String>) -> Self {
        let schema = schema.or_else(|| self.schema.clone());
        let is_placed = self.is_placed;
        Self { is_placed, ..Self::quoted(engine, schema, (self.version_name, self.journal_name)) }
    }

    fn quoted(
        engine: &dyn Engine,
        schema: Option<String>,
        (version_name, journal_name): (&'static str, &'static str),
    ) -> Self {
        let quoted =
            |name: &str| engine.quote_object(&ObjectName { schema: schema.clone(), name: name.to_owned() });
        Self {
            version: quoted(version_name),
            journal: quoted(journal_name),
            schema,
            version_name,
            journal_name,
            journal_columns: None,
            is_placed: false,
        }
    }

    /// Whether the journal has these columns; until it was asked it is taken for a new one.
    pub(crate) fn journal_has(&self, columns: JournalColumns) -> bool {
        self.journal_columns.is_none_or(|own| own >= columns)
    }

    /// The version table as SQLite's messages name it.
    pub(crate) fn plain_version(&self) -> String {
        match &self.schema {
            Some(schema) => format!("{schema}.{}", self.version_name),
            None => self.version_name.to_owned(),
        }
    }

    /// The version table is not what it should be.
    pub(crate) fn corrupt(&self, reason: impl Into<String>) -> Error {
        ErrorKind::CorruptVersionTable { table: self.version_name.to_owned(), reason: reason.into() }.into()
    }
}

/// An error when a name of the settings is longer than this database keeps.
pub(crate) fn check_names(tables: &Tables, engine: &dyn Engine) -> Result<(), Error> {
    let Some(limit) = engine.longest_name() else { return Ok(()) };
    let names = [
        ("version_table", Some(tables.version_name)),
        ("journal_table", Some(tables.journal_name)),
        ("schema", tables.schema.as_deref()),
    ];
    for (setting, name) in names {
        if let Some(name) = name.filter(|name| limit.is_exceeded(name)) {
            let dialect = engine.dialect();
            return Err(ErrorKind::NameTooLong { setting, name: name.to_owned(), limit, dialect }.into());
        }
    }
    Ok(())
}
