//! What the catalogue answered, by table.

use crate::backend::Answer;
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
    pub(super) fn new(answers: &[Answer]) -> Self {
        let rows = |at: usize| answers.get(at).map(|answer| answer.rows.as_slice()).unwrap_or_default();
        let mut all = Self::default();
        all.schemas.extend(rows(0).iter().map(|row| text(row, 0)));
        let mut texts: HashMap<(String, Key), String> = HashMap::new();
        for row in rows(1) {
            texts.insert((text(row, 1), key(row, 0, 2)), text(row, 3));
        }
        for row in rows(2) {
            let name = text(row, 1);
            let lower = name.to_ascii_lowercase();
            if lower.starts_with("sqlite_") || lower.starts_with("libsql_") {
                continue;
            }
            all.places.insert(key(row, 0, 1), all.tables.len());
            all.tables.push(FoundTable {
                schema: text(row, 0),
                name,
                sql: texts.remove(&("table".to_owned(), key(row, 0, 1))),
                is_without_rowid: is_set(row, 2),
                is_strict: is_set(row, 3),
                ..FoundTable::default()
            });
        }
        for row in rows(3) {
            all.add_column(row);
        }
        let mut keys: HashMap<Key, Vec<FoundKey>> = HashMap::new();
        for row in rows(5) {
            let column = row.get(3).cloned().flatten();
            let found = FoundKey { column, is_descending: is_set(row, 4), collation: text(row, 5) };
            keys.entry(key(row, 0, 1)).or_default().push(found);
        }
        for row in rows(4) {
            let Some(table) = all.table_of(row) else { continue };
            table.indexes.push(FoundIndex {
                name: text(row, 2),
                origin: text(row, 3),
                sql: texts.remove(&("index".to_owned(), key(row, 0, 2))),
                keys: keys.remove(&key(row, 0, 2)).unwrap_or_default(),
            });
        }
        for row in rows(6) {
            all.add_foreign_key(row);
        }
        all
    }

    fn table_of(&mut self, row: &[Option<String>]) -> Option<&mut FoundTable> {
        let at = *self.places.get(&key(row, 0, 1))?;
        self.tables.get_mut(at)
    }

    fn add_column(&mut self, row: &[Option<String>]) {
        let Some(table) = self.table_of(row) else { return };
        table.columns.push(FoundColumn {
            name: text(row, 2),
            data_type: text(row, 3),
            is_not_null: is_set(row, 4),
            default: row.get(5).cloned().flatten(),
            key: text(row, 6).parse().unwrap_or_default(),
            is_generated: matches!(text(row, 7).as_str(), "2" | "3"),
        });
    }

    fn add_foreign_key(&mut self, row: &[Option<String>]) {
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
            last.referred.push(row.get(5).cloned().flatten());
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

fn text(row: &[Option<String>], at: usize) -> String {
    row.get(at).cloned().flatten().unwrap_or_default()
}

fn is_set(row: &[Option<String>], at: usize) -> bool {
    row.get(at).and_then(Option::as_deref) == Some("1")
}

fn key(row: &[Option<String>], schema: usize, name: usize) -> Key {
    (text(row, schema).to_ascii_lowercase(), text(row, name).to_ascii_lowercase())
}
