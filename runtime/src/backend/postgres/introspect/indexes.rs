//! Indexes.

use super::catalogue::Catalogue;
use super::defaults::without_parentheses;
use super::draft::Draft;
use super::namespaces::quote;
use super::row::Read;
use super::rows::IndexRow;
use super::tables::storage_options;
use crate::error::IntrospectionError;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{Token, literal, tokens};
use servicekit_schema::table::{Index, IndexKey, Nulls, Order, index, key, sql};
use std::collections::{HashMap, HashSet};

/// The columns of a table by their number: the name and the collation.
pub(super) type TableColumns<'a> = HashMap<i16, (&'a str, u32)>;

impl<'a> Catalogue<'a> {
    /// Adds the indexes of a table that belong to no constraint.
    pub(super) fn add_indexes(
        &self,
        indexes: &[&IndexRow<'a>],
        columns: &TableColumns<'a>,
        draft: &mut Draft,
    ) -> Read<()> {
        for row in indexes {
            match self.index(row, columns)? {
                Some(index) => draft.table.indexes.push(index),
                None => self.remain_whole(row, draft)?,
            }
            if let Some(tablespace) = row.tablespace {
                remain_tablespace(row, tablespace, draft);
            }
        }
        draft.table.indexes.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(())
    }

    /// An index in the words of the vocabulary, as far as they go.
    fn index(&self, row: &IndexRow<'a>, columns: &TableColumns<'a>) -> Read<Option<Index>> {
        let Some(keys) = self.keys(row, columns)? else { return Ok(None) };
        let mut index = index(keys).name(row.name);
        index.unique = row.is_unique;
        index.filter = row.filter.map(str::to_owned);
        index.method = (row.method != "btree").then(|| row.method.to_owned());
        index.include = included(row, columns)?;
        index.nulls_not_distinct = row.nulls_not_distinct;
        index.options = row.options.iter().filter_map(|option| option.split_once('=')).map(owned).collect();
        index.comment = row.comment.map(str::to_owned);
        Ok(Some(index))
    }

    /// The keys of an index; `None` if there is no word for something of them.
    pub(super) fn keys(&self, row: &IndexRow<'a>, columns: &TableColumns<'a>) -> Read<Option<Vec<IndexKey>>> {
        if self.with_class_options.contains(&row.number) {
            return Ok(None);
        }
        let mut expressions = self.expressions.get(&row.number).into_iter().flatten();
        let mut keys = Vec::new();
        for (place, number) in row.columns.iter().take(row.keys).enumerate() {
            let (mut key, usual) = match *number {
                0 => {
                    let text = expressions.next().ok_or(IntrospectionError::Changing)?;
                    (key(sql(without_parentheses(text))), usual_of_expression(text, columns))
                }
                number => {
                    let (name, collation) = columns.get(&number).ok_or(IntrospectionError::Changing)?;
                    (key(*name), Some(*collation))
                }
            };
            let collation = row.collations.get(place).copied().unwrap_or_default();
            if collation != 0 && Some(collation) != usual {
                match self.collations.get(&collation) {
                    Some(found) if found.schema.is_none() => key.collation = Some(found.name.to_owned()),
                    _ => return Ok(None),
                }
            }
            match row.classes.get(place).and_then(|class| self.operator_classes.get(class)) {
                Some(class) if class.is_default => {}
                Some(class) if class.is_found => key.operator_class = Some(class.name.to_owned()),
                _ => return Ok(None),
            }
            set_order(&mut key, row.orders.get(place).copied().unwrap_or_default());
            keys.push(key);
        }
        Ok(Some(keys))
    }

    /// Notes an index as the server writes it.
    fn remain_whole(&self, row: &IndexRow<'a>, draft: &mut Draft) -> Read<()> {
        let whole = self.whole_indexes.get(&row.number).ok_or(IntrospectionError::Changing)?;
        draft.remain(format!("index {}", row.name), *whole);
        remain_comment(row, draft);
        Ok(())
    }

    /// Notes what is set of an index when it is there.
    pub(super) fn remain_of_index(&self, row: &IndexRow<'a>, draft: &mut Draft) {
        let index = draft.beside(row.name);
        for (number, target) in self.index_statistics.get(&row.number).into_iter().flatten() {
            draft.remain(
                format!("statistics of {}", row.name),
                format!("ALTER INDEX {index} ALTER COLUMN {number} SET STATISTICS {target}"),
            );
        }
        let (table, name) = (draft.sql.clone(), quote(row.name));
        if row.is_clustered {
            draft.remain("clustering", format!("ALTER TABLE {table} CLUSTER ON {name}"));
        }
        if row.is_replica_identity {
            draft.remain(
                "replica identity",
                format!("ALTER TABLE {table} REPLICA IDENTITY USING INDEX {name}"),
            );
        }
    }
}

/// The number of the collation `default`.
const DEFAULT: u32 = 100;

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// The columns that an index only stores.
pub(super) fn included(row: &IndexRow<'_>, columns: &TableColumns<'_>) -> Read<Vec<String>> {
    let numbers = row.columns.iter().skip(row.keys);
    let name = |number: &i16| columns.get(number).map(|(name, _)| (*name).to_owned());
    numbers.map(|number| name(number).ok_or(IntrospectionError::Changing)).collect()
}

/// The bits of `indoption`: descending, and nulls first, which is the default of a descending key.
fn set_order(key: &mut IndexKey, bits: i16) {
    let (order, nulls) = match bits & 3 {
        1 => (Some(Order::Descending), Some(Nulls::Last)),
        2 => (None, Some(Nulls::First)),
        3 => (Some(Order::Descending), None),
        _ => (None, None),
    };
    key.order = order;
    key.nulls = nulls;
}

/// The collation that an expression has by itself, where that is certain: it follows from its columns.
fn usual_of_expression(text: &str, columns: &TableColumns<'_>) -> Option<u32> {
    let is_odd = |collation: u32| collation != 0 && collation != DEFAULT;
    let odd = columns.values().filter(|(_, collation)| is_odd(*collation));
    let odd: HashSet<&str> = odd.map(|(name, _)| *name).collect();
    let is_usual = odd.is_empty()
        || tokens(Dialect::Postgres, text)
            .filter(Token::is_name)
            .all(|token| !token.is("COLLATE") && !odd.contains(token.unquoted().as_str()));
    is_usual.then_some(DEFAULT)
}

/// Notes what the index of a constraint has, for which a constraint has no word.
pub(super) fn remain_of_constraint(row: &IndexRow<'_>, draft: &mut Draft) {
    let index = draft.beside(row.name);
    if !row.options.is_empty() {
        let options = storage_options("", &row.options).join(", ");
        draft.remain(format!("options of {}", row.name), format!("ALTER INDEX {index} SET ({options})"));
    }
    if let Some(tablespace) = row.tablespace {
        remain_tablespace(row, tablespace, draft);
    }
    remain_comment(row, draft);
}

fn remain_tablespace(row: &IndexRow<'_>, tablespace: &str, draft: &mut Draft) {
    let (index, tablespace) = (draft.beside(row.name), quote(tablespace));
    draft.remain(
        format!("tablespace of {}", row.name),
        format!("ALTER INDEX {index} SET TABLESPACE {tablespace}"),
    );
}

fn remain_comment(row: &IndexRow<'_>, draft: &mut Draft) {
    if let Some(comment) = row.comment {
        let (index, comment) = (draft.beside(row.name), literal(Dialect::Postgres, comment));
        draft.remain(format!("comment of {}", row.name), format!("COMMENT ON INDEX {index} IS {comment}"));
    }
}
