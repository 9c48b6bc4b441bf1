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

use super::words::{Word, Words, calls, goes_on, quotes};
use super::{Conduct, Nature, ObjectKind, Recovery};
use crate::Dialect;
use crate::sql::{LexicalMode, TokenKind};

/// Releases every lock of `GET_LOCK` that the session holds (MySQL's manual, 12.14).
const RELEASE_ALL: &str = "RELEASE_ALL_LOCKS";

pub(super) fn conduct(mode: LexicalMode, sql: &str) -> Conduct {
    executable::conduct(mode, sql, read)
}

/// Reads a statement whose executable comments are settled.
fn read(all: &[Word<'_>]) -> Conduct {
    if drops_locks(all) {
        return Conduct::of(Nature::DropsLocks);
    }
    let words = Words::new(Dialect::Mysql, all);
    if goes_on(all) && !subject::defines_program(words) {
        return Conduct::ask();
    }
    command(words)
}

/// Whether it lets go of the locks of the session; a program that does so is only made here, not run.
fn drops_locks(all: &[Word<'_>]) -> bool {
    let words = Words::new(Dialect::Mysql, all);
    if words.is_any(&["PREPARE", "EXECUTE"]) && quotes(all, RELEASE_ALL) {
        return true;
    }
    !subject::defines_program(words) && calls(all, RELEASE_ALL)
}

fn command(mut words: Words<'_, '_>) -> Conduct {
    if words.is_empty() {
        return Conduct::repeat();
    }
    if words.is_sign("(") {
        while words.take_sign("(") {}
        let query = words.is_any(&["SELECT", "WITH", "VALUES", "TABLE"]);
        return if query { reading(words) } else { Conduct::ask() };
    }
    let Some(command) = words.keyword() else { return Conduct::ask() };
    match command.as_str() {
        // MySQL 8.1 has `EXPLAIN … INTO @a`.
        "SELECT" | "WITH" | "VALUES" | "TABLE" | "DO" | "EXPLAIN" | "DESC" | "DESCRIBE" => reading(words),
        "GET" => Conduct::of(Nature::Captures),
        "INSERT" | "UPDATE" | "DELETE" | "REPLACE" | "SHOW" | "HELP" | "CHECKSUM" | "SIGNAL" | "RESIGNAL" => {
            Conduct::transactional()
        }
        "CREATE" => create::create(words),
        "ALTER" => alter::alter(words),
        "DROP" => drop::drop(words),
        "RENAME" => rename::rename(words),
        "SET" => set::set(words),
        "USE" | "PREPARE" | "DEALLOCATE" | "HANDLER" => Conduct::of(Nature::Session),
        "COMMIT" | "ROLLBACK" | "SAVEPOINT" | "RELEASE" | "XA" | "LOCK" | "UNLOCK" => {
            Conduct::of(Nature::TransactionControl)
        }
        // Anything else that starts so is a compound statement, or a server's affair.
        "BEGIN" if words.is_empty() || words.is("WORK") => Conduct::of(Nature::TransactionControl),
        "START" if words.is("TRANSACTION") => Conduct::of(Nature::TransactionControl),
        "SHUTDOWN" | "RESTART" => Conduct::of(Nature::DropsLocks),
        _ => administration(&command, words),
    }
}

/// A statement that reads: it may keep what it read in a variable, or in a file.
fn reading(words: Words<'_, '_>) -> Conduct {
    let all = words.rest();
    let into = |wanted: &dyn Fn(&Word<'_>) -> bool| {
        all.windows(2).any(|pair| match pair {
            [into, target] => into.is("INTO") && wanted(target),
            _ => false,
        })
    };
    if into(&|target| target.is_any(&["OUTFILE", "DUMPFILE"])) {
        return Conduct::ask();
    }
    let assigns = all.iter().any(|word| word.is_sign(":="));
    let captures = assigns || into(&|target| target.kind == TokenKind::Variable);
    Conduct::of(if captures { Nature::Captures } else { Nature::Transactional })
}

/// Statements about the server, and others that come rarely.
fn administration(command: &str, mut words: Words<'_, '_>) -> Conduct {
    match command {
        "ANALYZE" | "CHECK" | "OPTIMIZE" | "REPAIR" => {
            words.take_any(&["NO_WRITE_TO_BINLOG", "LOCAL"]);
            match command {
                _ if words.is_any(&["TABLE", "TABLES", "VIEW"]) => Conduct::repeat(),
                "ANALYZE" => analyzed(words),
                _ => Conduct::ask(),
            }
        }
        "LOAD" if words.take("INDEX") => Conduct::repeat(),
        // The client would have to send the file.
        "LOAD" if words.rest().iter().take(3).any(|word| word.is("LOCAL")) => Conduct::of(Nature::CopyStream),
        "LOAD" if words.is_any(&["DATA", "XML"]) => Conduct::transactional(),
        "CACHE" if words.is("INDEX") => Conduct::repeat(),
        "FLUSH" => flush(words),
        "GRANT" => Conduct::repeat(),
        "REVOKE" => revoke(words),
        "RESET" if words.is_all(&["QUERY", "CACHE"]) => Conduct::repeat(),
        "RESET" if words.is("CONNECTION") => Conduct::of(Nature::DropsLocks),
        // Rows that were written in between would be lost.
        "TRUNCATE" => {
            words.take("TABLE");
            let objects = words.name().map(|name| name.of(ObjectKind::Table)).into_iter().collect();
            Conduct::alone(Recovery::Ask, objects)
        }
        "INSTALL" | "UNINSTALL" => {
            words.take_any(&["PLUGIN", "SONAME"]);
            let sure = words.is_all(&["IF", "EXISTS"]) || words.is_all(&["IF", "NOT", "EXISTS"]);
            if sure { Conduct::repeat() } else { Conduct::ask() }
        }
        _ => Conduct::ask(),
    }
}

/// MariaDB's `ANALYZE [FORMAT = JSON] statement`, which runs the statement.
fn analyzed(mut words: Words<'_, '_>) -> Conduct {
    if words.take("FORMAT") {
        words.take_sign("=");
        words.next();
    }
    let rows = ["SELECT", "WITH", "VALUES", "INSERT", "UPDATE", "DELETE", "REPLACE"];
    if words.is_any(&rows) || words.is_sign("(") { command(words) } else { Conduct::ask() }
}

/// Some keep the tables locked, as `LOCK TABLES` does.
fn flush(words: Words<'_, '_>) -> Conduct {
    let locks = words.rest().windows(2).any(|pair| match pair {
        [first, second] => {
            (first.is("WITH") && second.is("READ")) || (first.is("FOR") && second.is("EXPORT"))
        }
        _ => false,
    });
    if locks { Conduct::of(Nature::TransactionControl) } else { Conduct::repeat() }
}

/// What is not granted cannot be revoked, so that the second time is an error; but for these forms.
fn revoke(mut words: Words<'_, '_>) -> Conduct {
    if words.is_all(&["IF", "EXISTS"]) {
        return Conduct::repeat();
    }
    let all = words.take("ALL");
    words.take("PRIVILEGES");
    let everything = all && words.take_sign(",") && words.is_all(&["GRANT", "OPTION", "FROM"]);
    if everything { Conduct::repeat() } else { Conduct::ask() }
}
