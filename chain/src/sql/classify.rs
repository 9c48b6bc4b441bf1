//! How a statement goes with transactions, and how one finds out after a crash whether it was done.
//!
//! A runner groups what is [`TransactionBehavior::Transactional`] into transactions and gives every [`TransactionBehavior::NonTransactional`] statement
//! a step of its own, of which it notes the beginning and the end. A step that was begun and not ended is the case
//! that [`Recovery`] is for.
//!
//! Everything here is read from one statement, without a database. What that cannot show:
//!
//! - which database a name without a schema is in; `USE` and `search_path` decide that,
//! - whether a table of MySQL is a temporary one: `ALTER TABLE`, `CREATE INDEX` and `TRUNCATE` commit all the same,
//!   and a new session has no such table,
//! - whether a table's engine has transactions: rows of a MyISAM or Aria table are not undone,
//! - what is in a procedure or a function that is called,
//! - whether a table of PostgreSQL is partitioned: `REINDEX TABLE`, `REINDEX INDEX` and `CLUSTER` of one refuse to
//!   run inside a transaction, and say so.
//!
//! On MySQL a statement that is not known for certain is never transactional. PostgreSQL and SQLite are the other
//! way round: what refuses to run in a transaction is a short list in their sources, and refuses loudly.

mod change;
mod mysql;
mod names;
mod postgres;
pub(super) mod setting;
mod sqlite;
mod strings;
mod traces;

use super::{Dialect, LexicalMode, TokenCursor};

pub use change::{Change, Effect, Part, PartKind};
use names::Alike;
pub use names::{Object, ObjectKind, ObjectName};
pub use postgres::added_enum_value;
pub use strings::mentions_string;
pub use traces::{Named, Traces, named_traces, traces};

/// How a statement goes with transactions, and what it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementClass {
    /// How it goes with transactions.
    pub behavior: TransactionBehavior,
    /// What it makes, changes or removes.
    ///
    /// With [`Recovery::Compare`] these are all whose definitions it changes, at least one; otherwise they are for
    /// messages and may be missing.
    pub objects: Vec<Object>,
    /// What it makes and removes, with [`Recovery::Compare`]; empty where nothing shows that by itself.
    pub changes: Vec<Change>,
}

impl StatementClass {
    /// Of something that only changes rows inside a transaction.
    ///
    /// ```
    /// use servicekit_chain::sql::{StatementClass, Dialect, classify};
    /// assert_eq!(classify(Dialect::Mysql, "DELETE FROM users"), StatementClass::transactional());
    /// ```
    pub fn transactional() -> Self {
        Self::new(TransactionBehavior::Transactional)
    }
}

/// How a statement goes with transactions.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransactionBehavior {
    /// Runs inside a transaction and is undone with it.
    ///
    /// Temporary tables, prepared statements and cursors that it makes are lost with the session all the same.
    Transactional,
    /// Runs inside a transaction, and keeps a value read from the data in a variable of the session.
    ///
    /// MySQL's `SELECT … INTO @a` and `SET @a = (SELECT …)`. A new session lacks the value, and running the
    /// statement again may read another one or, if it calls a function that writes, write twice.
    SetsVariable,
    /// Changes a setting of the session only: lost with the session, so a resume runs it again.
    ///
    /// Some have to run outside of a transaction to have an effect, such as SQLite's `PRAGMA foreign_keys`, and
    /// some are undone with one, such as PostgreSQL's `SET`.
    Session,
    /// Begins or ends a transaction or a savepoint, changes when they end, or locks tables.
    TransactionControl,
    /// Releases every lock of the session or ends it, and so takes the lock that a runner holds.
    ///
    /// `DISCARD ALL`, `pg_advisory_unlock_all()`, `RELEASE_ALL_LOCKS()`, `SHUTDOWN`.
    ReleasesLocks,
    /// Reads from or writes to the client: `COPY … FROM STDIN`, `COPY … TO STDOUT`, `LOAD DATA LOCAL`.
    CopyStream,
    /// Cannot run inside a transaction, commits the one that is open, or is not undone with it.
    NonTransactional(Recovery),
}

/// How to find out, after a crash, whether a statement that is [`TransactionBehavior::NonTransactional`] was done.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Recovery {
    /// What is there before and after tells. Done: everything of [`StatementClass::changes`] that comes is there and was not, and
    /// what goes is gone, with the table of each part still there. Not done: all of it is as before, whatever else of the objects
    /// another session has changed. Where there is no such change, definitions that are unchanged mean not done, and others tell
    /// nothing: a person must say.
    ///
    /// Where nothing changes because there is nothing to change, running it again does no harm. Each object is
    /// done as a whole; a `DROP TABLE a, b` may be done for one and not for the other (MariaDB, "Atomic DDL":
    /// dropping several tables is only crash-safe), and a `RENAME TABLE` may name views and sequences.
    ///
    /// A definition must hold nothing that changes by itself, such as `AUTO_INCREMENT`. Of a database only whether
    /// it is there counts for `DROP DATABASE`, because PostgreSQL marks it and MariaDB empties it before it is gone.
    /// A kind of object that cannot be looked up is to be asked about.
    Compare,
    /// Running it again leads to the same state, whether it was done or not.
    Repeat,
    /// `CREATE [UNIQUE] INDEX CONCURRENTLY`: an invalid index of this name is a failed build.
    BuildIndex {
        /// The index, in the schema that is written for its table; `None` when it is not named.
        index: Option<ObjectName>,
        /// The table that it is for.
        table: ObjectName,
        /// Whether it has `IF NOT EXISTS`, which is content with an invalid index too.
        if_not_exists: bool,
    },
    /// `DROP INDEX CONCURRENTLY`: done when the index is gone.
    DropIndex {
        /// The index.
        index: ObjectName,
    },
    /// Nobody can tell: a person must say.
    Ask,
}

/// Reads how one statement goes with transactions.
///
/// Comments before it and a semicolon after it do no harm. Several statements are asked about, whatever they are.
///
/// ```
/// use servicekit_chain::sql::{Dialect, TransactionBehavior, ObjectKind, Recovery, classify};
/// let done = classify(Dialect::Mysql, "ALTER TABLE shop.users ADD email text, RENAME people");
/// assert_eq!(done.behavior, TransactionBehavior::NonTransactional(Recovery::Compare));
/// let tables: Vec<_> = done.objects.iter().map(|object| (object.kind, object.name.name.as_str())).collect();
/// assert_eq!(tables, [(ObjectKind::Table, "users"), (ObjectKind::Table, "people")]);
///
/// let done = classify(Dialect::Postgres, "ALTER TABLE users ADD email text");
/// assert_eq!(done.behavior, TransactionBehavior::Transactional);
/// ```
pub fn classify(mode: impl Into<LexicalMode>, sql: &str) -> StatementClass {
    let mode = mode.into();
    match mode.dialect {
        Dialect::Postgres => postgres::classify(mode, sql),
        Dialect::Mysql => mysql::classify(mode, sql),
        Dialect::Sqlite => sqlite::classify(sql),
    }
}

impl StatementClass {
    fn new(behavior: TransactionBehavior) -> Self {
        Self { behavior, objects: Vec::new(), changes: Vec::new() }
    }

    fn session() -> Self {
        Self::new(TransactionBehavior::Session)
    }

    fn control() -> Self {
        Self::new(TransactionBehavior::TransactionControl)
    }

    fn ask() -> Self {
        Self::new(TransactionBehavior::NonTransactional(Recovery::Ask))
    }

    fn repeat() -> Self {
        Self::new(TransactionBehavior::NonTransactional(Recovery::Repeat))
    }

    fn non_transactional(recovery: Recovery, objects: Vec<Object>) -> Self {
        Self { behavior: TransactionBehavior::NonTransactional(recovery), objects, changes: Vec::new() }
    }

    /// Of the object whose name comes next; asked about where none does.
    fn of_named(mut words: TokenCursor<'_, '_>, kind: ObjectKind, recovery: Recovery) -> Self {
        let name = words.name();
        name.map_or_else(Self::ask, |name| Self::non_transactional(recovery, vec![name.of(kind)]))
    }

    /// One that is compared, with what it makes and removes.
    fn compared(objects: Vec<Object>, changes: &[Change]) -> Self {
        Self { changes: change::telling(changes), ..Self::non_transactional(Recovery::Compare, objects) }
    }

    /// With all of its objects made or removed, if it is compared.
    fn with_effect(self, effect: Effect) -> Self {
        if self.behavior != TransactionBehavior::NonTransactional(Recovery::Compare) {
            return self;
        }
        let changes: Vec<_> = self.objects.iter().map(|object| Change::whole(effect, object)).collect();
        Self { changes: change::telling(&changes), ..self }
    }
}

/// The recovery of a statement that makes sure of something with `IF [NOT] EXISTS`, or else is compared.
fn repeat_or_compare(repeats: bool) -> Recovery {
    if repeats { Recovery::Repeat } else { Recovery::Compare }
}
