//! Kinds of statements that stay inside of a database, as lists of what is allowed.

use super::{Found, Text};
use crate::error::OutsideReason;
use servicekit_chain::Dialect;
use servicekit_chain::sql::Token;

/// Statements that read and write rows, which their names and functions decide about.
const ROWS: [&str; 8] = ["SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH", "VALUES", "TABLE"];

/// What SQLite can create, change and drop.
const SQLITE_OBJECTS: [&str; 5] = ["TABLE", "INDEX", "VIEW", "TRIGGER", "VIRTUAL"];

const POSTGRES_OBJECTS: [&str; 23] = [
    "TABLE",
    "INDEX",
    "SEQUENCE",
    "VIEW",
    "TYPE",
    "DOMAIN",
    "FUNCTION",
    "PROCEDURE",
    "ROUTINE",
    "AGGREGATE",
    "TRIGGER",
    "POLICY",
    "SCHEMA",
    "STATISTICS",
    "COLLATION",
    "CONVERSION",
    "CAST",
    "OPERATOR",
    "TEXT",
    "RULE",
    "EXTENSION",
    "COLUMN",
    "CONSTRAINT",
];

const MYSQL_OBJECTS: [&str; 9] =
    ["TABLE", "TABLES", "INDEX", "VIEW", "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "SEQUENCE"];

/// What may stand between `CREATE` and the kind of object.
const MODIFIERS: [&str; 19] = [
    "OR",
    "REPLACE",
    "TEMP",
    "TEMPORARY",
    "GLOBAL",
    "LOCAL",
    "UNLOGGED",
    "UNIQUE",
    "FULLTEXT",
    "SPATIAL",
    "RECURSIVE",
    "MATERIALIZED",
    "CONSTRAINT",
    "AGGREGATE",
    "ONLINE",
    "OFFLINE",
    "IGNORE",
    "IF",
    "CONCURRENTLY",
];

/// The reason to refuse a statement for what it begins with.
pub(super) fn refused(text: Text<'_, '_>, own: &[String]) -> Option<Found> {
    // Parentheses around a query.
    let first = text.tokens.iter().position(|token| !token.is_sign("(") && token.text != ";")?;
    let word = text.at(first)?.text.to_ascii_uppercase();
    let is_allowed = match word.as_str() {
        "CREATE" | "ALTER" | "DROP" => return object(text, first),
        "SET" => return super::words::set(text, first, own),
        "COMMENT" => is_object(text.dialect, text, first + 2) || text.is(first + 2, &["MATERIALIZED"]),
        word if ROWS.contains(&word) => true,
        word => match text.dialect {
            Dialect::Sqlite => on_sqlite(word, text),
            Dialect::Postgres => on_postgres(word, text),
            _ => on_mysql(word, text, first),
        },
    };
    (!is_allowed).then(|| statement(text, first, 2))
}

fn on_sqlite(word: &str, text: Text<'_, '_>) -> bool {
    match word {
        "VACUUM" => !text.tokens.iter().any(|token| token.is("INTO")),
        "PRAGMA" => !text.tokens.iter().any(|token| {
            let name = token.unquoted().to_ascii_lowercase();
            name == "temp_store_directory" || name == "data_store_directory"
        }),
        word => ["ANALYZE", "REINDEX"].contains(&word),
    }
}

fn on_postgres(word: &str, text: Text<'_, '_>) -> bool {
    match word {
        // What is granted on an object goes with it; a membership, and a right on a database, stay.
        "GRANT" | "REVOKE" => grants_on_an_object(text),
        "REINDEX" => !text.tokens.iter().any(|token| token.is_any(&["DATABASE", "SYSTEM"])),
        "DO" => {
            let language = text.tokens.iter().position(|token| token.is("LANGUAGE"));
            language.is_none_or(|at| text.name(at + 1) == "plpgsql")
        }
        word => [
            "MERGE", "TRUNCATE", "LOCK", "RESET", "SHOW", "ANALYZE", "ANALYSE", "VACUUM", "CLUSTER",
            "REFRESH", "CALL", "NOTIFY", "LISTEN", "UNLISTEN", "DECLARE", "FETCH", "MOVE", "CLOSE",
        ]
        .contains(&word),
    }
}

fn grants_on_an_object(text: Text<'_, '_>) -> bool {
    let on = text.tokens.iter().position(|token| token.is("ON"));
    let outside = ["DATABASE", "TABLESPACE", "FOREIGN", "PARAMETER", "LANGUAGE", "LARGE"];
    on.is_some_and(|on| !text.is(on + 1, &outside))
}

fn on_mysql(word: &str, text: Text<'_, '_>, first: usize) -> bool {
    match word {
        "RENAME" | "OPTIMIZE" | "CHECK" | "REPAIR" | "ANALYZE" => {
            (1..=2).any(|next| text.is(first + next, &["TABLE", "TABLES"]))
        }
        "BEGIN" => text.is(first + 1, &["NOT"]),
        word => ["TRUNCATE", "CALL", "DO", "LOCK", "UNLOCK", "SIGNAL"].contains(&word),
    }
}

/// `CREATE`, `ALTER` and `DROP` of an object that is in a database and does not reach out of it.
fn object(text: Text<'_, '_>, first: usize) -> Option<Found> {
    let is_mysql = text.dialect == Dialect::Mysql;
    let mut at = first + 1;
    // `DEFINER = …` has a form of its own on MySQL.
    let mut is_loose = false;
    loop {
        if text.is(at, &["ALGORITHM", "DEFINER", "SQL"]) && is_mysql {
            is_loose = true;
        } else if is_object(text.dialect, text, at) {
            break;
        } else if at >= text.tokens.len() || !(is_loose || text.is(at, &MODIFIERS)) {
            return Some(statement(text, first, at - first + 1));
        }
        at += 1;
    }
    module(text, at)
}

fn is_object(dialect: Dialect, text: Text<'_, '_>, at: usize) -> bool {
    match dialect {
        Dialect::Sqlite => text.is(at, &SQLITE_OBJECTS),
        Dialect::Postgres => {
            let is_view = !text.is(at, &["EXTENSION"]) || extension(text, at).is_none();
            text.is(at, &POSTGRES_OBJECTS) && is_view
        }
        _ => text.is(at, &MYSQL_OBJECTS),
    }
}

/// Extensions that only add types, functions and operators inside of the database.
const EXTENSIONS: [&str; 17] = [
    "btree_gin",
    "btree_gist",
    "citext",
    "cube",
    "dict_int",
    "earthdistance",
    "fuzzystrmatch",
    "hstore",
    "intarray",
    "isn",
    "ltree",
    "pg_trgm",
    "pgcrypto",
    "plpgsql",
    "seg",
    "unaccent",
    "uuid-ossp",
];

/// The extension of a statement, if it is not one of those.
fn extension(text: Text<'_, '_>, at: usize) -> Option<String> {
    let skipped = text.tokens.iter().skip(at + 1).take_while(|token| token.is_any(&["IF", "NOT", "EXISTS"]));
    let name = text.name(at + 1 + skipped.count());
    (!EXTENSIONS.contains(&name.as_str()) && name != "vector" && name != "postgis").then_some(name)
}

/// What does more than SQL: a language, a library, a storage engine, a module, a folder.
fn module(text: Text<'_, '_>, at: usize) -> Option<Found> {
    let name = |index: usize| {
        let module = text.at(index).map(Token::unquoted).unwrap_or_default();
        Some((OutsideReason::Module { name: module }, text.span(index, index)))
    };
    let is_routine = text.is(at, &["FUNCTION", "PROCEDURE", "AGGREGATE", "ROUTINE"]);
    let is_string = |index: usize| text.at(index).is_some_and(|token| token.text.starts_with(['\'', '"']));
    let mut depth = 0;
    for (index, token) in text.tokens.iter().enumerate().skip(at) {
        depth = token.depth_after(depth);
        // The `=` is optional.
        let value = index + 1 + usize::from(text.is_sign(index + 1, "="));
        let is_one_of = |names: &[&str]| names.contains(&text.name(value).as_str());
        match text.dialect {
            Dialect::Sqlite if index == at + 1 && text.is(at, &["VIRTUAL"]) => {
                let using = text.tokens.iter().position(|token| token.is("USING")).unwrap_or(at);
                if !["fts3", "fts4", "fts5", "rtree", "rtree_i32", "geopoly"]
                    .contains(&text.name(using + 1).as_str())
                {
                    return name(using + 1);
                }
            }
            Dialect::Postgres
                if is_routine && text.is(index, &["LANGUAGE"]) && !is_one_of(&["sql", "plpgsql"]) =>
            {
                return name(value);
            }
            Dialect::Mysql if text.is(index, &["ENGINE"]) && text.is(at, &["TABLE"]) => {
                let engines = ["innodb", "myisam", "aria", "memory", "heap", "archive", "csv", "blackhole"];
                if (depth == 0 || value == index + 2) && !is_one_of(&engines) {
                    return name(value);
                }
            }
            Dialect::Mysql if text.is(index, &["SONAME", "CONNECTION"]) && is_string(value) => {
                return Some(statement(text, index, 1));
            }
            Dialect::Mysql if text.is(index, &["DATA", "INDEX"]) && text.is(index + 1, &["DIRECTORY"]) => {
                return Some(statement(text, index, 2));
            }
            _ => {}
        }
    }
    None
}

/// The reason to refuse these words.
pub(super) fn statement(text: Text<'_, '_>, first: usize, count: usize) -> Found {
    let words = text.words(first, count);
    (OutsideReason::Statement { words }, text.span(first, first + count.saturating_sub(1)))
}

/// The schema that a statement of PostgreSQL creates, or gives another name.
pub(super) fn created_schema(text: Text<'_, '_>) -> Option<String> {
    if text.dialect != Dialect::Postgres || !text.is(1, &["SCHEMA"]) {
        return None;
    }
    if text.is(0, &["ALTER"]) && text.is(3, &["RENAME"]) {
        return Some(text.name(5));
    }
    let mut at = 2;
    while text.is(at, &["IF", "NOT", "EXISTS", "AUTHORIZATION"]) {
        at += 1;
    }
    text.is(0, &["CREATE"]).then(|| text.name(at))
}
