//! What a statement runs besides itself: the body of a function, a procedure, a trigger or a block.

use super::kind::statement;
use super::position;
use super::{Found, Text, words};
use crate::error::OutsideReason;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{Token, TokenKind, significant};
use std::ops::Range;

/// Words that begin a statement that is not run in a body, where a name comes behind them.
const STATEMENTS: [&str; 18] = [
    "GRANT",
    "REVOKE",
    "LOAD",
    "COPY",
    "INSTALL",
    "UNINSTALL",
    "FLUSH",
    "KILL",
    "SHUTDOWN",
    "RESET",
    "PURGE",
    "CHANGE",
    "USE",
    "IMPORT",
    "REASSIGN",
    "ATTACH",
    "DETACH",
    "HANDLER",
];

/// Objects that are not in a database, or reach out of it.
const OBJECTS: [&str; 18] = [
    "DATABASE",
    "SCHEMA",
    "ROLE",
    "USER",
    "GROUP",
    "SERVER",
    "TABLESPACE",
    "SUBSCRIPTION",
    "PUBLICATION",
    "EXTENSION",
    "FOREIGN",
    "LANGUAGE",
    "SYSTEM",
    "OWNED",
    "ACCESS",
    "INSTANCE",
    "LOGFILE",
    "TRANSFORM",
];

/// The reason to refuse a statement for what is in a body of it.
pub(super) fn refused(text: Text<'_, '_>, own: &[String]) -> Option<Found> {
    let is_block = text.is(0, &["DO", "BEGIN"]);
    let creates = text.is(0, &["CREATE", "ALTER"])
        && text
            .tokens
            .iter()
            .take(12)
            .any(|token| token.is_any(&["FUNCTION", "PROCEDURE", "TRIGGER", "EVENT"]));
    if !is_block && !creates {
        return None;
    }
    match text.dialect {
        Dialect::Postgres => {
            joined(text).or_else(|| text.tokens.iter().find_map(|token| quoted(token, text, own)))
        }
        Dialect::Sqlite => None,
        // What defines the routine is no part of its body.
        _ => banned(text, 1),
    }
}

/// Texts side by side, which are one for PostgreSQL, and texts with escapes: words can be hidden in them.
fn joined(text: Text<'_, '_>) -> Option<Found> {
    let is_string = |at: usize| text.at(at).is_some_and(|token| token.kind == TokenKind::String);
    let has_escapes = |at: usize| {
        let string = text.at(at).map_or("", |token| token.text);
        string.contains('\\') && !string.starts_with('\'')
    };
    let hidden =
        (0..text.tokens.len()).find(|at| is_string(*at) && (is_string(at + 1) || has_escapes(*at)))?;
    Some((OutsideReason::UnreadText { words: text.words(hidden, 1) }, text.span(hidden, hidden)))
}

/// A body of PostgreSQL in quotes.
fn quoted(token: &Token<'_>, text: Text<'_, '_>, own: &[String]) -> Option<Found> {
    if !matches!(token.kind, TokenKind::String | TokenKind::DollarString) {
        return None;
    }
    let body = token.unquoted();
    let inside = significant(text.dialect, &body);
    let inner = Text { tokens: &inside, ..text };
    let found = banned(inner, 0)
        .or_else(|| words::refused(inner, own))
        .or_else(|| position::refused_in_body(inner, own))
        // A text in simple quotes is one only where it is run, which is refused.
        .or_else(|| {
            let nested = inside.iter().filter(|token| token.kind == TokenKind::DollarString);
            nested.into_iter().find_map(|token| quoted(token, inner, own))
        });
    found.map(|(reason, part)| (reason, place(token, &body, part)))
}

/// Where a part of a body is in the statement; the whole body where its quotes hide that.
fn place(token: &Token<'_>, body: &str, part: Range<usize>) -> Range<usize> {
    match token.text.find(body) {
        Some(offset) => {
            let start = token.start + offset;
            start + part.start..start + part.end
        }
        None => token.span(),
    }
}

/// Statements that are not run in a body.
fn banned(text: Text<'_, '_>, from: usize) -> Option<Found> {
    (from..text.tokens.len()).find_map(|at| {
        let before_is_dot = text.before(at, 1).is_some_and(|token| token.is_sign("."));
        if before_is_dot {
            return None;
        }
        let words = || text.words(at, 2);
        let names_something = text.is_name(at + 1)
            || text
                .at(at + 1)
                .is_some_and(|token| matches!(token.kind, TokenKind::Variable | TokenKind::String));
        if text.is(at, &["EXECUTE", "PREPARE"]) && !text.is(at + 1, &["FUNCTION", "PROCEDURE"]) {
            let is_text = names_something
                || text.is_sign(at + 1, "(")
                || text.at(at + 1).is_some_and(|token| token.kind == TokenKind::DollarString);
            return is_text.then(|| (OutsideReason::UnreadText { words: words() }, text.span(at, at + 1)));
        }
        // `OPEN c FOR EXECUTE` is one of those; `FOR r IN EXECUTE` too.
        let is_hint = text.is(at, &["USE"]) && text.is(at + 1, &["INDEX", "KEY"]);
        let handles = text.is(at, &["HANDLER"]) && text.is(at + 1, &["FOR"]);
        if text.is(at, &STATEMENTS) && names_something && !is_hint && !handles {
            return Some(statement(text, at, 2));
        }
        if text.is(at, &["SECURITY"]) && text.is(at + 1, &["LABEL"]) {
            return Some(statement(text, at, 2));
        }
        if text.is(at, &["CREATE", "ALTER", "DROP", "RENAME"]) && reaches_out(text, at) {
            return Some(statement(text, at, 2));
        }
        if text.is(at, &["SET"]) {
            return setting(text, at);
        }
        None
    })
}

/// Whether the object behind `CREATE` and its modifiers is not in a database.
fn reaches_out(text: Text<'_, '_>, at: usize) -> bool {
    let mut next = at + 1;
    while text.is(next, &["OR", "REPLACE", "EVENT", "TRUSTED", "PROCEDURAL"]) {
        next += 1;
    }
    // A schema of PostgreSQL is in its database.
    let is_inside = text.dialect == Dialect::Postgres && text.is(next, &["SCHEMA"]);
    let privileges = text.is(next, &["DEFAULT"]) && text.is(next + 1, &["PRIVILEGES"]);
    (text.is(next, &OBJECTS) && !is_inside) || privileges
}

fn setting(text: Text<'_, '_>, at: usize) -> Option<Found> {
    let next = at + 1 + usize::from(text.is(at + 1, &["SESSION", "LOCAL"]));
    let names: &[&str] = match text.dialect {
        Dialect::Postgres => &["ROLE", "AUTHORIZATION", "SEARCH_PATH", "SCHEMA"],
        _ => &["PASSWORD", "ROLE", "SQL_LOG_BIN", "SQL_LOG_OFF"],
    };
    let name = || text.words(next, 1).to_lowercase();
    text.is(next, names).then(|| (OutsideReason::Setting { name: name() }, text.span(at, next)))
}
