//! The statements of a rebuild: <https://www.sqlite.org/lang_altertable.html#otheralter>.

use super::edit::{Changing, Edit, quoted};
use super::stored::StoredTable;
use super::words::{is_for_updates_of, mentions, mentions_in_double_quotes};
use crate::dialect::{Problem, literal::quoted as text_literal};

/// What a database says of a table that is built anew.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// The name as it is written there.
    pub(crate) name: String,
    /// The text of the table.
    pub(crate) sql: String,
    /// Indexes and triggers of the table: kind, name, text.
    pub(crate) parts: Vec<(String, String, String)>,
    /// Views, and triggers of other tables: kind, name, text.
    pub(crate) others: Vec<(String, String, String)>,
    /// Names that are taken.
    pub(crate) names: Vec<String>,
    /// The counter of `AUTOINCREMENT`.
    pub(crate) sequence: Option<i64>,
}

/// The statements that build the table anew with these changes.
///
/// While they run, foreign keys must be off, so that no row of another table goes with the old table, and
/// `legacy_alter_table` on, so that a rename changes no text of another object.
pub(crate) fn plan(found: &Found, edits: &[Edit]) -> Result<Vec<String>, Problem> {
    let Some(stored) = StoredTable::parse(&found.sql) else {
        return Err(Problem::new(format!("`{}` is not an ordinary table", found.name)));
    };
    let mut changing = Changing::new(stored.clone());
    edits.iter().try_for_each(|edit| changing.apply(edit))?;
    nothing_needs(found, &changing.dropped)?;

    let (old, new) = (quoted(&found.name), quoted(&temporary(found)));
    let (columns, sources): (Vec<String>, Vec<String>) = copied(&stored, &changing).into_iter().unzip();
    let mut statements = vec![changing.table.create(&new)];
    if !columns.is_empty() {
        let (columns, sources) = (columns.join(", "), sources.join(", "));
        statements.push(format!("INSERT INTO {new} ({columns}) SELECT {sources} FROM {old}"));
    }
    statements.push(format!("DROP TABLE {old}"));
    statements.push(format!("ALTER TABLE {new} RENAME TO {old}"));
    if is_counted(&changing.table) {
        statements.extend(counter(found));
    }
    statements.extend(found.parts.iter().map(|(_, _, sql)| sql.clone()));
    Ok(statements)
}

/// The counter of `AUTOINCREMENT` as it was: the copy has only counted up to the highest number that is there.
fn counter(found: &Found) -> Vec<String> {
    let name = text_literal(&found.name);
    match found.sequence {
        Some(sequence) => vec![
            format!("DELETE FROM sqlite_sequence WHERE name = {name}"),
            format!("INSERT INTO sqlite_sequence (name, seq) VALUES ({name}, {sequence})"),
        ],
        // A copy of no rows makes one that was not there.
        None => vec![format!("DELETE FROM sqlite_sequence WHERE name = {name} AND seq = 0")],
    }
}

/// A name that nothing has.
fn temporary(found: &Found) -> String {
    let is_free = |name: &String| !found.names.iter().any(|taken| taken.eq_ignore_ascii_case(name));
    let plain = format!("_rebuild_{}", found.name);
    let numbered = (2_u32..).map(|number| format!("{plain}_{number}"));
    std::iter::once(plain.clone()).chain(numbered).find(is_free).unwrap_or_default()
}

/// The columns that are filled, and with what. The numbers of rows are kept where they are nobody's column.
fn copied(old: &StoredTable, changing: &Changing) -> Vec<(String, String)> {
    let new = &changing.table;
    let has_number = |table: &StoredTable| !table.is_without_rowid() && table.rowid_alias().is_none();
    let name = ["rowid", "oid", "_rowid_"]
        .into_iter()
        .find(|name| old.position(name).is_none() && new.position(name).is_none());
    let number = name.filter(|_| has_number(old) && has_number(new));
    let number = number.map(|name| (name.to_owned(), name.to_owned()));
    let columns = changing.copied.iter().map(|(column, source)| (quoted(column), source.clone()));
    number.into_iter().chain(columns).collect()
}

fn is_counted(table: &StoredTable) -> bool {
    table
        .columns
        .iter()
        .any(|column| column.clauses.iter().any(|clause| mentions(&clause.text, "AUTOINCREMENT")))
}

/// Nothing that stays may need a column that is gone.
fn nothing_needs(found: &Found, dropped: &[String]) -> Result<(), Problem> {
    for name in dropped {
        let needs_it = |(kind, _, sql): &&(String, String, String)| match kind.as_str() {
            // The name of the index, and of its table, can be the same.
            "index" => sql.split_once('(').is_some_and(|(_, keys)| mentions(keys, name)),
            // A name without quotes that is not there is an error by itself, when the object is looked at afterwards.
            _ => mentions_in_double_quotes(sql, name),
        };
        let is_of_it =
            |(kind, _, sql): &&(String, String, String)| kind == "trigger" && is_for_updates_of(sql, name);
        let others = found.others.iter().filter(|(_, _, sql)| mentions(sql, &found.name));
        if let Some((kind, called, _)) =
            found.parts.iter().find(is_of_it).or_else(|| found.parts.iter().chain(others).find(needs_it))
        {
            return Err(Problem::new(format!("the {kind} `{called}` needs the column `{name}`"))
                .help(format!("drop the {kind} before, and make it again without that column")));
        }
    }
    Ok(())
}
