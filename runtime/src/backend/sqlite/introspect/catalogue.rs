//! What the catalogue answered, by table.

use super::packed::Packed;
use crate::backend::Answer;
use crate::error::IntrospectionError;
use std::cmp::Reverse;
use std::collections::HashMap;

/// A schema and a name in it, in small letters: SQLite tells no cases apart.
type Key = (String, String);

/// The catalogue.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    schemas: Vec<String>,
    pub(super) tables: Vec<FoundTable>,
    places: HashMap<Key, usize>,
}

/// A table.
#[derive(Debug, Default)]
pub(super) struct FoundTable {
    pub(super) schema: String,
    pub(super) name: String,
    pub(super) sql: Option<String>,
    pub(super) is_without_rowid: bool,
    pub(super) is_strict: bool,
    pub(super) columns: Vec<FoundColumn>,
    pub(super) indexes: Vec<FoundIndex>,
    /// In the order of the text.
    pub(super) foreign_keys: Vec<FoundForeignKey>,
}

/// A column.
#[derive(Debug, Default)]
pub(super) struct FoundColumn {
    pub(super) name: String,
    pub(super) data_type: String,
    pub(super) is_not_null: bool,
    pub(super) default: Option<String>,
    /// The place in the primary key, from 1.
    pub(super) key: usize,
    pub(super) is_generated: bool,
}

/// An index, also one of a constraint.
#[derive(Debug, Default)]
pub(super) struct FoundIndex {
    pub(super) name: String,
    /// `c` for one of its own, `u` and `pk` for that of a constraint.
    pub(super) origin: String,
    pub(super) sql: Option<String>,
    pub(super) keys: Vec<FoundKey>,
}

/// A key of an index.
#[derive(Debug, Default)]
pub(super) struct FoundKey {
    /// The column, unless it is an expression.
    pub(super) column: Option<String>,
    pub(super) is_descending: bool,
    pub(super) collation: String,
}

/// A foreign key.
#[derive(Debug, Default)]
pub(super) struct FoundForeignKey {
    pub(super) table: String,
    pub(super) columns: Vec<String>,
    /// Without what the primary key of the other table says.
    pub(super) referred: Vec<Option<String>>,
    pub(super) on_update: String,
    pub(super) on_delete: String,
}

impl FoundTable {
    /// The columns of the primary key, in its order.
    pub(super) fn key(&self) -> Vec<&str> {
        let mut key: Vec<&FoundColumn> = self.columns.iter().filter(|column| column.key > 0).collect();
        key.sort_by_key(|column| column.key);
        key.into_iter().map(|column| column.name.as_str()).collect()
    }
}

impl Catalogue {
    /// Puts the answers to the [questions](super::questions::all) together.
    ///
    /// No row is needed in any place: what has an order has a number.
    pub(super) fn new(answers: &[Answer]) -> Result<Self, IntrospectionError> {
        let mut all = Self::default();
        Packed::new(answers, 0).each(|row| {
            all.schemas.push(row.text()?.to_owned());
            Ok(())
        })?;
        let mut texts: HashMap<(bool, Key), &str> = HashMap::new();
        Packed::new(answers, 1).each(|row| {
            let (schema, is_table, name) = (row.text()?, row.text()? == "table", row.text()?);
            texts.insert((is_table, key(schema, name)), row.text()?);
            Ok(())
        })?;
        Packed::new(answers, 2).each(|row| {
            let table = table(row, &mut texts)?;
            let lower = table.name.to_ascii_lowercase();
            if !lower.starts_with("sqlite_") && !lower.starts_with("libsql_") {
                all.places.insert((table.schema.to_ascii_lowercase(), lower), all.tables.len());
                all.tables.push(table);
            }
            Ok(())
        })?;
        Ok(all)
    }

    pub(super) fn has_schema(&self, schema: &str) -> bool {
        schema.eq_ignore_ascii_case("temp")
            || self.schemas.iter().any(|known| known.eq_ignore_ascii_case(schema))
    }

    /// The place of a table.
    pub(super) fn position(&self, schema: &str, name: &str) -> Option<usize> {
        self.places.get(&key(schema, name)).copied()
    }

    /// A table.
    pub(super) fn table(&self, schema: &str, name: &str) -> Option<&FoundTable> {
        self.tables.get(self.position(schema, name)?)
    }
}

/// A table, with the texts that are its own.
fn table(
    row: &mut Packed<'_>,
    texts: &mut HashMap<(bool, Key), &str>,
) -> Result<FoundTable, IntrospectionError> {
    let (schema, name) = (row.text()?, row.text()?);
    let mut text = |is_table, name| texts.remove(&(is_table, key(schema, name))).map(str::to_owned);
    let mut table = FoundTable {
        schema: schema.to_owned(),
        name: name.to_owned(),
        sql: text(true, name),
        is_without_rowid: row.is_set()?,
        is_strict: row.is_set()?,
        ..FoundTable::default()
    };
    table.columns = in_order(row.rows(|row| Ok((row.number()?, column(row)?)))?);
    table.indexes = in_order(row.rows(|row| {
        let (place, name, origin) = (row.number()?, row.text()?, row.text()?);
        let keys = in_order(row.rows(|row| Ok((row.number()?, index_key(row)?)))?);
        let (name, origin, sql) = (name.to_owned(), origin.to_owned(), text(false, name));
        Ok((place, FoundIndex { name, origin, sql, keys }))
    })?);
    // SQLite numbers them from the last one.
    let mut parts = row.rows(|row| Ok((row.number()?, row.number()?, ForeignKeyPart::read(row)?)))?;
    parts.sort_by_key(|(id, place, _)| (Reverse(*id), *place));
    for of_key in parts.chunk_by(|(one, ..), (other, ..)| one == other) {
        table.foreign_keys.extend(foreign_key(of_key.iter().map(|(.., part)| part)));
    }
    Ok(table)
}

fn column(row: &mut Packed<'_>) -> Result<FoundColumn, IntrospectionError> {
    Ok(FoundColumn {
        name: row.text()?.to_owned(),
        data_type: row.text()?.to_owned(),
        is_not_null: row.is_set()?,
        default: row.optional()?.map(str::to_owned),
        key: row.number()?,
        is_generated: matches!(row.text()?, "2" | "3"),
    })
}

fn index_key(row: &mut Packed<'_>) -> Result<FoundKey, IntrospectionError> {
    let column = row.optional()?.map(str::to_owned);
    Ok(FoundKey { column, is_descending: row.is_set()?, collation: row.text()?.to_owned() })
}

/// What a foreign key says of one of its columns.
#[derive(Debug)]
struct ForeignKeyPart<'a> {
    table: &'a str,
    column: &'a str,
    referred: Option<&'a str>,
    on_update: &'a str,
    on_delete: &'a str,
}

impl<'a> ForeignKeyPart<'a> {
    fn read(row: &mut Packed<'a>) -> Result<Self, IntrospectionError> {
        Ok(Self {
            table: row.text()?,
            column: row.text()?,
            referred: row.optional()?,
            on_update: row.text()?,
            on_delete: row.text()?,
        })
    }
}

/// One of its parts; none of nothing.
fn foreign_key<'p>(parts: impl Iterator<Item = &'p ForeignKeyPart<'p>>) -> Option<FoundForeignKey> {
    let mut found: Option<FoundForeignKey> = None;
    for part in parts {
        let key = found.get_or_insert_with(|| FoundForeignKey {
            table: part.table.to_owned(),
            on_update: part.on_update.to_owned(),
            on_delete: part.on_delete.to_owned(),
            ..FoundForeignKey::default()
        });
        key.columns.push(part.column.to_owned());
        key.referred.push(part.referred.map(str::to_owned));
    }
    found
}

fn in_order<T>(mut numbered: Vec<(usize, T)>) -> Vec<T> {
    numbered.sort_by_key(|(place, _)| *place);
    numbered.into_iter().map(|(_, each)| each).collect()
}

fn key(schema: &str, name: &str) -> Key {
    (schema.to_ascii_lowercase(), name.to_ascii_lowercase())
}
