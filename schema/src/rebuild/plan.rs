//! The statements of a rebuild: <https://www.sqlite.org/lang_altertable.html#otheralter>.

use super::counter;
use super::edit::{Changing, Edit};
use super::mentions::{is_for_updates_of, mentions, mentions_in_double_quotes};
use crate::operation::{OperationProblem, Result};
use crate::stored::StoredTable;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{literal, quote_name};

/// A table that is to be rebuilt, as the database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CurrentTable {
    /// The name as it is written there.
    pub name: String,
    /// The text of the table.
    pub sql: String,
    /// Its indexes and triggers.
    pub parts: Vec<StoredObject>,
    /// Views, and triggers of other tables.
    pub others: Vec<StoredObject>,
    /// Names that are taken.
    pub names: Vec<String>,
    /// The counter of `AUTOINCREMENT`.
    pub sequence: Option<i64>,
}

/// An object beside a table, as the database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredObject {
    /// `index`, `trigger` or `view`.
    pub kind: String,
    /// The name.
    pub name: String,
    /// The text.
    pub sql: String,
}

impl CurrentTable {
    /// A table with nothing beside it.
    pub fn new(name: impl Into<String>, sql: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            sql: sql.into(),
            parts: Vec::new(),
            others: Vec::new(),
            names: Vec::new(),
            sequence: None,
        }
    }
}

impl StoredObject {
    /// An object of this kind and name with its text.
    pub fn new(kind: impl Into<String>, name: impl Into<String>, sql: impl Into<String>) -> Self {
        Self { kind: kind.into(), name: name.into(), sql: sql.into() }
    }
}

/// See [`Rebuild::plan`](super::Rebuild::plan).
pub(super) fn plan(current: &CurrentTable, edits: &[Edit]) -> Result<Vec<String>> {
    let Some(stored) = StoredTable::parse(&current.sql) else {
        return Err(OperationProblem::new(format!("`{}` is not an ordinary table", current.name)));
    };
    let mut changing = Changing::new(stored.clone());
    edits.iter().try_for_each(|edit| changing.apply(edit))?;
    nothing_needs(current, &changing.dropped)?;

    let quoted = |name: &str| quote_name(Dialect::Sqlite, name);
    let (old, new) = (quoted(&current.name), quoted(&temporary(current)));
    let (columns, sources): (Vec<String>, Vec<String>) = copied(&stored, &changing).into_iter().unzip();
    let mut statements = vec![changing.table.create(&new)];
    if !columns.is_empty() {
        let (columns, sources) = (columns.join(", "), sources.join(", "));
        statements.push(format!("INSERT INTO {new} ({columns}) SELECT {sources} FROM {old}"));
    }
    statements.push(format!("DROP TABLE {old}"));
    statements.push(format!("ALTER TABLE {new} RENAME TO {old}"));
    if counter::is_there(&changing.table) {
        statements.extend(count_on(current));
    }
    statements.extend(current.parts.iter().map(|object| object.sql.clone()));
    Ok(statements)
}

/// The counter of `AUTOINCREMENT` as it was: the copy has only counted up to the highest number that is there.
fn count_on(current: &CurrentTable) -> Vec<String> {
    let name = literal(Dialect::Sqlite, &current.name);
    match current.sequence {
        Some(sequence) => vec![
            format!("DELETE FROM sqlite_sequence WHERE name = {name}"),
            format!("INSERT INTO sqlite_sequence (name, seq) VALUES ({name}, {sequence})"),
        ],
        // A copy of no rows makes one that was not there.
        None => vec![format!("DELETE FROM sqlite_sequence WHERE name = {name} AND seq = 0")],
    }
}

/// A name that nothing has.
fn temporary(current: &CurrentTable) -> String {
    let is_free = |name: &String| !current.names.iter().any(|taken| taken.eq_ignore_ascii_case(name));
    let plain = format!("_rebuild_{}", current.name);
    let numbered = (2_u32..).map(|number| format!("{plain}_{number}"));
    std::iter::once(plain.clone()).chain(numbered).find(is_free).unwrap_or_default()
}

/// The columns that are filled, and with what. The numbers of rows are kept where they are not a column.
fn copied(old: &StoredTable, changing: &Changing) -> Vec<(String, String)> {
    let new = &changing.table;
    let has_number = |table: &StoredTable| !table.is_without_rowid() && table.rowid_alias().is_none();
    let name = ["rowid", "oid", "_rowid_"]
        .into_iter()
        .find(|name| old.position(name).is_none() && new.position(name).is_none());
    let number = name.filter(|_| has_number(old) && has_number(new));
    let number = number.map(|name| (name.to_owned(), name.to_owned()));
    let columns =
        changing.copied.iter().map(|(column, source)| (quote_name(Dialect::Sqlite, column), source.clone()));
    number.into_iter().chain(columns).collect()
}

/// Nothing that stays may need a column that is gone.
fn nothing_needs(current: &CurrentTable, dropped: &[String]) -> Result {
    for name in dropped {
        let needs_it = |object: &&StoredObject| match object.kind.as_str() {
            // The name of the index, and of its table, can be the same.
            "index" => object.sql.split_once('(').is_some_and(|(_, keys)| mentions(keys, name)),
            // A name without quotes that does not exist is an error by itself, when the object is looked at afterwards.
            _ => mentions_in_double_quotes(&object.sql, name),
        };
        let is_for_it =
            |object: &&StoredObject| object.kind == "trigger" && is_for_updates_of(&object.sql, name);
        let others = current.others.iter().filter(|object| mentions(&object.sql, &current.name));
        let found = current.parts.iter().find(is_for_it);
        if let Some(StoredObject { kind, name: called, .. }) =
            found.or_else(|| current.parts.iter().chain(others).find(needs_it))
        {
            return Err(OperationProblem::new(format!("the {kind} `{called}` needs the column `{name}`"))
                .help(format!("drop the {kind} before, and make it again without that column")));
        }
    }
    Ok(())
}
