//! A table from its text, or from the catalogue alone.

use super::catalogue::{Catalogue, FoundTable};
use super::constraints::{Reading, Unnamed};
use super::{columns, indexes};
use servicekit_chain::Dialect;
use servicekit_chain::sql::{quote_name, significant};
use servicekit_schema::Operations;
use servicekit_schema::operation::CreateTable;
use servicekit_schema::stored::{ClauseKind, StoredTable, comment_text};
use servicekit_schema::table::{
    Column, ConstraintKind, Remainder, Table, TableName, foreign_key, primary_key, unique,
};

/// Describes a table.
pub(super) fn table(catalogue: &Catalogue, found: &FoundTable) -> Table {
    let stored = found.sql.as_deref().and_then(StoredTable::parse);
    // What cannot be written again as it was read is not understood.
    let read = |unnamed| from_text(catalogue, found, stored.as_ref()?, unnamed).filter(can_be_created);
    let described = read(Unnamed::Constraint).or_else(|| read(Unnamed::AsWritten));
    described.unwrap_or_else(|| from_catalogue(catalogue, found))
}

fn can_be_created(table: &Table) -> bool {
    let mut operations = Operations::default();
    operations.push(CreateTable::new(table.clone()));
    operations.sql(Dialect::Sqlite).is_ok()
}

/// `None` where the text does not fit the catalogue.
fn from_text(
    catalogue: &Catalogue,
    found: &FoundTable,
    stored: &StoredTable,
    unnamed: Unnamed,
) -> Option<Table> {
    if stored.columns.len() != found.columns.len() {
        return None;
    }
    let columns: Option<Vec<Column>> =
        stored.columns.iter().zip(&found.columns).map(|(text, known)| columns::column(text, known)).collect();
    let in_columns = stored.columns.iter().flat_map(|column| &column.clauses);
    let in_columns = in_columns.filter(|clause| !is_no_constraint(clause.kind));
    let names = in_columns.filter_map(|clause| clause.name.as_deref());
    let names = names.chain(stored.constraints.iter().filter_map(|each| each.name.as_deref()));
    let mut reading = Reading::new(catalogue, found, columns?, unnamed).with_names(names);
    for (at, column) in stored.columns.iter().enumerate() {
        for clause in &column.clauses {
            // The catalogue tells the default, and `NULL` says nothing.
            if !matches!(clause.kind, ClauseKind::Default | ClauseKind::Null) {
                let is_key = clause.kind == ClauseKind::References;
                reading.piece(Some(at), clause.name.as_deref(), &clause.text, is_key)?;
            }
        }
    }
    for constraint in &stored.constraints {
        let is_key = constraint.kind == ConstraintKind::ForeignKey;
        reading.piece(None, constraint.name.as_deref(), &constraint.text, is_key)?;
    }
    let (columns, constraints) = reading.finish()?;
    let mut table = Table::new(name(found), columns);
    table.constraints = constraints;
    table.comment = stored.comment.as_deref().and_then(comment_text);
    Some(finished(table, found))
}

/// Whether a clause has a name that means nothing, or none that another constraint could have.
fn is_no_constraint(kind: ClauseKind) -> bool {
    !matches!(kind, ClauseKind::PrimaryKey | ClauseKind::Unique | ClauseKind::Check | ClauseKind::References)
}

/// What the catalogue tells without the text, and the text.
fn from_catalogue(catalogue: &Catalogue, found: &FoundTable) -> Table {
    let mut table = Table::new(name(found), found.columns.iter().map(columns::known));
    let key = found.key();
    if !key.is_empty() {
        table = table.with(primary_key(key));
    }
    let mut seen: Vec<Vec<&str>> = Vec::new();
    for index in found.indexes.iter().filter(|index| index.origin == "u") {
        let columns: Vec<&str> = index.keys.iter().filter_map(|key| key.column.as_deref()).collect();
        if !seen.contains(&columns) {
            table = table.with(unique(columns.clone()));
            seen.push(columns);
        }
    }
    let mut seen = Vec::new();
    for known in &found.foreign_keys {
        let parent = catalogue.table(&found.schema, &known.table);
        let implied = parent.map(FoundTable::key).unwrap_or_default();
        let referred: Vec<&str> = known
            .referred
            .iter()
            .enumerate()
            .filter_map(|(at, column)| column.as_deref().or_else(|| implied.get(at).copied()))
            .collect();
        if referred.len() == known.columns.len() && !seen.contains(&(&known.columns, &known.table)) {
            seen.push((&known.columns, &known.table));
            let mut key = foreign_key(&known.columns, &known.table, referred);
            key.on_delete = super::constraints::action(&known.on_delete);
            key.on_update = super::constraints::action(&known.on_update);
            table = table.with(key);
        }
    }
    let mut table = finished(table, found);
    if let Some(sql) = &found.sql {
        // It is there already: so the statement does nothing, and loses no row.
        let remainder = Remainder::new(Dialect::Sqlite, "text of the table", if_not_exists(found, sql));
        table.remainders.insert(0, remainder);
    }
    table
}

fn if_not_exists(found: &FoundTable, sql: &str) -> String {
    let all = significant(Dialect::Sqlite, sql);
    match all.as_slice() {
        [create, word, name, ..] if create.is("CREATE") && word.is("TABLE") => {
            let schema = if name_has_schema(found) {
                format!("{}.", quote_name(Dialect::Sqlite, &found.schema))
            } else {
                String::new()
            };
            format!("CREATE TABLE IF NOT EXISTS {schema}{}", sql.get(name.start..).unwrap_or_default())
        }
        _ => sql.to_owned(),
    }
}

fn finished(mut table: Table, found: &FoundTable) -> Table {
    for (is_set, option) in [(found.is_without_rowid, "WITHOUT ROWID"), (found.is_strict, "STRICT")] {
        if is_set {
            table = table.option(Dialect::Sqlite, option);
        }
    }
    indexes::add(&mut table, found);
    table.constraints.sort_by_key(|each| (each.kind(), each.name().map(str::to_owned)));
    table
}

fn name_has_schema(found: &FoundTable) -> bool {
    !found.schema.eq_ignore_ascii_case("main")
}

fn name(found: &FoundTable) -> TableName {
    if name_has_schema(found) {
        (found.schema.as_str(), found.name.as_str()).into()
    } else {
        found.name.as_str().into()
    }
}
