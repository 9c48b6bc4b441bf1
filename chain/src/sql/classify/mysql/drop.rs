//! `DROP`.

use super::subject::subject;
use super::{create, parts};
use crate::sql::TokenCursor;
use crate::sql::classify::{Effect, ObjectKind, ObjectName, StatementClass, repeat_or_compare};

pub(super) fn drop(mut words: TokenCursor<'_, '_>) -> StatementClass {
    if words.is("PREPARE") {
        return StatementClass::session();
    }
    let Some(subject) = subject(&mut words) else { return StatementClass::ask() };
    let sure = words.take_all(&["IF", "EXISTS"]);
    if subject.temporary {
        return create::temporary(subject);
    }
    let before = words;
    let Some(names) = dropped(&mut words, subject.kind) else { return StatementClass::ask() };
    let kind = if subject.kind == ObjectKind::Index { ObjectKind::Table } else { subject.kind };
    let objects = names.into_iter().map(|name| name.of(kind)).collect();
    let class = StatementClass::non_transactional(repeat_or_compare(sure), objects);
    if subject.kind == ObjectKind::Index && !sure {
        parts::index(before, Effect::Dropped, class)
    } else {
        class.with_effect(Effect::Dropped)
    }
}

fn dropped(words: &mut TokenCursor<'_, '_>, kind: ObjectKind) -> Option<Vec<ObjectName>> {
    match kind {
        // An index belongs to its table.
        ObjectKind::Index => {
            words.name()?;
            if !words.take("ON") {
                return None;
            }
            Some(vec![words.name()?])
        }
        ObjectKind::User | ObjectKind::Role => words.account_names(kind),
        _ => words.names(),
    }
}
