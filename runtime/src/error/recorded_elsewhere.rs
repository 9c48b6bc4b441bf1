//! Version rows of this history in another schema.

use servicekit_chain::Heads;
use std::fmt;

/// Version rows of this history in another schema than that of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordedElsewhere {
    /// The other schema.
    pub schema: String,
    /// The version table there, with the schema.
    pub table: String,
    /// The version rows there, including unknown ones.
    pub rows: Heads,
    /// Whether a revision is partially applied there.
    pub is_partial: bool,
    /// The version table of the run, with its schema if there is one.
    pub here: String,
    /// Whether that table exists without rows.
    pub is_here_empty: bool,
}

impl fmt::Display for RecordedElsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, rows, here, .. } = self;
        let partial = if self.is_partial { ", with a revision partially applied" } else { "" };
        let state = if self.is_here_empty { "is empty" } else { "does not exist" };
        write!(
            f,
            "this history is recorded in another schema: `{table}` is at {rows}{partial}, and `{here}`, where a run would \
             record it, {state}"
        )
    }
}

impl RecordedElsewhere {
    /// What to do.
    pub fn help(&self) -> String {
        format!(
            "to continue that history, set `schema = \"{}\"` in the configuration, or restore the `search_path` that \
             finds it; where each schema has a history of its own, as with a schema per tenant, set \
             `version_table_schema = \"current\"`",
            self.schema.replace('\\', "\\\\").replace('"', "\\\"")
        )
    }
}
