//! What `CREATE`, `ALTER` and `DROP` are about.

use crate::sql::TokenCursor;
use crate::sql::classify::ObjectKind;

/// What comes before the name of what is made, changed or dropped.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject {
    pub(super) kind: ObjectKind,
    pub(super) temporary: bool,
}

/// Takes the words up to the name; `None` when it is about something else.
pub(super) fn subject(words: &mut TokenCursor<'_, '_>) -> Option<Subject> {
    let temporary = modifiers(words);
    let kind = match words.keyword()?.as_str() {
        "TABLE" | "TABLES" => ObjectKind::Table,
        "VIEW" => ObjectKind::View,
        "INDEX" => ObjectKind::Index,
        "TRIGGER" => ObjectKind::Trigger,
        "PROCEDURE" => ObjectKind::Procedure,
        "FUNCTION" => ObjectKind::Function,
        "PACKAGE" if words.take("BODY") => ObjectKind::PackageBody,
        "PACKAGE" => ObjectKind::Package,
        "EVENT" => ObjectKind::Event,
        "SEQUENCE" => ObjectKind::Sequence,
        "DATABASE" | "SCHEMA" => ObjectKind::Database,
        "TABLESPACE" => ObjectKind::Tablespace,
        "SERVER" => ObjectKind::Server,
        "USER" => ObjectKind::User,
        "ROLE" => ObjectKind::Role,
        _ => return None,
    };
    Some(Subject { kind, temporary })
}

/// Takes what can stand before the kind; says whether `TEMPORARY` was among it.
fn modifiers(words: &mut TokenCursor<'_, '_>) -> bool {
    const PLAIN: [&str; 8] =
        ["ONLINE", "OFFLINE", "IGNORE", "UNIQUE", "FULLTEXT", "SPATIAL", "VECTOR", "AGGREGATE"];
    let mut temporary = false;
    loop {
        if words.take("TEMPORARY") {
            temporary = true;
        } else if words.take("ALGORITHM") || words.take_all(&["SQL", "SECURITY"]) {
            words.take_sign("=");
            words.take_token();
        } else if words.take("DEFINER") {
            words.take_sign("=");
            words.account();
        } else if !words.take_any(&PLAIN) {
            return temporary;
        }
    }
}

/// Whether it makes or changes something with a text that is run later.
pub(super) fn defines_program(mut words: TokenCursor<'_, '_>) -> bool {
    if !words.take_any(&["CREATE", "ALTER"]) {
        return false;
    }
    words.take_all(&["OR", "REPLACE"]);
    let programs = [
        ObjectKind::View,
        ObjectKind::Trigger,
        ObjectKind::Procedure,
        ObjectKind::Function,
        ObjectKind::Package,
        ObjectKind::PackageBody,
        ObjectKind::Event,
    ];
    subject(&mut words).is_some_and(|subject| programs.contains(&subject.kind))
}
