//! `DROP`.

use super::parts;
use super::subject::subject;
use crate::sql::conduct::words::Words;
use crate::sql::conduct::{Conduct, Effect, Nature, ObjectKind, ObjectName, repeat_or_compare};

pub(super) fn drop(mut words: Words<'_, '_>) -> Conduct {
    if words.is("PREPARE") {
        return Conduct::of(Nature::Session);
    }
    let Some(subject) = subject(&mut words) else { return Conduct::ask() };
    let sure = words.take_all(&["IF", "EXISTS"]);
    if subject.temporary {
        // Only of tables it does not commit.
        let table = subject.kind == ObjectKind::Table;
        return if table { Conduct::transactional() } else { Conduct::ask() };
    }
    let before = words;
    let Some(names) = dropped(&mut words, subject.kind) else { return Conduct::ask() };
    let kind = if subject.kind == ObjectKind::Index { ObjectKind::Table } else { subject.kind };
    let objects = names.into_iter().map(|name| name.of(kind)).collect();
    let conduct = Conduct::alone(repeat_or_compare(sure), objects);
    if subject.kind == ObjectKind::Index && !sure {
        parts::index(before, Effect::Dropped, conduct)
    } else {
        conduct.with_effect(Effect::Dropped)
    }
}

fn dropped(words: &mut Words<'_, '_>, kind: ObjectKind) -> Option<Vec<ObjectName>> {
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
