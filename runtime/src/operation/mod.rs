//! What a revision's `upgrade` and `downgrade` record.

use servicekit_chain::Dialect;
use std::panic::Location;

/// The list that a revision's `upgrade` or `downgrade` fills: operations are recorded first and run later.
///
/// Recording does nothing to a database, so a revision can be planned, printed and tested without one. It
/// must record the same operations each time it is asked.
///
/// ```
/// use servicekit::revision::*;
///
/// fn upgrade(op: &mut Operations) {
///     op.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
///     op.execute_for(Dialect::Postgres, "CREATE INDEX ON users (lower(name))");
/// }
/// # let mut recorded = Operations::default();
/// # upgrade(&mut recorded);
/// # assert_eq!(recorded.len(), 2);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Operations {
    list: Vec<Operation>,
}

/// One recorded operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    /// The databases it is meant for; `None` for all.
    pub(crate) dialect: Option<Dialect>,
    /// SQL text: one statement or several.
    pub(crate) sql: String,
    /// Where the revision called for it.
    pub(crate) location: &'static Location<'static>,
}

impl Operations {
    /// Runs SQL on every database: one statement, or several separated by semicolons.
    #[track_caller]
    pub fn execute(&mut self, sql: impl Into<String>) {
        self.push(None, sql.into(), Location::caller());
    }

    /// Runs SQL only where the database is of this kind; elsewhere it is left out.
    #[track_caller]
    pub fn execute_for(&mut self, dialect: Dialect, sql: impl Into<String>) {
        self.push(Some(dialect), sql.into(), Location::caller());
    }

    fn push(&mut self, dialect: Option<Dialect>, sql: String, location: &'static Location<'static>) {
        self.list.push(Operation { dialect, sql, location });
    }

    /// How many operations are recorded.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing is recorded.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The recorded operations, for the dialect that runs them.
    pub(crate) fn into_operations(self, dialect: Dialect) -> impl Iterator<Item = Operation> {
        self.list.into_iter().filter(move |operation| operation.dialect.is_none_or(|only| only == dialect))
    }
}
