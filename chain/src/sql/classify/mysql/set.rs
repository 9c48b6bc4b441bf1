//! `SET`, which is many statements.

use super::command;
use crate::sql::classify::{StatementClass, TransactionBehavior};
use crate::sql::{Token, TokenCursor, TokenKind, has_pair};

pub(super) fn set(mut words: TokenCursor<'_, '_>) -> StatementClass {
    // MariaDB: settings for the one statement after `FOR`.
    if words.take("STATEMENT") {
        return if words.seek("FOR") && !words.is_empty() { command(words) } else { StatementClass::ask() };
    }
    if words.is_all(&["DEFAULT", "ROLE"]) {
        return StatementClass::repeat();
    }
    if words.is("ROLE") || words.is_all(&["RESOURCE", "GROUP"]) {
        return StatementClass::session();
    }
    let mut scope = Scope::Session;
    let effects: Vec<_> = words.parts().map(|part| effect(part, &mut scope)).collect();
    let any = |effect| effects.contains(&effect);
    let all = |effect| effects.iter().all(|each| *each == effect);
    if any(Effect::Control) {
        StatementClass::control()
    } else if all(Effect::Server) {
        StatementClass::repeat()
    } else if any(Effect::Unknown) || any(Effect::Server) {
        StatementClass::ask()
    } else if any(Effect::Captures) {
        StatementClass::new(TransactionBehavior::SetsVariable)
    } else {
        StatementClass::session()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Session,
    Server,
}

/// What one assignment does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    Session,
    Captures,
    /// Sets something for the whole server, which no transaction undoes.
    Server,
    Control,
    Unknown,
}

/// The effect of one assignment; `scope` is what the ones before it set.
fn effect(mut words: TokenCursor<'_, '_>, scope: &mut Scope) -> Effect {
    if words.take_any(&["GLOBAL", "PERSIST", "PERSIST_ONLY"]) {
        *scope = Scope::Server;
        return if words.is("TRANSACTION") { Effect::Server } else { assigned(words, Scope::Server) };
    }
    if words.take_any(&["SESSION", "LOCAL"]) {
        *scope = Scope::Session;
        return if words.is("TRANSACTION") { Effect::Session } else { assigned(words, Scope::Session) };
    }
    // An account of the server, whatever it looks like.
    if words.is("PASSWORD") {
        return Effect::Unknown;
    }
    // For the next transaction, which is the runner's.
    if words.is("TRANSACTION") {
        return Effect::Control;
    }
    let charset = words.is_any(&["NAMES", "CHARSET"]) || words.is_all(&["CHARACTER", "SET"]);
    if charset && !words.rest().iter().any(|word| word.is_sign("=")) {
        return Effect::Session;
    }
    assigned(words, *scope)
}

fn assigned(mut words: TokenCursor<'_, '_>, scope: Scope) -> Effect {
    let Some(target) = target(&mut words, scope) else { return Effect::Unknown };
    let assigns = words.take_token().is_some_and(|sign| {
        (sign.kind == TokenKind::Operator && sign.text.starts_with('=')) || sign.is_sign(":=")
    });
    if !assigns || words.is_empty() {
        return Effect::Unknown;
    }
    match target {
        // `completion_type` makes every COMMIT begin another transaction, or end the session.
        Target::Session(name) if is_one_of(&name, &["autocommit", "completion_type"]) => Effect::Control,
        Target::Session(_) | Target::User if reads_data(words.rest()) => Effect::Captures,
        Target::Session(_) | Target::User => Effect::Session,
        Target::Server if reads_data(words.rest()) => Effect::Unknown,
        // What a variable says is not the same the second time.
        Target::Server if words.rest().iter().any(|word| word.kind == TokenKind::Variable) => Effect::Unknown,
        Target::Server => Effect::Server,
    }
}

/// What is set.
enum Target {
    /// A setting of the session.
    Session(String),
    /// A setting of the server.
    Server,
    /// A variable of the user.
    User,
}

fn target(words: &mut TokenCursor<'_, '_>, scope: Scope) -> Option<Target> {
    let first = *words.rest().first()?;
    if first.kind != TokenKind::Variable {
        let name = words.name()?.name;
        return Some(if scope == Scope::Session { Target::Session(name) } else { Target::Server });
    }
    words.take_token();
    let Some(name) = first.text.strip_prefix("@@") else { return Some(Target::User) };
    let (scope, name) = name.split_once('.').unwrap_or(("session", name));
    match scope.to_ascii_lowercase().as_str() {
        "session" | "local" => Some(Target::Session(name.trim_matches('`').to_owned())),
        "global" | "persist" | "persist_only" => Some(Target::Server),
        _ => None,
    }
}

/// Whether a value comes from somewhere else than the statement and the settings.
fn reads_data(value: &[Token<'_>]) -> bool {
    let queries = value.iter().any(|word| word.is("SELECT") || word.is_any(&CLOCKS));
    let calls =
        has_pair(value, |function, open| function.is_name() && open.is_sign("(") && !function.is_any(&PURE));
    let counts = value.iter().filter_map(Token::system_variable).any(|name| is_one_of(name, &COUNTS));
    queries || calls || counts
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// What needs no parentheses to be called.
const CLOCKS: [&str; 8] = [
    "CURRENT_DATE",
    "CURRENT_TIME",
    "CURRENT_TIMESTAMP",
    "LOCALTIME",
    "LOCALTIMESTAMP",
    "UTC_DATE",
    "UTC_TIME",
    "UTC_TIMESTAMP",
];

/// Variables that tell what statements before have done, or the time.
const COUNTS: [&str; 8] = [
    "error_count",
    "identity",
    "insert_id",
    "last_insert_id",
    "rand_seed1",
    "rand_seed2",
    "timestamp",
    "warning_count",
];

/// Functions that say the same for the same arguments, as they are used to edit settings.
const PURE: [&str; 14] = [
    "CAST",
    "COALESCE",
    "CONCAT",
    "CONCAT_WS",
    "CONVERT",
    "GREATEST",
    "IF",
    "IFNULL",
    "LEAST",
    "LOWER",
    "NULLIF",
    "REPLACE",
    "TRIM",
    "UPPER",
];
