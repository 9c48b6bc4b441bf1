//! `ALTER`.

use super::subject::subject;
use super::{columns, parts};
use crate::Dialect;
use crate::sql::classify::{Change, Object, ObjectKind, ObjectName, Recovery, StatementClass};
use crate::sql::{Token, TokenCursor};

pub(super) fn alter(mut words: TokenCursor<'_, '_>) -> StatementClass {
    let Some(subject) = subject(&mut words) else { return StatementClass::ask() };
    words.take_all(&["IF", "EXISTS"]);
    match subject.kind {
        ObjectKind::Table => table(words).unwrap_or_else(StatementClass::ask),
        ObjectKind::Event => event(words).unwrap_or_else(StatementClass::ask),
        ObjectKind::Database => database(words),
        ObjectKind::Sequence => {
            // Where a sequence stands is not in its definition, and numbers may have been given since.
            let restarts = words.rest().iter().any(|word| word.is("RESTART"));
            let recovery = if restarts { Recovery::Ask } else { Recovery::Repeat };
            StatementClass::of_named(words, ObjectKind::Sequence, recovery)
        }
        // What is set to a value is set to the same value by running it again.
        kind @ (ObjectKind::View | ObjectKind::Procedure | ObjectKind::Function | ObjectKind::Server) => {
            StatementClass::of_named(words, kind, Recovery::Repeat)
        }
        _ => StatementClass::ask(),
    }
}

fn table(mut words: TokenCursor<'_, '_>) -> Option<StatementClass> {
    let mut objects = vec![words.name()?.of(ObjectKind::Table)];
    if words.take("WAIT") {
        words.take_token();
    }
    words.take("NOWAIT");
    let hidden = words.parts().any(hides) || columns::may_look_the_same(words);
    for mut action in words.parts() {
        if renames(&mut action) {
            renamed(&mut objects, action.name()?, ObjectKind::Table);
        }
    }
    if hidden {
        return Some(StatementClass::non_transactional(Recovery::Ask, objects));
    }
    if let [from, to] = objects.as_slice() {
        // Of a table that has another name afterwards, that says everything.
        let changes = Change::renamed(from, to);
        return Some(StatementClass::compared(objects, &changes));
    }
    let table = objects.first()?;
    let changes: Vec<_> = words.parts().flat_map(|action| parts::changes(action, table)).collect();
    if changes.is_empty() && words.parts().all(parts::repeats) {
        return Some(StatementClass::non_transactional(Recovery::Repeat, objects));
    }
    Some(StatementClass::compared(objects, &changes))
}

/// Whether an action of `ALTER TABLE` does something that the definition does not show, or to another table.
fn hides(mut action: TokenCursor<'_, '_>) -> bool {
    let moves = action.is_any(&["EXCHANGE", "TRUNCATE", "DISCARD", "IMPORT"]);
    moves || (action.take("CONVERT") && action.is_any(&["PARTITION", "TABLE"]))
}

/// Takes the beginning of an action that renames the table, up to the new name.
fn renames(action: &mut TokenCursor<'_, '_>) -> bool {
    if !action.take("RENAME") || action.is_any(&["COLUMN", "INDEX", "KEY"]) {
        return false;
    }
    let _ = action.take_any(&["TO", "AS"]) || action.take_sign("=");
    true
}

/// Adds the new name of the first of the objects.
fn renamed(objects: &mut Vec<Object>, name: ObjectName, kind: ObjectKind) {
    let object = name.of(kind);
    if !objects.contains(&object) {
        objects.push(object);
    }
}

fn event(mut words: TokenCursor<'_, '_>) -> Option<StatementClass> {
    let mut objects = vec![words.name()?.of(ObjectKind::Event)];
    let asks = drops_itself(words);
    let schedule = before_body(words);
    let mut rest = TokenCursor::new(Dialect::Mysql, schedule);
    if rest.seek("RENAME") && rest.take("TO") {
        renamed(&mut objects, rest.name()?, ObjectKind::Event);
    }
    if asks {
        return Some(StatementClass::non_transactional(Recovery::Ask, objects));
    }
    let changes = match objects.as_slice() {
        [from, to] => Change::renamed(from, to).to_vec(),
        _ => Vec::new(),
    };
    Some(StatementClass::compared(objects, &changes))
}

/// Whether an event may be gone again, because it was due and `ON COMPLETION PRESERVE` is not the default (MySQL's
/// manual, CREATE EVENT).
pub(super) fn drops_itself(words: TokenCursor<'_, '_>) -> bool {
    before_body(words).iter().any(|word| word.is_any(&["AT", "ENDS"]))
}

fn before_body<'w, 't>(words: TokenCursor<'w, 't>) -> &'w [Token<'t>] {
    let body = words.rest().iter().position(|word| word.is("DO"));
    words.rest().get(..body.unwrap_or(words.rest().len())).unwrap_or_default()
}

/// The name may be left out; each of its options sets something, and may set it again.
fn database(words: TokenCursor<'_, '_>) -> StatementClass {
    let options =
        ["DEFAULT", "CHARACTER", "CHAR", "CHARSET", "COLLATE", "COMMENT", "ENCRYPTION", "READ", "UPGRADE"];
    if words.rest().iter().any(|word| word.is("UPGRADE")) {
        return StatementClass::ask();
    }
    if words.is_any(&options) {
        return StatementClass::repeat();
    }
    StatementClass::of_named(words, ObjectKind::Database, Recovery::Repeat)
}
