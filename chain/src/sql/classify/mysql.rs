//! MySQL and MariaDB: most that is not about rows commits the transaction that is open.
//!
//! MySQL's manual lists them in 13.3.3 (8.0), MariaDB's under "SQL statements causing an implicit commit"; what
//! neither knows is asked about. An atomic statement (MySQL: 13.1.1; MariaDB 10.6: "Atomic DDL") is compared.

mod account;
mod alter;
mod columns;
mod create;
mod drop;
pub(super) mod executable;
mod parts;
mod rename;
mod set;
mod subject;

use super::{ObjectKind, Recovery, StatementClass, TransactionBehavior};
use crate::Dialect;
use crate::sql::{LexicalMode, Token, TokenCursor, TokenKind, calls, goes_on, has_pair, quotes};

/// Releases every lock of `GET_LOCK` that the session holds (MySQL's manual, 12.14).
const RELEASE_ALL: &str = "RELEASE_ALL_LOCKS";

pub(super) fn classify(mode: LexicalMode, sql: &str) -> StatementClass {
    executable::classify(mode, sql, read)
}

/// Reads a statement whose executable comments are settled.
fn read(all: &[Token<'_>]) -> StatementClass {
    if drops_locks(all) {
        return StatementClass::new(TransactionBehavior::ReleasesLocks);
    }
    let words = TokenCursor::new(Dialect::Mysql, all);
    if goes_on(all) && !subject::defines_program(words) {
        return StatementClass::ask();
    }
    command(words)
}

/// Whether it lets go of the locks of the session; a program that does so is only made here, not run.
fn drops_locks(all: &[Token<'_>]) -> bool {
    let words = TokenCursor::new(Dialect::Mysql, all);
    if words.is_any(&["PREPARE", "EXECUTE"]) && quotes(all, RELEASE_ALL) {
        return true;
    }
    !subject::defines_program(words) && calls(all, RELEASE_ALL)
}

fn command(mut words: TokenCursor<'_, '_>) -> StatementClass {
    if words.is_empty() {
        return StatementClass::repeat();
    }
    if words.is_sign("(") {
        while words.take_sign("(") {}
        let query = words.is_any(&["SELECT", "WITH", "VALUES", "TABLE"]);
        return if query { reading(words) } else { StatementClass::ask() };
    }
    let Some(command) = words.keyword() else { return StatementClass::ask() };
    match command.as_str() {
        // MySQL 8.1 has `EXPLAIN … INTO @a`.
        "SELECT" | "WITH" | "VALUES" | "TABLE" | "DO" | "EXPLAIN" | "DESC" | "DESCRIBE" => reading(words),
        "GET" => StatementClass::new(TransactionBehavior::SetsVariable),
        "INSERT" | "UPDATE" | "DELETE" | "REPLACE" | "SHOW" | "HELP" | "CHECKSUM" | "SIGNAL" | "RESIGNAL" => {
            StatementClass::transactional()
        }
        "CREATE" => create::create(words),
        "ALTER" => alter::alter(words),
        "DROP" => drop::drop(words),
        "RENAME" => rename::rename(words),
        "SET" => set::set(words),
        "USE" | "PREPARE" | "DEALLOCATE" | "HANDLER" => StatementClass::session(),
        "COMMIT" | "ROLLBACK" | "SAVEPOINT" | "RELEASE" | "XA" | "LOCK" | "UNLOCK" => {
            StatementClass::control()
        }
        // Anything else that starts so is a compound statement, or a server's affair.
        "BEGIN" if words.is_empty() || words.is("WORK") => StatementClass::control(),
        "START" if words.is("TRANSACTION") => StatementClass::control(),
        "SHUTDOWN" | "RESTART" => StatementClass::new(TransactionBehavior::ReleasesLocks),
        _ => administration(&command, words),
    }
}

/// A statement that reads: it may keep what it read in a variable, or in a file.
fn reading(words: TokenCursor<'_, '_>) -> StatementClass {
    let all = words.rest();
    if has_pair(all, |into, target| into.is("INTO") && target.is_any(&["OUTFILE", "DUMPFILE"])) {
        StatementClass::ask()
    } else if assigns(all) {
        StatementClass::new(TransactionBehavior::SetsVariable)
    } else {
        StatementClass::transactional()
    }
}

/// Whether a variable is given a value on the way.
pub(super) fn assigns(all: &[Token<'_>]) -> bool {
    let into = has_pair(all, |into, target| into.is("INTO") && target.kind == TokenKind::Variable);
    into || all.iter().any(|word| word.is_sign(":="))
}

/// Statements about the server, and others that come rarely.
fn administration(command: &str, mut words: TokenCursor<'_, '_>) -> StatementClass {
    match command {
        "ANALYZE" | "CHECK" | "OPTIMIZE" | "REPAIR" => {
            words.take_any(&["NO_WRITE_TO_BINLOG", "LOCAL"]);
            match command {
                _ if words.is_any(&["TABLE", "TABLES", "VIEW"]) => StatementClass::repeat(),
                "ANALYZE" => analyzed(words),
                _ => StatementClass::ask(),
            }
        }
        "LOAD" if words.take("INDEX") => StatementClass::repeat(),
        // The client would have to send the file.
        "LOAD" if words.rest().iter().take(3).any(|word| word.is("LOCAL")) => {
            StatementClass::new(TransactionBehavior::CopyStream)
        }
        "LOAD" if words.is_any(&["DATA", "XML"]) => StatementClass::transactional(),
        "CACHE" if words.is("INDEX") => StatementClass::repeat(),
        "FLUSH" => flush(words),
        "GRANT" => StatementClass::repeat(),
        "REVOKE" => revoke(words),
        "RESET" if words.is_all(&["QUERY", "CACHE"]) => StatementClass::repeat(),
        "RESET" if words.is("CONNECTION") => StatementClass::new(TransactionBehavior::ReleasesLocks),
        // Rows that were written in between would be lost.
        "TRUNCATE" => {
            words.take("TABLE");
            let objects = words.name().map(|name| name.of(ObjectKind::Table)).into_iter().collect();
            StatementClass::non_transactional(Recovery::Ask, objects)
        }
        "INSTALL" | "UNINSTALL" => {
            words.take_any(&["PLUGIN", "SONAME"]);
            let sure = words.is_all(&["IF", "EXISTS"]) || words.is_all(&["IF", "NOT", "EXISTS"]);
            if sure { StatementClass::repeat() } else { StatementClass::ask() }
        }
        _ => StatementClass::ask(),
    }
}

/// MariaDB's `ANALYZE [FORMAT = JSON] statement`, which runs the statement.
fn analyzed(mut words: TokenCursor<'_, '_>) -> StatementClass {
    if words.take("FORMAT") {
        words.take_sign("=");
        words.take_token();
    }
    let rows = ["SELECT", "WITH", "VALUES", "INSERT", "UPDATE", "DELETE", "REPLACE"];
    if words.is_any(&rows) || words.is_sign("(") { command(words) } else { StatementClass::ask() }
}

/// Some keep the tables locked, as `LOCK TABLES` does.
fn flush(words: TokenCursor<'_, '_>) -> StatementClass {
    let locks = has_pair(words.rest(), |first, second| {
        (first.is("WITH") && second.is("READ")) || (first.is("FOR") && second.is("EXPORT"))
    });
    if locks { StatementClass::control() } else { StatementClass::repeat() }
}

/// What is not granted cannot be revoked, so that the second time is an error; but for these forms.
fn revoke(mut words: TokenCursor<'_, '_>) -> StatementClass {
    if words.is_all(&["IF", "EXISTS"]) {
        return StatementClass::repeat();
    }
    let all = words.take("ALL");
    words.take("PRIVILEGES");
    let everything = all && words.take_sign(",") && words.is_all(&["GRANT", "OPTION", "FROM"]);
    if everything { StatementClass::repeat() } else { StatementClass::ask() }
}
