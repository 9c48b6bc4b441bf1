//! What is known of the server that a run talks to.

use crate::backend::JournalColumns;
use crate::error::{OldServer, ReadOnlyCause, ServerNote};
use servicekit_schema::requirement::ServerVersion;

/// What is known of the server that a run talks to.
#[allow(clippy::struct_excessive_bools, reason = "each is an answer of its own")]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Server {
    /// A name that no other history on this server has: for the lock.
    pub(crate) key: String,
    /// The schema that holds the tables, or will.
    pub(crate) schema: Option<String>,
    /// Whether the version table is there.
    pub(crate) has_version_table: bool,
    /// Whether the journal is there.
    pub(crate) has_journal: bool,
    /// Which columns the journal has; `None` when that was not asked.
    pub(crate) journal_columns: Option<JournalColumns>,
    /// Whether it is known that this user may not add columns to the journal.
    pub(crate) may_not_widen_journal: bool,
    /// How many characters the version column holds; `None` when it is not bounded, or not there.
    pub(crate) width: Option<usize>,
    /// Whether the session has no name of its own.
    pub(crate) is_nameless: bool,
    /// The name to give it, where it has none.
    pub(crate) application: Option<&'static str>,
    /// Whether the session is inside a transaction that the caller has begun.
    pub(crate) is_in_transaction: bool,
    /// An engine that has no locks of sessions, by name.
    pub(crate) refused: Option<&'static str>,
    /// Why nothing is to be written.
    pub(crate) read_only: Option<ReadOnlyCause>,
    /// Whether the server ends a connection whose client does not acknowledge what it is sent.
    pub(crate) has_user_timeout: bool,
    /// Whether the server can notice by itself that a client is gone.
    pub(crate) notices_gone_clients: bool,
    /// What it is, where that was asked and is known.
    pub(crate) version: Option<ServerVersion>,
    /// What it is, when it is too old.
    pub(crate) too_old: Option<OldServer>,
    /// A table of ours that knows no transactions, and its storage engine.
    pub(crate) without_transactions: Option<(String, String)>,
    /// Whether DDL on tables of other engines than InnoDB can be left partially applied.
    pub(crate) is_atomic_with_innodb_only: bool,
    /// What whoever writes revisions should know.
    pub(crate) note: Option<ServerNote>,
    /// Whether each question opens a transaction, if none is open.
    pub(crate) is_autocommit_off: bool,
    /// Whether the session is set so that questions have no answers.
    pub(crate) answers_nothing: bool,
}
