//! What is noted of a stage before it runs outside a transaction, so that after a crash it can be found out whether it
//! was done.

use crate::backend::{database_error, hash};
use crate::error::{Error, Phase};
use crate::run::recovery::evidence;
use crate::run::{Session, recovery};
use servicekit_chain::sql::{
    Change, Effect, Object, ObjectKind, ObjectName, Part, PartKind, Recovery, StatementClass,
};

/// How to find out whether a stage was done, with what there was before it. It is kept in the journal as text, so that
/// a file that was edited meanwhile cannot change what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fingerprint {
    /// What it makes and removes, and whole definitions where that cannot tell, each as it was before.
    Compare { changes: Vec<(Change, Definition)>, definitions: Vec<(Object, Definition)> },
    /// Running it again leads to the same state.
    Repeat,
    /// An index that is built concurrently, and whether a valid one of its name was there before.
    BuildIndex { table: ObjectName, index: String, was_there: bool },
    /// An index that is dropped concurrently, and whether it was there before.
    DropIndex { index: ObjectName, was_there: bool },
    /// Nobody can tell but a person.
    Ask,
}

/// A definition as far as it must be distinguished from another: its digest, or `absent`.
pub(crate) type Definition = String;

pub(crate) const ABSENT: &str = "absent";

impl Fingerprint {
    /// Takes it, before the stage runs.
    pub(crate) async fn take(
        session: &mut Session<'_>,
        recovery: &Recovery,
        class: &StatementClass,
    ) -> Result<Self, Error> {
        Ok(match recovery {
            Recovery::Compare => Self::compare(session, class).await?.unwrap_or(Self::Ask),
            Recovery::Repeat => Self::Repeat,
            Recovery::BuildIndex { index: Some(index), table, .. } => {
                let (table, index) = (table.clone(), index.name.clone());
                let was_there = recovery::is_so(session, session.engine.index_state(&table, &index)).await?;
                Self::BuildIndex { table, index, was_there }
            }
            Recovery::DropIndex { index } => {
                let was_there = recovery::is_so(session, session.engine.is_index_there(index)).await?;
                Self::DropIndex { index: index.clone(), was_there }
            }
            _ => Self::Ask,
        })
    }

    /// `None` where something cannot be looked at, so that it cannot be compared.
    async fn compare(session: &mut Session<'_>, class: &StatementClass) -> Result<Option<Self>, Error> {
        let mut changes = Vec::with_capacity(class.changes.len());
        for change in &class.changes {
            match change_now(session, change).await? {
                Some(before) => changes.push((change.clone(), before)),
                None => return Ok(None),
            }
        }
        let tells = |(change, before): &(Change, Definition)| evidence::can_tell(change, before);
        let mut definitions = Vec::new();
        if changes.is_empty() || !changes.iter().all(tells) {
            for object in &class.objects {
                match definition(session, object).await? {
                    Some(before) => definitions.push((object.clone(), before)),
                    None => return Ok(None),
                }
            }
        }
        let has_any = !changes.is_empty() || !definitions.is_empty();
        Ok(has_any.then_some(Self::Compare { changes, definitions }))
    }

    /// As the journal keeps it: a word, then fields with tabs between them.
    pub(crate) fn to_text(&self) -> String {
        let mut fields: Vec<String> = Vec::new();
        match self {
            Self::Compare { changes, definitions } => {
                fields.push("changes".to_owned());
                for (change, before) in changes {
                    let (kind, name) = match &change.part {
                        Some(part) => (word(&PARTS, part.kind), escape(&part.name)),
                        None => ("", String::new()),
                    };
                    fields.push(word(&EFFECTS, change.effect).to_owned());
                    fields.push(word(&KINDS, change.object.kind).to_owned());
                    fields.extend(name_fields(&change.object.name));
                    fields.extend([kind.to_owned(), name, before.clone()]);
                }
                for (object, before) in definitions {
                    fields.push("definition".to_owned());
                    fields.push(word(&KINDS, object.kind).to_owned());
                    fields.extend(name_fields(&object.name));
                    fields.push(before.clone());
                }
            }
            Self::Repeat => fields.push("repeat".to_owned()),
            Self::BuildIndex { table, index, was_there } => {
                fields.push("build index".to_owned());
                fields.extend(name_fields(table));
                fields.push(escape(index));
                fields.push(there(*was_there).to_owned());
            }
            Self::DropIndex { index, was_there } => {
                fields.push("drop index".to_owned());
                fields.extend(name_fields(index));
                fields.push(there(*was_there).to_owned());
            }
            Self::Ask => fields.push("ask".to_owned()),
        }
        fields.join("\t")
    }

    /// Reads it back. What nobody here has written, or a later version, is for a person.
    pub(crate) fn from_text(text: &str) -> Self {
        let mut fields = text.split('\t');
        let word = fields.next();
        let fields: Vec<&str> = fields.collect();
        let read = match word {
            Some("changes") => read_changes(&fields),
            Some("compare") => read_definitions(&fields),
            Some("repeat") => Some(Self::Repeat),
            Some("build index") => match fields.as_slice() {
                [schema, name, index, rest @ ..] => was_there(rest, false).map(|was_there| {
                    Self::BuildIndex { table: name_of(schema, name), index: unescape(index), was_there }
                }),
                _ => None,
            },
            Some("drop index") => match fields.as_slice() {
                [schema, name, rest @ ..] => was_there(rest, true)
                    .map(|was_there| Self::DropIndex { index: name_of(schema, name), was_there }),
                _ => None,
            },
            _ => None,
        };
        read.unwrap_or(Self::Ask)
    }
}

/// What stands after `changes`.
fn read_changes(mut fields: &[&str]) -> Option<Fingerprint> {
    let (mut changes, mut definitions) = (Vec::new(), Vec::new());
    while !fields.is_empty() {
        match fields {
            ["definition", kind, schema, name, before, rest @ ..] => {
                definitions.push((read_object(kind, schema, name)?, (*before).to_owned()));
                fields = rest;
            }
            [effect, kind, schema, name, part, part_name, before, rest @ ..] => {
                let part = match *part {
                    "" => None,
                    kind => Some(Part { kind: meant(&PARTS, kind)?, name: unescape(part_name) }),
                };
                let (effect, object) = (meant(&EFFECTS, effect)?, read_object(kind, schema, name)?);
                changes.push((Change { effect, object, part }, (*before).to_owned()));
                fields = rest;
            }
            _ => return None,
        }
    }
    let has_any = !changes.is_empty() || !definitions.is_empty();
    has_any.then_some(Fingerprint::Compare { changes, definitions })
}

/// What earlier versions wrote after `compare`: definitions only. Of what was absent it is known that it comes.
fn read_definitions(fields: &[&str]) -> Option<Fingerprint> {
    let objects = fields.chunks(4).map(|chunk| match chunk {
        [kind, schema, name, before] => Some((read_object(kind, schema, name)?, (*before).to_owned())),
        _ => None,
    });
    let definitions = objects.collect::<Option<Vec<_>>>().filter(|list| !list.is_empty())?;
    let changes = definitions
        .iter()
        .filter(|(_, before)| before == ABSENT)
        .map(|(object, before)| {
            let change = Change { effect: Effect::Created, object: object.clone(), part: None };
            (change, before.clone())
        })
        .collect();
    Some(Fingerprint::Compare { changes, definitions })
}

fn read_object(kind: &str, schema: &str, name: &str) -> Option<Object> {
    Some(Object { kind: meant(&KINDS, kind)?, name: name_of(schema, name) })
}

fn there(is_there: bool) -> &'static str {
    if is_there { "there" } else { ABSENT }
}

/// Earlier versions did not say.
fn was_there(fields: &[&str], unsaid: bool) -> Option<bool> {
    match fields {
        [] => Some(unsaid),
        ["there"] => Some(true),
        [ABSENT] => Some(false),
        _ => None,
    }
}

/// What a change is about, now; `None` when the database cannot be asked for it.
pub(crate) async fn change_now(
    session: &mut Session<'_>,
    change: &Change,
) -> Result<Option<Definition>, Error> {
    match &change.part {
        None => definition(session, &change.object).await,
        Some(part) => {
            let question = session.engine.part_question(&change.object.name, part);
            asked(session, question.into_iter().collect()).await
        }
    }
}

/// The definition of an object now; `None` when the database cannot be asked for it.
pub(crate) async fn definition(
    session: &mut Session<'_>,
    object: &Object,
) -> Result<Option<Definition>, Error> {
    let questions = session.engine.definition_questions(object);
    asked(session, questions).await
}

async fn asked(session: &mut Session<'_>, questions: Vec<String>) -> Result<Option<Definition>, Error> {
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
            Err(error) => return Err(database_error(Phase::Fingerprint, error.source)),
        }
    }
    if text.is_empty() {
        return Ok(Some(ABSENT.to_owned()));
    }
    Ok(Some(hash::sha256(&session.engine.normalized(text)).chars().take(32).collect()))
}

const EFFECTS: [(Effect, &str); 2] = [(Effect::Created, "created"), (Effect::Dropped, "dropped")];

pub(crate) const PARTS: [(PartKind, &str); 4] = [
    (PartKind::Column, "column"),
    (PartKind::Index, "index"),
    (PartKind::Constraint, "constraint"),
    (PartKind::Partition, "partition"),
];

pub(crate) const KINDS: [(ObjectKind, &str); 12] = [
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

/// The word for it in such a list, which the journal keeps too.
pub(crate) fn word<T: Copy + PartialEq>(words: &[(T, &'static str)], thing: T) -> &'static str {
    words.iter().find(|(known, _)| *known == thing).map_or("object", |(_, word)| word)
}

/// What a word of such a list stands for.
fn meant<T: Copy>(words: &[(T, &str)], word: &str) -> Option<T> {
    words.iter().find(|(_, known)| *known == word).map(|(thing, _)| *thing)
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
    use servicekit_chain::sql::PartKind;

    fn name(schema: Option<&str>, name: &str) -> ObjectName {
        ObjectName { schema: schema.map(str::to_owned), name: name.to_owned() }
    }

    #[test]
    fn what_the_journal_keeps_is_read_back_whatever_names_there_are() {
        let table = |schema, text| Object { kind: ObjectKind::Table, name: name(schema, text) };
        let column = |text: &str| Some(Part { kind: PartKind::Column, name: text.to_owned() });
        let changes = vec![
            (
                Change { effect: Effect::Created, object: table(None, "a\tb\\t"), part: None },
                ABSENT.to_owned(),
            ),
            (
                Change { effect: Effect::Dropped, object: table(Some(""), "\\"), part: column("c\t") },
                "01".to_owned(),
            ),
        ];
        for fingerprint in [
            Fingerprint::Compare {
                changes: changes.clone(),
                definitions: vec![(table(Some("definition"), "t"), "0123".to_owned())],
            },
            Fingerprint::Compare { changes, definitions: Vec::new() },
            Fingerprint::Repeat,
            Fingerprint::BuildIndex {
                table: name(Some("s\t"), "t"),
                index: "i\\".to_owned(),
                was_there: true,
            },
            Fingerprint::DropIndex { index: name(None, "i"), was_there: false },
            Fingerprint::Ask,
        ] {
            assert_eq!(Fingerprint::from_text(&fingerprint.to_text()), fingerprint);
        }
    }

    #[test]
    fn what_earlier_versions_wrote_is_read_for_what_it_tells() {
        let text = "compare\ttable\t\ta\tabsent\ttable\t\tb\t0123";
        let Fingerprint::Compare { changes, definitions } = Fingerprint::from_text(text) else {
            panic!("not compared");
        };
        assert_eq!((changes.len(), definitions.len()), (1, 2));
        assert_eq!(
            Fingerprint::from_text("drop index\t\ti"),
            Fingerprint::DropIndex { index: name(None, "i"), was_there: true }
        );
    }

    #[test]
    fn what_nobody_wrote_is_for_a_person() {
        for text in [
            "",
            "nonsense",
            "compare",
            "changes",
            "changes\tcreated\ttable",
            "compare\ttable",
            "build index\t",
            "drop index\ta\tb\tc",
        ] {
            assert_eq!(Fingerprint::from_text(text), Fingerprint::Ask, "{text}");
        }
    }
}
