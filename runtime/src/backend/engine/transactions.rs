//! How a transaction begins and what it demands before anything is written.

use crate::backend::{Server, Tables, Timeouts};

/// How a transaction begins and what it demands before anything is written.
pub(crate) trait Transactions {
    /// Begins a transaction.
    fn begin(&self) -> &'static str;

    /// Statements that change nothing in a transaction, and of which the last one finds no savepoint outside of one; none where
    /// the server says it in another way.
    fn probe_transaction(&self) -> &'static [&'static str] {
        &[]
    }

    /// Expressions that bound the waits of the transaction that has just begun.
    fn timeouts(&self, _timeouts: &Timeouts, _server: &Server) -> Vec<String> {
        Vec::new()
    }

    /// Whether it must be asked first what else a statement would do.
    fn needs_check(&self, _sql: &str) -> bool {
        false
    }

    /// Whether statements of a revision can be sent several at a time, and each is answered once.
    fn accepts_several(&self) -> bool;

    /// A statement that is refused unless all of these conditions hold, and that sets these timeouts; `None` where there are
    /// none.
    fn require_conditions(&self, _conditions: &[String], _bounds: &[String]) -> Option<String> {
        None
    }

    /// A statement that is refused unless the version table holds these rows and no others, given as literals; `None` where
    /// a message cannot be ended by that.
    fn require_rows(&self, _tables: &Tables, _ids: &[String]) -> Option<String> {
        None
    }

    /// Whether a commit that found the database busy can be tried again, with everything that was done kept.
    fn commits_again(&self) -> bool {
        false
    }

    /// Whether a statement can be in a revision that shares a commit with others: it neither asks for nor changes what is only so
    /// when each has its own.
    fn shares_commit(&self, _tables: &Tables, _sql: &str) -> bool {
        false
    }

    /// Asks, in a transaction, whether revisions can share it, and whether the database is so small that none of them takes
    /// long; `None` where they never do.
    fn may_share_commit(&self, _tables: &Tables) -> Option<[String; 2]> {
        None
    }

    /// Expressions that change a setting for the transaction that has just begun, where a session need not be changed.
    fn set_in_transaction(&self, _name: &str, _value: &str) -> Option<String> {
        None
    }
}
