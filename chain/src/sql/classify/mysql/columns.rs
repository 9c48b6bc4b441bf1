//! What `ALTER TABLE` does to columns, where the definition may come out as it was and the values not.

use crate::sql::TokenCursor;
use crate::sql::classify::ObjectName;
use crate::sql::classify::mysql::parts::take_vector;

/// Whether the definition may be the same before and after: a column is dropped and its name taken again, or the
/// names of columns are exchanged.
pub(super) fn may_look_the_same(actions: TokenCursor<'_, '_>) -> bool {
    let mut left = Vec::new();
    let mut taken = Vec::new();
    for action in actions.parts() {
        left.extend(dropped(action));
        taken.extend(added(action));
        if let Some([from, to]) = renamed(action) {
            left.push(from);
            taken.push(to);
        }
    }
    left.iter().any(|name| taken.iter().any(|other| name.may_be(other)))
}

/// What stands after `ADD` or `DROP` where it is no column.
const NO_COLUMNS: [&str; 12] = [
    "CHECK",
    "CONSTRAINT",
    "FOREIGN",
    "FULLTEXT",
    "INDEX",
    "KEY",
    "PARTITION",
    "PERIOD",
    "PRIMARY",
    "SPATIAL",
    "SYSTEM",
    "UNIQUE",
];

pub(super) fn dropped(mut action: TokenCursor<'_, '_>) -> Option<ObjectName> {
    if !action.take("DROP") || action.is_any(&NO_COLUMNS) {
        return None;
    }
    action.take("COLUMN");
    action.take_all(&["IF", "EXISTS"]);
    action.name()
}

pub(super) fn added(mut action: TokenCursor<'_, '_>) -> Vec<ObjectName> {
    if !action.take("ADD") || action.is_any(&NO_COLUMNS) || take_vector(&mut action) {
        return Vec::new();
    }
    action.take("COLUMN");
    action.take_all(&["IF", "NOT", "EXISTS"]);
    match action.inside() {
        Some(columns) => columns.parts().filter_map(|mut column| column.name()).collect(),
        None => action.name().into_iter().collect(),
    }
}

/// The names of a column before and after, where they are not the same.
pub(super) fn renamed(mut action: TokenCursor<'_, '_>) -> Option<[ObjectName; 2]> {
    let changes = action.take("CHANGE");
    if !changes && !action.take_all(&["RENAME", "COLUMN"]) {
        return None;
    }
    action.take("COLUMN");
    action.take_all(&["IF", "EXISTS"]);
    let from = action.name()?;
    if !changes {
        action.take("TO");
    }
    let to = action.name()?;
    (!from.may_be(&to)).then_some([from, to])
}
