//! What is there after a statement and was not before it, or the other way round.

use super::names::{Alike, Object, ObjectKind, ObjectName};

/// Something that a statement makes or removes: what tells, after a crash, whether the statement was done.
///
/// A change of the definition alone tells nothing, because anybody may have changed something else of the object
/// meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Change {
    /// Whether it comes or goes.
    pub effect: Effect,
    /// The object, or the table that the part is of.
    pub object: Object,
    /// The part of the table; `None` for the object as a whole.
    pub part: Option<Part>,
}

/// Whether something comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It is absent before, and there afterwards.
    Created,
    /// It is there before, and absent afterwards.
    Dropped,
}

/// A part of a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Its name; the one of a primary key is `PRIMARY`.
    pub name: String,
}

/// What a part of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartKind {
    /// A column.
    Column,
    /// An index, also one that a constraint makes.
    Index,
    /// A constraint.
    Constraint,
    /// A partition.
    Partition,
}

impl Change {
    pub(super) fn whole(effect: Effect, object: &Object) -> Self {
        Self { effect, object: object.clone(), part: None }
    }

    pub(super) fn part(effect: Effect, table: &Object, kind: PartKind, name: ObjectName) -> Self {
        Self { effect, object: table.clone(), part: Some(Part { kind, name: name.name }) }
    }

    /// One that has another name afterwards.
    pub(super) fn renamed(from: &Object, to: &Object) -> [Self; 2] {
        [Self::whole(Effect::Dropped, from), Self::whole(Effect::Created, to)]
    }

    /// What it is about, apart from the name of the object: changes are about one thing where these are the same, and the names
    /// may be.
    fn kind(&self) -> (ObjectKind, Option<(PartKind, String)>) {
        let part = self.part.as_ref().map(|part| (part.kind, part.name.to_ascii_lowercase()));
        (self.object.kind, part)
    }
}

/// Those that tell something: what one statement both drops and creates may look the same before and after.
pub(super) fn telling(changes: &[Change]) -> Vec<Change> {
    let alike = Alike::of(changes.iter().map(|change| (change.kind(), &change.object.name)));
    let is_once = |change: &&Change| alike.count(change.kind(), &change.object.name) == 1;
    changes.iter().filter(is_once).cloned().collect()
}
