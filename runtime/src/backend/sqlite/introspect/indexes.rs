//! Indexes.

use super::catalogue::{FoundIndex, FoundTable};
use servicekit_chain::Dialect;
use servicekit_chain::sql::quote_name;
use servicekit_schema::stored::StoredIndex;
use servicekit_schema::table::{Index, IndexKey, Order, Remainder, Table, index, sql};
use std::collections::HashMap;

/// Adds the indexes of a table that are not those of its constraints.
pub(super) fn add(table: &mut Table, found: &FoundTable) {
    let collations: HashMap<String, String> = table
        .columns
        .iter()
        .filter_map(|column| Some((column.name.clone(), column.collations.last()?.1.clone())))
        .collect();
    let mut own: Vec<&FoundIndex> = found.indexes.iter().filter(|each| each.origin == "c").collect();
    own.sort_by(|one, other| one.name.cmp(&other.name));
    for each in own {
        let Some(text) = &each.sql else { continue };
        let stored = StoredIndex::parse(text);
        if let Some(index) = stored.as_ref().and_then(|stored| read(stored, each, &collations)) {
            table.indexes.push(index);
        } else {
            let what = format!("index {}", each.name);
            let statement = statement(stored.as_ref(), found, text);
            table.remainders.push(Remainder::new(Dialect::Sqlite, what, statement));
        }
    }
}

/// The text of an index, for its own schema.
fn statement(stored: Option<&StoredIndex>, found: &FoundTable, text: &str) -> String {
    match stored {
        Some(stored) if !found.schema.eq_ignore_ascii_case("main") => {
            stored.create_in(text, &quote_name(Dialect::Sqlite, &found.schema))
        }
        _ => text.to_owned(),
    }
}

/// `None` where the text does not fit the catalogue.
fn read(stored: &StoredIndex, found: &FoundIndex, collations: &HashMap<String, String>) -> Option<Index> {
    if stored.keys.len() != found.keys.len() || stored.name != found.name {
        return None;
    }
    let mut keys: Vec<IndexKey> = Vec::new();
    for (text, known) in stored.keys.iter().zip(&found.keys) {
        if text.descending != known.is_descending {
            return None;
        }
        let mut key: IndexKey = match &known.column {
            Some(column) => column.into(),
            None => sql(&text.expression).into(),
        };
        let own = known.column.as_ref().map(|column| collations.get(column).map_or("BINARY", String::as_str));
        key.collation = match own {
            // That of the column is there by itself.
            Some(own) => (!own.eq_ignore_ascii_case(&known.collation)).then(|| known.collation.clone()),
            None => text.collation.clone(),
        };
        key.order = text.descending.then_some(Order::Descending);
        keys.push(key);
    }
    let mut new = index(keys).name(stored.name.as_str());
    new.unique = stored.unique;
    new.filter.clone_from(&stored.filter);
    new.comment.clone_from(&stored.comment);
    Some(new)
}
