//! The version table and the journal: how they are made, asked, and written.

use crate::backend::{JournalColumns, Tables};
use crate::error::NameLimit;
use std::time::Duration;

/// The version table and the journal: how they are made, asked, and written.
pub(crate) trait Bookkeeping {
    /// Asks for the version rows: the one statement of a start with nothing to do.
    fn version_rows(&self, tables: &Tables) -> String {
        format!("SELECT version_num FROM {}{}", tables.version, self.all_rows())
    }

    /// What stands at the end of a question, so that it is answered with all rows whatever the settings of the session are.
    fn all_rows(&self) -> &'static str {
        ""
    }

    /// Makes the version table and the journal where they are missing.
    fn ensure_tables(&self, tables: &Tables) -> Vec<String>;

    /// The clock of the database, in UTC.
    fn time(&self) -> &'static str;

    /// The same as a text that means the same however the session shows and reads times.
    fn time_as_text(&self) -> String {
        self.time().to_owned()
    }

    /// A time that [`time_as_text`](Self::time_as_text) gave, and what has passed since.
    fn time_after(&self, time: &str, passed: Duration) -> String;

    /// A column of the journal that holds a time, as text.
    fn shown_time(&self, column: &str) -> String;

    /// What stands after the INSERT of one row into the journal, so that its answer is the number of the row; empty where
    /// there is no such thing.
    fn returning_seq(&self) -> &'static str {
        " RETURNING seq"
    }

    /// Asks for the number of the row that this session has inserted last, where the INSERT does not answer it.
    fn last_seq(&self) -> Option<&'static str> {
        None
    }

    /// Asks how many of the [later columns](JournalColumns::LATER) the journal has, where `identify` does not.
    fn later_columns(&self, _tables: &Tables) -> Option<String> {
        None
    }

    /// The type of the columns that a journal can be given.
    fn type_of_later_columns(&self) -> &'static str {
        "TEXT"
    }

    /// What makes `ADD COLUMN` do nothing for a column that is there, where there is such a thing.
    fn unless_column_exists(&self) -> &'static str {
        ""
    }

    /// Gives a journal with these columns those that it lacks, one statement for each.
    fn widen_journal(&self, tables: &Tables, has: JournalColumns) -> Vec<String> {
        let text = self.type_of_later_columns();
        let [schema, table, rendered] = ["version_schema", "version_table", "rendered_digest"];
        let lacks: &[&str] = match has {
            JournalColumns::First => &[schema, table, rendered],
            JournalColumns::WithOwner => &[rendered],
            JournalColumns::All => &[],
        };
        let add = |column| {
            format!(
                "ALTER TABLE {} ADD COLUMN {}{column} {text}",
                tables.journal,
                self.unless_column_exists()
            )
        };
        lacks.iter().map(add).collect()
    }

    /// Room for longer ids in the version column, which Python's Alembic makes for 32 characters.
    fn widen_version_column(&self, _tables: &Tables) -> Vec<String> {
        Vec::new()
    }

    /// Asks for the other schemas of the database that hold a version table of this name, which this role may read.
    fn tables_elsewhere(&self, _tables: &Tables) -> Option<String> {
        None
    }

    /// Asks the journal in the schema of such a table for the revision that was begun last.
    fn begun_elsewhere(&self, tables: &Tables) -> String {
        format!("SELECT revision FROM {} WHERE stages > 0 ORDER BY seq DESC LIMIT 1", tables.journal)
    }

    /// The longest name that a table can have.
    fn longest_name(&self) -> Option<NameLimit> {
        None
    }
}
