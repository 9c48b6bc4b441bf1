//! What is noted of a step before it runs outside a transaction, so that after a crash it can be found out whether it
//! was done.

use super::doing::Doing;
use super::error::Error;
use super::hash;
use super::session::Session;
use servicekit_chain::sql::{Object, ObjectKind, ObjectName, Recovery};

/// How to find out whether a step was done, with what there was before it. It is kept in the journal as text, so that
/// a file that was edited meanwhile cannot change what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fingerprint {
    /// Definitions of objects before; changed is done.
    Compare(Vec<(Object, Definition)>),
    /// Running it again leads to the same state.
    Repeat,
    /// An index that is built concurrently.
    BuildIndex { table: ObjectName, index: String },
    /// An index that is dropped concurrently.
    DropIndex(ObjectName),
    /// Nobody can tell but a person.
    Ask,
}

/// A definition as far as it must be told from another: its digest, or `absent`.
pub(super) type Definition = String;

const ABSENT: &str = "absent";

impl Fingerprint {
    /// Takes it, before the step runs.
    pub(super) async fn take(
        session: &mut Session<'_>,
        recovery: &Recovery,
        objects: &[Object],
    ) -> Result<Self, Error> {
        Ok(match recovery {
            Recovery::Compare => {
                let mut definitions = Vec::with_capacity(objects.len());
                for object in objects {
                    match definition(session, object).await? {
                        Some(definition) => definitions.push((object.clone(), definition)),
                        // What cannot be looked at cannot be compared.
                        None => return Ok(Self::Ask),
                    }
                }
                if definitions.is_empty() { Self::Ask } else { Self::Compare(definitions) }
            }
            Recovery::Repeat => Self::Repeat,
            Recovery::BuildIndex { index: Some(index), table, .. } => {
                Self::BuildIndex { table: table.clone(), index: index.name.clone() }
            }
            Recovery::DropIndex { index } => Self::DropIndex(index.clone()),
            _ => Self::Ask,
        })
    }

    /// As the journal keeps it: a word, then fields with tabs between them.
    pub(super) fn to_text(&self) -> String {
        let mut fields: Vec<String> = Vec::new();
        match self {
            Self::Compare(definitions) => {
                fields.push("compare".to_owned());
                for (object, definition) in definitions {
                    fields.push(kind_name(object.kind).to_owned());
                    fields.extend(name_fields(&object.name));
                    fields.push(definition.clone());
                }
            }
            Self::Repeat => fields.push("repeat".to_owned()),
            Self::BuildIndex { table, index } => {
                fields.push("build index".to_owned());
                fields.extend(name_fields(table));
                fields.push(escape(index));
            }
            Self::DropIndex(index) => {
                fields.push("drop index".to_owned());
                fields.extend(name_fields(index));
            }
            Self::Ask => fields.push("ask".to_owned()),
        }
        fields.join("\t")
    }

    /// Reads what [`to_text`](Self::to_text) wrote; anything else is for a person.
    pub(super) fn of_text(text: &str) -> Self {
        let mut fields = text.split('\t');
        let read = match fields.next() {
            Some("compare") => {
                let rest: Vec<&str> = fields.collect();
                let objects = rest.chunks(4).map(|chunk| {
                    let [kind, schema, name, definition] = chunk else { return None };
                    let object = Object { kind: kind_of(kind)?, name: name_of(schema, name) };
                    Some((object, (*definition).to_owned()))
                });
                objects.collect::<Option<Vec<_>>>().filter(|list| !list.is_empty()).map(Self::Compare)
            }
            Some("repeat") => Some(Self::Repeat),
            Some("build index") => match fields.collect::<Vec<_>>().as_slice() {
                [schema, name, index] => {
                    Some(Self::BuildIndex { table: name_of(schema, name), index: unescape(index) })
                }
                _ => None,
            },
            Some("drop index") => match fields.collect::<Vec<_>>().as_slice() {
                [schema, name] => Some(Self::DropIndex(name_of(schema, name))),
                _ => None,
            },
            _ => None,
        };
        read.unwrap_or(Self::Ask)
    }
}

/// The definition of an object now; `None` when the database cannot be asked for it.
pub(super) async fn definition(
    session: &mut Session<'_>,
    object: &Object,
) -> Result<Option<Definition>, Error> {
    let questions = session.engine.definition(object);
    if questions.is_empty() {
        return Ok(None);
    }
    let mut text = String::new();
    for question in questions {
        match session.connection().ask(&[question]).await {
            Ok(answers) => {
                for row in answers.iter().flat_map(|answer| &answer.rows) {
                    for value in row {
                        text.push_str(value.as_deref().unwrap_or("NULL"));
                        text.push('\u{1f}');
                    }
                }
            }
            Err(error) if session.engine.is_absent(&error.source) => {}
            Err(error) => return Err(Error::database(Doing::Fingerprint, error.source)),
        }
    }
    if text.is_empty() {
        return Ok(Some(ABSENT.to_owned()));
    }
    Ok(Some(hash::of(&session.engine.settled(text)).chars().take(32).collect()))
}

/// `table "a": changed` and so on: what was found, for a person.
pub(super) fn describe(object: &Object, before: &str, now: &str) -> String {
    let name = match &object.name.schema {
        Some(schema) => format!("{schema}.{}", object.name.name),
        None => object.name.name.clone(),
    };
    let found = match (before == ABSENT, now == ABSENT) {
        (true, true) => "is not there, as before",
        (true, false) => "is there now",
        (false, true) => "is gone",
        (false, false) if before == now => "is as before",
        (false, false) => "has changed",
    };
    format!("{} `{name}` {found}", kind_name(object.kind))
}

const KINDS: [(ObjectKind, &str); 12] = [
    (ObjectKind::Table, "table"),
    (ObjectKind::View, "view"),
    (ObjectKind::Index, "index"),
    (ObjectKind::Trigger, "trigger"),
    (ObjectKind::Procedure, "procedure"),
    (ObjectKind::Function, "function"),
    (ObjectKind::Event, "event"),
    (ObjectKind::Sequence, "sequence"),
    (ObjectKind::Database, "database"),
    (ObjectKind::Tablespace, "tablespace"),
    (ObjectKind::Subscription, "subscription"),
    (ObjectKind::User, "user"),
];

fn kind_name(kind: ObjectKind) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("object", |(_, name)| name)
}

fn kind_of(name: &str) -> Option<ObjectKind> {
    KINDS.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
}

/// A schema is a field of its own; a `.` before it tells one with an empty name from none.
fn name_fields(name: &ObjectName) -> [String; 2] {
    let schema = name.schema.as_ref().map(|schema| format!(".{}", escape(schema)));
    [schema.unwrap_or_default(), escape(&name.name)]
}

fn name_of(schema: &str, name: &str) -> ObjectName {
    ObjectName { schema: schema.strip_prefix('.').map(unescape), name: unescape(name) }
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t")
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => plain.push(if characters.next() == Some('t') { '\t' } else { '\\' }),
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(schema: Option<&str>, name: &str) -> ObjectName {
        ObjectName { schema: schema.map(str::to_owned), name: name.to_owned() }
    }

    #[test]
    fn what_the_journal_keeps_is_read_back_whatever_names_there_are() {
        let table = |schema, text| Object { kind: ObjectKind::Table, name: name(schema, text) };
        for fingerprint in [
            Fingerprint::Compare(vec![
                (table(None, "a\tb\\t"), ABSENT.to_owned()),
                (table(Some(""), "\\"), "0123".to_owned()),
            ]),
            Fingerprint::Repeat,
            Fingerprint::BuildIndex { table: name(Some("s\t"), "t"), index: "i\\".to_owned() },
            Fingerprint::DropIndex(name(None, "i")),
            Fingerprint::Ask,
        ] {
            assert_eq!(Fingerprint::of_text(&fingerprint.to_text()), fingerprint);
        }
    }

    #[test]
    fn what_nobody_wrote_is_for_a_person() {
        for text in ["", "nonsense", "compare", "compare\ttable", "build index\t", "drop index\ta\tb\tc"] {
            assert_eq!(Fingerprint::of_text(text), Fingerprint::Ask, "{text}");
        }
    }
}
