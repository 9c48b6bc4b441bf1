//! `RENAME TABLE` and `RENAME USER`.

use crate::sql::TokenCursor;
use crate::sql::classify::{Alike, Change, Effect, ObjectKind, ObjectName, Recovery, StatementClass};

pub(super) fn rename(mut words: TokenCursor<'_, '_>) -> StatementClass {
    let kind = match words.keyword().as_deref() {
        Some("TABLE" | "TABLES") => ObjectKind::Table,
        Some("USER") => ObjectKind::User,
        _ => return StatementClass::ask(),
    };
    words.take_all(&["IF", "EXISTS"]);
    let pairs: Option<Vec<_>> = words.parts().map(|part| pair(part, kind)).collect();
    pairs.map_or_else(StatementClass::ask, |pairs| compared(pairs, kind))
}

fn pair(mut words: TokenCursor<'_, '_>, kind: ObjectKind) -> Option<[ObjectName; 2]> {
    let from = name(&mut words, kind)?;
    if words.take("WAIT") {
        words.take_token();
    }
    words.take("NOWAIT");
    if !words.take("TO") {
        return None;
    }
    Some([from, name(&mut words, kind)?])
}

fn name(words: &mut TokenCursor<'_, '_>, kind: ObjectKind) -> Option<ObjectName> {
    if kind == ObjectKind::User { words.account_name(kind) } else { words.name() }
}

/// What is there afterwards and was not, or the other way round, tells whether it was done.
///
/// A name that is both left and taken, as in `a TO old, new TO a`, may have the same definition before and after,
/// and tells nothing. Of a swap through a third name nothing remains that would.
fn compared(pairs: Vec<[ObjectName; 2]>, kind: ObjectKind) -> StatementClass {
    let several = pairs.len() > 1;
    let names: Vec<ObjectName> = pairs.iter().flatten().cloned().collect();
    let alike = Alike::of(names.iter().map(|name| ((), name)));
    let once = |name: &ObjectName| !several || alike.count((), name) == 1;
    let effects = [Effect::Dropped, Effect::Created];
    let changes: Vec<Change> = pairs
        .into_iter()
        .flat_map(|pair| pair.into_iter().zip(effects))
        .filter(|(name, _)| once(name))
        .map(|(name, effect)| Change::whole(effect, &name.of(kind)))
        .collect();
    let objects = changes.iter().map(|change| change.object.clone()).collect();
    if changes.is_empty() {
        return StatementClass::non_transactional(Recovery::Ask, objects);
    }
    StatementClass::compared(objects, &changes)
}
