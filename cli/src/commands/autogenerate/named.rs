//! Tables and columns that options name: `users`, `users.mail`, `shop.users.mail`.

use crate::failure::{AutogenerateFailure, Failure};
use servicekit::Dialect;
use servicekit::diff::{Backfill, Difference, Rename};
use servicekit::schema::{Schema, TableName, Value};

/// What `--rename` says, where these are renamed already.
///
/// # Errors
/// When one of them has no form that a rename has, or names nothing that is there.
pub(super) fn renames(
    given: &[String],
    actual: &Schema,
    known: &[Rename],
    dialect: Dialect,
) -> Result<Vec<Rename>, Failure> {
    let mut renames = known.to_vec();
    // Tables first, whatever order they are given in: a column may call its table by the new name.
    for is_of_table in [true, false] {
        for text in given {
            let rename = rename(text, actual, &renames, dialect)?;
            if rename.is_of_table() == is_of_table {
                renames.push(rename);
            }
        }
    }
    Ok(renames.split_off(known.len()))
}

fn rename(text: &str, actual: &Schema, known: &[Rename], dialect: Dialect) -> Result<Rename, Failure> {
    let malformed = || AutogenerateFailure::MalformedRename { given: text.to_owned() };
    let (old, new) = text.split_once('=').ok_or_else(malformed)?;
    if old.is_empty() || new.is_empty() {
        return Err(malformed().into());
    }
    let is_same = |name: &TableName, text: &str| match dialect {
        Dialect::Sqlite => name.to_string().eq_ignore_ascii_case(text),
        _ => name.to_string() == text,
    };
    if let Some(table) = actual.tables.iter().find(|table| is_same(&table.name, old)) {
        let name = new.rsplit_once('.').map_or(new, |(_, name)| name);
        return Ok(Rename::table(table.name.clone(), in_schema_of(&table.name, name)));
    }
    let (table, column) = old
        .rsplit_once('.')
        .ok_or_else(|| AutogenerateFailure::NoSuchTable { given: text.to_owned(), table: old.to_owned() })?;
    let later = known.iter().find_map(|rename| match rename {
        Rename::Table { from, to, .. } if is_same(from, table) || is_same(to, table) => Some(to.clone()),
        _ => None,
    });
    let same = || actual.tables.iter().map(|table| table.name.clone()).find(|name| is_same(name, table));
    let table = later.or_else(same).ok_or_else(|| AutogenerateFailure::NoSuchTable {
        given: text.to_owned(),
        table: table.to_owned(),
    })?;
    let new = new.rsplit_once('.').map_or(new, |(_, name)| name);
    Ok(Rename::column(table, column, new))
}

fn in_schema_of(table: &TableName, name: &str) -> TableName {
    match &table.schema {
        Some(schema) => (schema.as_str(), name).into(),
        None => name.into(),
    }
}

/// What `--backfill` says.
///
/// # Errors
/// When one of them has no form that a backfill has, or its value is none of the column.
pub(super) fn backfills(
    given: &[String],
    difference: &Difference,
    wanted: &Schema,
) -> Result<Vec<Backfill>, Failure> {
    given.iter().map(|text| backfill(text, difference.dialect, wanted)).collect()
}

fn backfill(text: &str, dialect: Dialect, wanted: &Schema) -> Result<Backfill, Failure> {
    let malformed = || AutogenerateFailure::MalformedBackfill { given: text.to_owned() };
    let (place, value) = text.split_once('=').ok_or_else(malformed)?;
    let (table, column) = place.rsplit_once('.').ok_or_else(malformed)?;
    let is_it = |name: &TableName| name.to_string().eq_ignore_ascii_case(table);
    let known = wanted.tables.iter().find(|known| is_it(&known.name));
    let known = known.and_then(|table| {
        let mut columns = table.columns.iter();
        columns.find(|known| known.name.eq_ignore_ascii_case(column)).map(|column| (&table.name, column))
    });
    let Some((table, column)) = known else {
        return Err(
            AutogenerateFailure::NoSuchColumn { given: text.to_owned(), column: place.to_owned() }.into()
        );
    };
    let value = Value::written(value, &column.data_type, dialect)
        .map_err(|reason| AutogenerateFailure::NoValue { given: text.to_owned(), reason })?;
    Ok(Backfill::new(table.clone(), &column.name, value))
}
