//! `CREATE`.

use super::parts;
use super::subject::{Subject, subject};
use crate::sql::TokenCursor;
use crate::sql::classify::{Effect, ObjectKind, ObjectName, Recovery, StatementClass, repeat_or_compare};

/// How a `CREATE` treats what is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Existing {
    /// Refuses.
    Refused,
    /// Leaves it, `IF NOT EXISTS`.
    Kept,
    /// Drops it, MariaDB's `OR REPLACE`.
    Replaced,
}

pub(super) fn create(mut words: TokenCursor<'_, '_>) -> StatementClass {
    let replaces = words.take_all(&["OR", "REPLACE"]);
    let Some(subject) = subject(&mut words) else { return StatementClass::ask() };
    let keeps = words.take_all(&["IF", "NOT", "EXISTS"]);
    let existing = match (replaces, keeps) {
        (true, _) => Existing::Replaced,
        (_, true) => Existing::Kept,
        _ => Existing::Refused,
    };
    if subject.temporary {
        return temporary(subject);
    }
    let before = words;
    let Some(names) = created(&mut words, subject.kind) else { return StatementClass::ask() };
    // An index belongs to its table.
    let kind = if subject.kind == ObjectKind::Index { ObjectKind::Table } else { subject.kind };
    let objects: Vec<_> = names.into_iter().map(|name| name.of(kind)).collect();
    let class = StatementClass::non_transactional(recovery(subject.kind, existing, words), objects);
    match (subject.kind, existing) {
        (ObjectKind::Index, Existing::Refused) => parts::index(before, Effect::Created, class),
        // What is replaced is there before and after.
        (_, Existing::Replaced) => class,
        _ => class.with_effect(Effect::Created),
    }
}

/// A temporary table does not commit. A temporary sequence does, and nobody else can see it.
pub(super) fn temporary(subject: Subject) -> StatementClass {
    if subject.kind == ObjectKind::Table { StatementClass::transactional() } else { StatementClass::ask() }
}

/// Takes the names of what has another definition afterwards.
fn created(words: &mut TokenCursor<'_, '_>, kind: ObjectKind) -> Option<Vec<ObjectName>> {
    match kind {
        ObjectKind::Index => {
            words.name()?;
            if !words.seek("ON") {
                return None;
            }
            Some(vec![words.name()?])
        }
        ObjectKind::User => users(*words),
        ObjectKind::Role => words.account_names(kind),
        _ => Some(vec![words.name()?]),
    }
}

/// The accounts of a `CREATE USER`, each with its password after it.
fn users(words: TokenCursor<'_, '_>) -> Option<Vec<ObjectName>> {
    let mut users = Vec::new();
    for mut part in words.parts() {
        users.push(part.account_name(ObjectKind::User)?);
        // What follows is a list of roles.
        if part.rest().iter().any(|word| word.is("DEFAULT")) {
            break;
        }
    }
    Some(users)
}

fn recovery(kind: ObjectKind, existing: Existing, words: TokenCursor<'_, '_>) -> Recovery {
    use ObjectKind::{Database, Event, Function, Sequence, Table};
    match (kind, existing) {
        (Table, _) if fills(words) => Recovery::Ask,
        // What was written since it was replaced would be lost, or numbers given twice.
        (Table | Database | Sequence, Existing::Replaced) => Recovery::Ask,
        (Event, _) if super::alter::drops_itself(words) => Recovery::Ask,
        // It runs at once, so that it must not be made again; its starting time tells.
        (Event, Existing::Replaced) => Recovery::Compare,
        // Functions from libraries are in no schema that could be looked into.
        (Function, Existing::Refused) if words.rest().iter().any(|word| word.is("SONAME")) => Recovery::Ask,
        _ => repeat_or_compare(existing != Existing::Refused),
    }
}

/// Whether a `CREATE TABLE` writes rows too, or leaves that to the statements after it.
fn fills(words: TokenCursor<'_, '_>) -> bool {
    let queries = ["AS", "IGNORE", "REPLACE", "VALUES", "TABLE", "START"];
    words.rest().iter().any(|word| word.is("SELECT")) || words.outside().any(|word| word.is_any(&queries))
}
