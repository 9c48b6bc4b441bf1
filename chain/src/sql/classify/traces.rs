//! What a statement leaves behind in its session, so that what runs after it in there may run otherwise.
//!
//! Read from one statement, without a database, and in doubt there is something. What that cannot show: a trigger, a
//! default or a column that is computed may call a function that sets something.

mod functions;
mod named;

use super::mysql::assigns;
use super::{Dialect, TransactionBehavior};
use crate::sql::{self, LexicalMode, Token, TokenCursor, has_pair, significant};

pub use named::{Named, named_traces};

/// What a statement leaves behind in its session, and whether it looks at what others have left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is an answer of its own")]
#[allow(clippy::exhaustive_structs, reason = "what is asked of a statement is all there is")]
pub struct Traces {
    /// Whether the session may be another one after it: settings, roles, variables, temporary tables, prepared
    /// statements, attached files, or what a session is given when it is opened.
    pub leaves: bool,
    /// Whether something lasts until the transaction ends, such as what PostgreSQL's `SET LOCAL` sets.
    pub leaves_in_transaction: bool,
    /// Whether it asks for what statements before it have left by the way: the last value of a sequence, the id of the
    /// last row, how many rows were changed.
    pub reads: bool,
    /// Whether a statement of another session in between changes what it reads: everything but PostgreSQL's `currval`, which
    /// names its sequence.
    pub reads_last: bool,
}

impl Traces {
    /// Those of something that cannot be looked into.
    ///
    /// ```
    /// assert!(servicekit_chain::sql::Traces::unknown().leaves);
    /// ```
    pub fn unknown() -> Self {
        Self { leaves: true, leaves_in_transaction: true, reads: true, reads_last: false }
    }

    /// Whether something is left for what runs later in the same transaction.
    ///
    /// ```
    /// use servicekit_chain::sql::{Dialect, traces};
    /// assert!(traces(Dialect::Postgres, "SET LOCAL search_path = app").lasts());
    /// ```
    pub fn lasts(self) -> bool {
        self.leaves || self.leaves_in_transaction
    }

    /// Both together.
    ///
    /// ```
    /// use servicekit_chain::sql::{Dialect, traces};
    /// let both = traces(Dialect::Postgres, "SET ROLE clerk").and(traces(Dialect::Postgres, "SELECT lastval()"));
    /// assert!(both.leaves && both.reads && !both.leaves_in_transaction);
    /// ```
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            leaves: self.leaves || other.leaves,
            leaves_in_transaction: self.leaves_in_transaction || other.leaves_in_transaction,
            reads: self.reads || other.reads,
            reads_last: self.reads_last || other.reads_last,
        }
    }
}

/// Reads what one statement leaves behind in its session.
///
/// ```
/// use servicekit_chain::sql::{Dialect, traces};
/// assert!(traces(Dialect::Postgres, "SELECT set_config('search_path', '', false)").leaves);
/// assert!(traces(Dialect::Mysql, "SET @unit = 'L'").leaves);
/// assert!(!traces(Dialect::Mysql, "CREATE TABLE part (id int)").leaves);
/// assert!(traces(Dialect::Sqlite, "INSERT INTO wheel VALUES (last_insert_rowid())").reads);
/// ```
pub fn traces(mode: impl Into<LexicalMode>, sql: &str) -> Traces {
    let mode = mode.into();
    let dialect = mode.dialect;
    let all = significant(mode, sql);
    let statement = TokenCursor::new(dialect, &all);
    // A program is only made here. What it does when it is called counts for the call.
    if defines_program(statement) {
        return Traces { leaves: is_temporary(&all), ..Traces::default() };
    }
    let leaves = match dialect {
        Dialect::Postgres => postgres(statement),
        Dialect::Mysql => mysql(statement),
        Dialect::Sqlite => sqlite(statement, sql),
    };
    let reads = reads(dialect, &all);
    let names_sequence = dialect == Dialect::Postgres && !sql::calls(&all, "LASTVAL");
    Traces {
        leaves: leaves == Leaves::Session,
        leaves_in_transaction: leaves == Leaves::Transaction,
        reads,
        reads_last: reads && !names_sequence,
    }
}

/// How long something lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaves {
    Nothing,
    Transaction,
    Session,
}

impl Leaves {
    fn session(if_so: bool) -> Self {
        if if_so { Self::Session } else { Self::Nothing }
    }

    fn or(self, other: impl FnOnce() -> Self) -> Self {
        if self == Self::Session { self } else { other() }
    }
}

/// Whether it makes a function, a trigger, a view or the like.
fn defines_program(mut words: TokenCursor<'_, '_>) -> bool {
    if !words.take_any(&["CREATE", "ALTER"]) {
        return false;
    }
    let what = ["FUNCTION", "PROCEDURE", "TRIGGER", "EVENT", "PACKAGE", "RULE", "VIEW", "POLICY"];
    // `OR REPLACE`, `DEFINER = …`, `TEMP` and others come before it.
    let found =
        words.rest().iter().find(|word| word.is_any(&what) || word.is_any(&["TABLE", "AS", "MATERIALIZED"]));
    found.is_some_and(|word| word.is_any(&what))
}

/// Whether it makes something that ends with the session.
fn is_temporary(all: &[Token<'_>]) -> bool {
    let says = |word: &Token<'_>| word.is_any(&["TEMP", "TEMPORARY"]);
    let schema = |word: &Token<'_>| word.is_name() && (word.says("temp") || word.says("pg_temp"));
    let after = |before: &Token<'_>| before.is_any(&["CREATE", "REPLACE", "LOCAL", "GLOBAL", "INTO"]);
    has_pair(all, |first, second| (after(first) && says(second)) || (second.is_sign(".") && schema(first)))
}

fn postgres(statement: TokenCursor<'_, '_>) -> Leaves {
    let all = statement.rest();
    let mut words = statement;
    let Some(command) = words.keyword() else { return calls(all) };
    match command.as_str() {
        "SET" => match super::postgres::set(words).behavior {
            TransactionBehavior::Transactional => Leaves::Transaction,
            TransactionBehavior::TransactionControl => Leaves::Nothing,
            _ => Leaves::Session,
        },
        // A session is given these when it is opened.
        "ALTER" if words.is_any(&["ROLE", "USER", "GROUP", "DATABASE", "SYSTEM"]) => {
            Leaves::session(all.iter().any(|word| word.is_any(&["SET", "RESET"])))
        }
        "CREATE" if is_temporary(all) => Leaves::Session,
        "CREATE" if makes_from_query(all) => calls(all),
        "SELECT" | "WITH" | "VALUES" | "TABLE" | "INSERT" | "UPDATE" | "DELETE" | "MERGE" | "COPY"
        | "EXPLAIN" | "REFRESH" => Leaves::session(is_temporary(all)).or(|| calls(all)),
        "CREATE" | "ALTER" | "DROP" | "COMMENT" | "GRANT" | "REVOKE" | "TRUNCATE" | "ANALYZE" | "VACUUM"
        | "REINDEX" | "CLUSTER" | "REPACK" | "LOCK" | "SECURITY" | "REASSIGN" | "IMPORT" | "NOTIFY"
        | "SHOW" | "CHECKPOINT" | "FETCH" | "MOVE" | "CLOSE" => Leaves::Nothing,
        // `DO`, `CALL`, `EXECUTE`, `DISCARD`, `PREPARE`, `LISTEN`, `LOAD`, `DECLARE`, and what comes with later versions.
        _ => Leaves::Session,
    }
}

fn mysql(statement: TokenCursor<'_, '_>) -> Leaves {
    let all = statement.rest();
    let mut words = statement;
    let command = words.keyword().unwrap_or_default();
    match command.as_str() {
        "CREATE" if is_temporary(all) => Leaves::Session,
        "CREATE" if makes_from_query(all) => calls(all).or(|| Leaves::session(assigns(all))),
        // What the default of a session is, and what its user may do, is looked up when it is opened.
        "CREATE" | "ALTER" | "DROP" | "RENAME" => {
            Leaves::session(words.is_any(&["DATABASE", "SCHEMA", "USER", "ROLE"]) && !command.eq("CREATE"))
        }
        "" | "SELECT" | "WITH" | "VALUES" | "TABLE" | "INSERT" | "UPDATE" | "DELETE" | "REPLACE" | "LOAD"
        | "EXPLAIN" | "DESC" | "DESCRIBE" => calls(all).or(|| Leaves::session(assigns(all))),
        "SHOW" | "HELP" | "CHECKSUM" | "TRUNCATE" | "OPTIMIZE" | "CHECK" | "REPAIR" | "SIGNAL" => {
            Leaves::Nothing
        }
        "ANALYZE" if words.is_any(&["TABLE", "TABLES", "LOCAL", "NO_WRITE_TO_BINLOG"]) => Leaves::Nothing,
        _ => Leaves::Session,
    }
}

fn sqlite(statement: TokenCursor<'_, '_>, sql: &str) -> Leaves {
    let all = statement.rest();
    let mut words = statement;
    match words.keyword().as_deref() {
        Some("PRAGMA") => pragma(words, sql),
        Some("ATTACH" | "DETACH") => Leaves::Session,
        Some("CREATE") if is_temporary(all) => Leaves::Session,
        Some("CREATE") if !makes_from_query(all) => Leaves::Nothing,
        Some("ALTER" | "DROP" | "ANALYZE" | "REINDEX" | "VACUUM") => Leaves::Nothing,
        _ => calls(all),
    }
}

fn pragma(mut words: TokenCursor<'_, '_>, sql: &str) -> Leaves {
    let name = words.name().map(|name| name.name.to_ascii_lowercase()).unwrap_or_default();
    let sets = words.is_sign("=") || words.is_sign("(");
    if name == "defer_foreign_keys" && sets {
        return Leaves::Transaction;
    }
    // Some ways to keep a journal are the file's, others the connection's.
    let is_journal = name == "journal_mode" && sets;
    Leaves::session(is_journal || super::sqlite::classify(sql).behavior == TransactionBehavior::Session)
}

/// Whether a table is filled from a query as it is made.
fn makes_from_query(all: &[Token<'_>]) -> bool {
    all.iter().any(|word| word.is_any(&["SELECT", "EXECUTE", "VALUES"]))
}

/// What the functions that a statement calls may leave.
fn calls(all: &[Token<'_>]) -> Leaves {
    let mut found = Leaves::Nothing;
    for (at, pair) in all.windows(2).enumerate() {
        let [name, open] = pair else { continue };
        if !open.is_sign("(") || !name.is_name() {
            continue;
        }
        let before = all.get(..at).unwrap_or_default();
        if functions::is_no_call(name, before) {
            continue;
        }
        let function = name.unquoted();
        if function.eq_ignore_ascii_case("set_config") {
            let local = functions::last_argument(all.get(at + 1..).unwrap_or_default());
            if local.is_some_and(|word| word.is_any(&["TRUE"])) {
                found = Leaves::Transaction;
                continue;
            }
            return Leaves::Session;
        }
        if !functions::is_harmless(&function) {
            return Leaves::Session;
        }
    }
    found
}

/// Whether it asks for what other statements have left by the way.
fn reads(dialect: Dialect, all: &[Token<'_>]) -> bool {
    let functions: &[&str] = match dialect {
        Dialect::Postgres => &["CURRVAL", "LASTVAL"],
        Dialect::Mysql => &["LAST_INSERT_ID", "ROW_COUNT", "FOUND_ROWS", "LASTVAL"],
        Dialect::Sqlite => &["LAST_INSERT_ROWID", "CHANGES", "TOTAL_CHANGES"],
    };
    let calls = functions.iter().any(|function| sql::calls(all, function));
    let variables = ["identity", "last_insert_id", "warning_count", "error_count"];
    let is_read = |name: &str| variables.iter().any(|variable| variable.eq_ignore_ascii_case(name));
    // MariaDB's way to say it as the standard does.
    let says = |three: &[Token<'_>]| {
        three.iter().zip(["PREVIOUS", "VALUE", "FOR"]).all(|(word, keyword)| word.is(keyword))
    };
    let in_mysql = || all.windows(3).any(says) || all.iter().filter_map(Token::system_variable).any(is_read);
    calls || (dialect == Dialect::Mysql && in_mysql())
}
