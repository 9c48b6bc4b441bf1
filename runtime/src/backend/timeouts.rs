//! How long a run waits: for the lock of the run, for locks of tables, for statements.

use std::time::Duration;

/// How long a run waits for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Timeouts {
    /// For a database that another session holds: another run, a writer, a server without room for another connection.
    pub(crate) acquire: Duration,
    /// For a lock of a table, before its step is undone and tried again: all that time others who want the table wait behind
    /// it.
    pub(crate) lock: Duration,
    /// For one statement, where something limits it.
    pub(crate) statement: Option<Duration>,
    /// For a concurrent build of an index, which nobody waits for.
    pub(crate) concurrent_index: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            acquire: Duration::from_mins(1),
            lock: Duration::from_secs(1),
            statement: None,
            concurrent_index: Duration::from_hours(12),
        }
    }
}
