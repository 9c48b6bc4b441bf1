//! What the actions of an `ALTER TABLE`, and the statements for indexes, do to the parts of a table.
//!
//! An `ALTER TABLE` is done as a whole or not at all (MySQL: 13.1.1; MariaDB 10.6: "Atomic DDL"), so what one of its
//! actions makes or removes tells about all of them.

use super::columns;
use crate::sql::TokenCursor;
use crate::sql::classify::{Change, Effect, Object, ObjectName, PartKind, StatementClass};

/// What an action makes or removes, as far as it can be looked up by name.
pub(super) fn changes(action: TokenCursor<'_, '_>, table: &Object) -> Vec<Change> {
    let part = |effect| move |(kind, name)| Change::part(effect, table, kind, name);
    let column = |name| (PartKind::Column, name);
    let added = columns::added(action).into_iter().map(column).chain(added(action));
    let dropped = columns::dropped(action).into_iter().map(column).chain(dropped(action));
    let columns = columns::renamed(action).map(|names| names.map(column));
    let indexes = renamed_index(action).map(|names| names.map(|name| (PartKind::Index, name)));
    let (from, to) = columns.or(indexes).map(|[from, to]| (from, to)).unzip();
    let found = added.map(part(Effect::Created)).chain(dropped.chain(from).map(part(Effect::Dropped)));
    found.chain(to.map(part(Effect::Created))).collect()
}

/// With the index that the statement names first, which comes or goes with it; its table is the object.
pub(super) fn index(mut words: TokenCursor<'_, '_>, effect: Effect, class: StatementClass) -> StatementClass {
    let (Some(name), Some(table)) = (words.name(), class.objects.first()) else { return class };
    let change = Change::part(effect, table, PartKind::Index, name);
    StatementClass { changes: vec![change], ..class }
}

fn primary() -> ObjectName {
    ObjectName::plain("PRIMARY".to_owned())
}

fn added(mut action: TokenCursor<'_, '_>) -> Vec<(PartKind, ObjectName)> {
    if !action.take("ADD") {
        return Vec::new();
    }
    if action.take("PARTITION") {
        action.take_all(&["IF", "NOT", "EXISTS"]);
        let Some(list) = action.inside() else { return Vec::new() };
        let name = |mut part: TokenCursor<'_, '_>| part.take("PARTITION").then(|| part.name()).flatten();
        return list.parts().filter_map(name).map(|name| (PartKind::Partition, name)).collect();
    }
    let symbol = if action.take("CONSTRAINT") {
        action.take_all(&["IF", "NOT", "EXISTS"]);
        let is_nameless = action.is_any(&["PRIMARY", "UNIQUE", "FOREIGN", "CHECK"]);
        if is_nameless { None } else { action.name() }
    } else {
        None
    };
    if action.take_all(&["PRIMARY", "KEY"]) {
        return vec![(PartKind::Index, primary())];
    }
    if let Some(symbol) = symbol {
        return vec![(PartKind::Constraint, symbol)];
    }
    let is_index = action.take_any(&["UNIQUE", "FULLTEXT", "SPATIAL"]) || take_vector(&mut action);
    if !action.take_any(&["INDEX", "KEY"]) && !is_index {
        return Vec::new();
    }
    action.take_all(&["IF", "NOT", "EXISTS"]);
    // Without a name it gets one that depends on what is there.
    let is_nameless = action.is_sign("(") || action.is("USING");
    let name = if is_nameless { None } else { action.name() };
    name.map(|name| (PartKind::Index, name)).into_iter().collect()
}

/// `VECTOR` before `INDEX`; by itself it is the name of a column.
pub(super) fn take_vector(action: &mut TokenCursor<'_, '_>) -> bool {
    let mut ahead = *action;
    ahead.take("VECTOR") && ahead.is_any(&["INDEX", "KEY"]) && action.take("VECTOR")
}

fn dropped(mut action: TokenCursor<'_, '_>) -> Vec<(PartKind, ObjectName)> {
    if !action.take("DROP") {
        return Vec::new();
    }
    if action.take_all(&["PRIMARY", "KEY"]) {
        return vec![(PartKind::Index, primary())];
    }
    let kind = match action.keyword().as_deref() {
        Some("INDEX" | "KEY") => PartKind::Index,
        Some("CONSTRAINT" | "CHECK") => PartKind::Constraint,
        Some("FOREIGN") if action.take("KEY") => PartKind::Constraint,
        Some("PARTITION") => PartKind::Partition,
        _ => return Vec::new(),
    };
    action.take_all(&["IF", "EXISTS"]);
    action.name().map(|name| (kind, name)).into_iter().collect()
}

fn renamed_index(mut action: TokenCursor<'_, '_>) -> Option<[ObjectName; 2]> {
    if !action.take("RENAME") || !action.take_any(&["INDEX", "KEY"]) {
        return None;
    }
    action.take_all(&["IF", "EXISTS"]);
    let from = action.name()?;
    action.take("TO");
    Some([from, action.name()?])
}

/// Whether an action sets something to a value, which running it again sets to the same value.
pub(super) fn repeats(mut action: TokenCursor<'_, '_>) -> bool {
    if action.is_any(&OPTIONS) {
        return true;
    }
    if action.take("CONVERT") {
        return action.is("TO");
    }
    if action.take("ALTER") {
        // `ALTER INDEX i IGNORED`, `ALTER CHECK c NOT ENFORCED`, `ALTER [COLUMN] c SET DEFAULT`.
        return true;
    }
    let changes = action.take("CHANGE");
    if !changes && !action.take("MODIFY") {
        return false;
    }
    action.take("COLUMN");
    action.take_all(&["IF", "EXISTS"]);
    let keeps_name = match (action.name(), changes) {
        (Some(name), true) => action.name().is_some_and(|to| name.may_be(&to)),
        (name, _) => name.is_some(),
    };
    // Each time these make another index or constraint.
    let adds = action.outside().any(|word| word.is_any(&["UNIQUE", "PRIMARY", "KEY", "REFERENCES", "CHECK"]));
    keeps_name && !adds
}

/// Words that begin options of a table, or say how the statement is to be done.
const OPTIONS: [&str; 28] = [
    "ALGORITHM",
    "AUTO_INCREMENT",
    "AVG_ROW_LENGTH",
    "CHARACTER",
    "CHARSET",
    "CHECKSUM",
    "COLLATE",
    "COMMENT",
    "COMPRESSION",
    "DEFAULT",
    "DELAY_KEY_WRITE",
    "DISABLE",
    "ENABLE",
    "ENCRYPTION",
    "ENGINE",
    "FORCE",
    "INSERT_METHOD",
    "KEY_BLOCK_SIZE",
    "LOCK",
    "MAX_ROWS",
    "MIN_ROWS",
    "PACK_KEYS",
    "PAGE_COMPRESSED",
    "ROW_FORMAT",
    "STATS_AUTO_RECALC",
    "STATS_PERSISTENT",
    "STATS_SAMPLE_PAGES",
    "TRANSACTIONAL",
];
