//! What the catalogue answered, by table.

use super::packed::Values;
use crate::backend::Answer;
use crate::error::IntrospectionError;
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
    id: String,
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
    pub(super) fn new(answers: &[Answer]) -> Result<Self, IntrospectionError> {
        let values = |at, width| Values::new(answers, at, width);
        let mut all = Self::default();
        all.schemas.extend(values(0, 1)?.rows().map(|row| text(row, 0)));
        let mut texts: HashMap<(bool, Key), String> = HashMap::new();
        for row in values(1, 4)?.rows() {
            let is_table = row.get(1) == Some(&Some("table"));
            texts.insert((is_table, key(row, 0, 2)), text(row, 3));
        }
        for row in values(2, 4)?.rows() {
            let name = text(row, 1);
            let lower = name.to_ascii_lowercase();
            if lower.starts_with("sqlite_") || lower.starts_with("libsql_") {
                continue;
            }
            all.places.insert(key(row, 0, 1), all.tables.len());
            all.tables.push(FoundTable {
                schema: text(row, 0),
                name,
                sql: texts.remove(&(true, key(row, 0, 1))),
                is_without_rowid: is_set(row, 2),
                is_strict: is_set(row, 3),
                ..FoundTable::default()
            });
        }
        all.add_columns(&values(3, 8)?);
        let mut keys: HashMap<Key, Vec<FoundKey>> = HashMap::new();
        for row in values(5, 5)?.rows() {
            let column = optional(row, 2);
            let found = FoundKey { column, is_descending: is_set(row, 3), collation: text(row, 4) };
            keys.entry(key(row, 0, 1)).or_default().push(found);
        }
        for row in values(4, 4)?.rows() {
            let Some(table) = all.table_of(row) else { continue };
            table.indexes.push(FoundIndex {
                name: text(row, 2),
                origin: text(row, 3),
                sql: texts.remove(&(false, key(row, 0, 2))),
                keys: keys.remove(&key(row, 0, 2)).unwrap_or_default(),
            });
        }
        for row in values(6, 8)?.rows() {
            all.add_foreign_key(row);
        }
        Ok(all)
    }

    fn table_of(&mut self, row: &[Option<&str>]) -> Option<&mut FoundTable> {
        let at = *self.places.get(&key(row, 0, 1))?;
        self.tables.get_mut(at)
    }

    /// Adds columns; those of a table are one after the other.
    fn add_columns(&mut self, values: &Values<'_>) {
        let rows: Vec<_> = values.rows().collect();
        for of_table in rows.chunk_by(|one, other| one.get(..2) == other.get(..2)) {
            let Some(table) = of_table.first().and_then(|row| self.table_of(row)) else { continue };
            table.columns.extend(of_table.iter().map(|row| FoundColumn {
                name: text(row, 2),
                data_type: text(row, 3),
                is_not_null: is_set(row, 4),
                default: optional(row, 5),
                key: text(row, 6).parse().unwrap_or_default(),
                is_generated: matches!(row.get(7), Some(Some("2" | "3"))),
            }));
        }
    }

    fn add_foreign_key(&mut self, row: &[Option<&str>]) {
        let id = text(row, 2);
        let Some(table) = self.table_of(row) else { return };
        if table.foreign_keys.last().is_none_or(|last| last.id != id) {
            table.foreign_keys.push(FoundForeignKey {
                id,
                table: text(row, 3),
                on_update: text(row, 6),
                on_delete: text(row, 7),
                ..FoundForeignKey::default()
            });
        }
        if let Some(last) = table.foreign_keys.last_mut() {
            last.columns.push(text(row, 4));
            last.referred.push(optional(row, 5));
        }
    }

    pub(super) fn has_schema(&self, schema: &str) -> bool {
        schema.eq_ignore_ascii_case("temp")
            || self.schemas.iter().any(|known| known.eq_ignore_ascii_case(schema))
    }

    /// The place of a table.
    pub(super) fn position(&self, schema: &str, name: &str) -> Option<usize> {
        self.places.get(&(schema.to_ascii_lowercase(), name.to_ascii_lowercase())).copied()
    }

    /// A table.
    pub(super) fn table(&self, schema: &str, name: &str) -> Option<&FoundTable> {
        self.tables.get(self.position(schema, name)?)
    }
}

fn optional(row: &[Option<&str>], at: usize) -> Option<String> {
    row.get(at).copied().flatten().map(str::to_owned)
}

fn text(row: &[Option<&str>], at: usize) -> String {
    optional(row, at).unwrap_or_default()
}

fn is_set(row: &[Option<&str>], at: usize) -> bool {
    row.get(at) == Some(&Some("1"))
}

fn key(row: &[Option<&str>], schema: usize, name: usize) -> Key {
    let lower = |at: usize| row.get(at).copied().flatten().unwrap_or_default().to_ascii_lowercase();
    (lower(schema), lower(name))
}
