//! What each kind of database is told, and how its answers are read: texts and rules, nothing that is sent.

pub(crate) mod acquire;
pub(crate) mod answer;
pub(crate) mod answer_limits;
pub(crate) mod connection;
pub(crate) mod driver_settings;
pub(crate) mod error_help;
pub(crate) mod hash;
pub(crate) mod into_connection;
pub(crate) mod lock_holder;
#[cfg(feature = "mysql")]
pub(crate) mod mysql;
pub(crate) mod named;
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) mod oldest_version;
pub(crate) mod pooler;
#[cfg(feature = "postgres")]
pub(crate) mod postgres;
pub(crate) mod rights;
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) mod server_room;
pub(crate) mod session_state;
pub(crate) mod sqlite;
pub(crate) mod tables;
pub(crate) mod timeouts;

use crate::backend::answer::Answer;
use crate::backend::rights::RightQuestion;
use crate::backend::tables::Tables;
use crate::backend::timeouts::Timeouts;
pub(crate) use crate::error::database::ErrorClass;
use crate::error::name_limit::NameLimit;
use crate::error::old_server::{OldServer, ServerNote};
use crate::error::read_only::ReadOnlyCause;
use driver_settings::OwnSetting;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{ModeSetting, Named, Object, ObjectName, Part, StatementClass};
use std::fmt;
use std::time::Duration;

/// A kind of database, as the runner needs to know it.
///
/// Every text is one statement. What a database cannot do is an empty list or `None`.
pub(crate) trait Engine: fmt::Debug + Sync {
    /// Its dialect.
    fn dialect(&self) -> Dialect;

    /// A value as a literal, whatever characters it holds and however the server is set.
    fn literal(&self, value: &str) -> String;

    /// A name in the quotes of the dialect.
    fn quote(&self, name: &str) -> String;

    /// Asks for the version rows: the one statement of a start with nothing to do.
    fn version_rows(&self, tables: &Tables) -> String {
        format!("SELECT version_num FROM {}{}", tables.version(), self.all_rows())
    }

    /// What stands at the end of a question, so that it is answered with all rows whatever the settings of the session are.
    fn all_rows(&self) -> &'static str {
        ""
    }

    /// Whether the error says that this table does not exist, rather than that it is a view of something that is not.
    fn is_missing(&self, error: &sqlx::Error, tables: &Tables) -> bool;

    /// Whether it says that a table does not exist, whichever: where the database has no number for that.
    fn says_no_table(&self, _error: &sqlx::Error) -> bool {
        false
    }

    /// What is wrong with a version table that cannot be read, when that is known.
    fn corruption(&self, error: &sqlx::Error) -> Option<&'static str>;

    /// Makes the version table and the journal where they are missing.
    fn create_tables(&self, tables: &Tables) -> Vec<String>;

    /// Begins a transaction.
    fn begin(&self) -> &'static str;

    /// Expressions that bound the waits of the transaction that has just begun.
    fn timeouts(&self, _timeouts: &Timeouts, _server: &Server) -> Vec<String> {
        Vec::new()
    }

    /// An expression that takes the lock of a run for the transaction that has just begun, if it is free; `1` when it
    /// was.
    fn xact_lock(&self, _key: &str) -> Option<String> {
        None
    }

    /// Whether it must be asked first what else a statement would do.
    fn must_be_checked(&self, _sql: &str) -> bool {
        false
    }

    /// Whether statements of a revision can be sent several at a time, and each is answered once.
    fn takes_several(&self) -> bool;

    /// A statement that is refused unless all of these conditions hold, and that sets these timeouts; `None` where there are
    /// none.
    fn require_opening(&self, _conditions: &[String], _bounds: &[String]) -> Option<String> {
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

    /// Whether an error says that there is no transaction to commit: a statement in it has ended it.
    fn says_nothing_to_commit(&self, _error: &sqlx::Error) -> bool {
        false
    }

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

    /// Whether an error says that there is no such savepoint, or no transaction that it could be in.
    fn says_no_savepoint(&self, error: &sqlx::Error) -> bool;

    /// What the refusal to run says about this database.
    fn class(&self, error: &sqlx::Error) -> ErrorClass;

    /// Whether an error says that the statement as it stands was refused, so that nothing of it was done.
    fn says_not_begun(&self, _error: &sqlx::Error) -> bool {
        false
    }

    /// What a person can do about an error.
    fn help(&self, error: &sqlx::Error) -> Option<&'static str>;

    /// Asks who the server is, and which tables are there.
    fn identify(&self, _tables: &Tables) -> Vec<String> {
        Vec::new()
    }

    /// Reads the answers to [`identify`](Self::identify).
    fn read_identity(&self, _tables: &Tables, _answers: &[Answer]) -> Server {
        Server::default()
    }

    /// Takes the lock of a run if it is free; `1` when it was.
    fn try_lock(&self, _key: &str) -> Option<String> {
        None
    }

    /// Whether a run needs the lock also when each of its stages is a transaction.
    fn always_locks(&self) -> bool {
        false
    }

    /// Gives the lock of a run back.
    fn unlock(&self, _key: &str) -> Option<String> {
        None
    }

    /// An expression for whether this session still holds the lock of a run; `1` when it does.
    fn holds_lock(&self, _key: &str) -> Option<String> {
        None
    }

    /// Who holds the lock: session, user, application, address, since when, what it runs.
    fn holder(&self, _key: &str) -> Option<String> {
        None
    }

    /// Settings of a session that runs stages outside a transaction, as (name, value).
    fn settings(&self, _timeouts: &Timeouts, _server: &Server) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Settings of a session that holds the lock: how long the server hears nothing from it before it ends it.
    fn idle_settings(&self, _is_expected: bool) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Settings for a statement that may wait for long without being in anybody's way.
    fn patient_settings(&self, _timeouts: &Timeouts) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// What a setting is now.
    fn setting(&self, _name: &str) -> Option<String> {
        None
    }

    /// Changes a setting of the session.
    fn set(&self, _name: &str, _value: &str) -> Option<String> {
        None
    }

    /// Asks whether a pooler stands before the session, where the session itself tells.
    fn is_pooled(&self) -> Option<String> {
        None
    }

    /// This session, in a way that no other session before or after is named.
    fn session_id(&self) -> Option<String> {
        None
    }

    /// Whether that session is there; `1` when it is.
    fn session_exists(&self, _id: &str, _statement: &str) -> Option<String> {
        None
    }

    /// Ends that session.
    fn terminate_session(&self, _id: &str) -> Option<String> {
        None
    }

    /// Questions whose answers are the definition of an object; an error that says that it does not exist is one too.
    fn definition(&self, _object: &Object) -> Vec<String> {
        Vec::new()
    }

    /// Asks for a part of a table; no row when it does not exist.
    fn part(&self, _table: &ObjectName, _part: &Part) -> Option<String> {
        None
    }

    /// Asks for an index that is built concurrently: whether it is valid, and whether another session builds it now. No row
    /// when there is none.
    fn index_state(&self, _table: &ObjectName, _index: &str) -> Option<String> {
        None
    }

    /// Asks whether an index is there.
    fn is_index_there(&self, _index: &ObjectName) -> Option<String> {
        None
    }

    /// Drops what a failed concurrent build left behind.
    fn drop_invalid_index(&self, _table: &ObjectName, _index: &str) -> Option<String> {
        None
    }

    /// Whether an error says that the object that was asked for does not exist.
    fn is_absent(&self, _error: &sqlx::Error) -> bool {
        false
    }

    /// A definition without what changes by itself.
    fn normalized(&self, definition: String) -> String {
        definition
    }

    /// What stands after the INSERT of one row into the journal, so that its answer is the number of the row; empty where
    /// there is no such thing.
    fn returning_seq(&self) -> &'static str {
        " RETURNING seq"
    }

    /// Asks for the number of the row that this session has inserted last, where the INSERT does not answer it.
    fn last_seq(&self) -> Option<&'static str> {
        None
    }

    /// Asks whether the rows of the journal name their version table, where [`identify`](Self::identify) does not.
    fn names_owner(&self, _tables: &Tables) -> Option<String> {
        None
    }

    /// Gives an old journal the columns that name the version table of a row.
    fn widen_journal(&self, tables: &Tables) -> Vec<String>;

    /// Whether an error says that the journal has them already.
    fn says_column_is_there(&self, _error: &sqlx::Error) -> bool {
        false
    }

    /// Whether an error says that the user may not do it.
    fn says_denied(&self, _error: &sqlx::Error) -> bool {
        false
    }

    /// Takes a lock, for the transaction that is open, under which the tables are made: two histories may share the journal.
    fn tables_lock(&self, _tables: &Tables) -> Option<String> {
        None
    }

    /// Asks for the role of the session, where a revision can take on another one.
    fn role(&self) -> Option<&'static str> {
        None
    }

    /// Whether a statement outside of a transaction takes on another role.
    fn takes_role(&self, _sql: &str) -> bool {
        false
    }

    /// What makes a transaction one of the role that [`role`](Self::role) has answered.
    fn own_role(&self, _found: &Answer) -> Vec<String> {
        Vec::new()
    }

    /// What gives the transaction back to the role of the revision, which was taken on with this.
    fn their_role(&self, _taken: Option<&str>) -> Vec<String> {
        Vec::new()
    }

    /// What gives the session its role again.
    fn own_role_again(&self, _found: &Answer) -> Vec<String> {
        Vec::new()
    }

    /// Questions for what a session keeps and a revision may change, under these names too.
    fn kept(&self, named: &[Named]) -> Vec<String>;

    /// What keeps a copy of what these names mean, before a revision.
    fn keep(&self, _named: &[Named]) -> Vec<String> {
        Vec::new()
    }

    /// What makes a session what it was when [`kept`](Self::kept) was answered the first time, before these statements.
    fn put_back(
        &self,
        statements: &[&str],
        named: &[Named],
        before: &[Answer],
        after: &[Answer],
    ) -> Vec<String>;

    /// Whether an error of one of those says that it is as it was.
    fn says_nothing_to_put_back(&self, _error: &sqlx::Error) -> bool {
        false
    }

    /// What lets another session in, where this one may have been told to keep all others out.
    fn before_another_session(&self) -> &'static [&'static str] {
        &[]
    }

    /// Asks for the version alone, where an old server may not understand [`identify`](Self::identify).
    fn version(&self) -> Option<&'static str> {
        None
    }

    /// What is told as the version, if revisions do not run on it any more.
    fn too_old(&self, _version: &str) -> Option<OldServer> {
        None
    }

    /// Asks whether a server that is killed may leave a part of this statement behind.
    fn may_be_partially_applied(
        &self,
        _server: &Server,
        _sql: &str,
        _conduct: &StatementClass,
    ) -> Option<String> {
        None
    }

    /// Room for longer ids in the version column, which Python's Alembic makes for 32 characters.
    fn widen(&self, _tables: &Tables) -> Vec<String> {
        Vec::new()
    }

    /// Asks for the other schemas of the database that hold a version table of this name, which this role may read.
    fn tables_elsewhere(&self, _tables: &Tables) -> Option<String> {
        None
    }

    /// Asks the journal in the schema of such a table for the revision that was begun last.
    fn begun_elsewhere(&self, tables: &Tables) -> String {
        format!("SELECT revision FROM {} WHERE stages > 0 ORDER BY seq DESC LIMIT 1", tables.journal())
    }

    /// Asks for the settings that the driver has changed, and for what they would be without it.
    fn own_settings_question(&self) -> Option<String> {
        None
    }

    /// Asks for what else has to be known of them, which not everybody may read.
    fn own_settings_in_files(&self, _answers: &[Answer], _options: Option<&str>) -> Vec<String> {
        Vec::new()
    }

    /// Reads the answers to both; `options` are what the connection was opened with.
    fn own_settings(
        &self,
        _answers: &[Answer],
        _files: &[Answer],
        _options: Option<&str>,
    ) -> Vec<OwnSetting> {
        Vec::new()
    }

    /// Reads from the answer to the first how the session reads SQL.
    fn mode_setting(&self, _answers: &[Answer]) -> ModeSetting {
        self.dialect().into()
    }

    /// Expressions that change a setting for the transaction that has just begun, where a session need not be changed.
    fn set_in_transaction(&self, _name: &str, _value: &str) -> Option<String> {
        None
    }

    /// Asks whether the user has the rights that runs need, without writing anything.
    fn rights(&self, _tables: &Tables, _server: &Server) -> Vec<RightQuestion> {
        Vec::new()
    }

    /// The longest name that a table can have.
    fn longest_name(&self) -> Option<NameLimit> {
        None
    }
}

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
    /// Whether the rows of the journal name their version table; `None` when that was not asked.
    pub(crate) names_owner: Option<bool>,
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

/// A 64-bit number for a list of names, as 16 hexadecimal digits: what a lock is known by.
#[cfg(any(feature = "postgres", feature = "mysql"))]
fn lock_key(names: &[&str]) -> String {
    // A length before each, so that no two lists make the same text.
    let text: Vec<String> = names.iter().map(|name| format!("{}:{name}", name.len())).collect();
    crate::backend::hash::of(&text.concat()).chars().take(16).collect()
}

/// Whether a value that a database answers means yes.
pub(crate) fn is_yes(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "t" | "true"))
}

/// The value in this column of the first row of an answer.
#[cfg(any(feature = "postgres", feature = "mysql"))]
fn value(answers: &[Answer], answer: usize, column: usize) -> Option<&str> {
    answers.get(answer)?.rows.first()?.get(column)?.as_deref()
}
