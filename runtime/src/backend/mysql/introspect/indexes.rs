//! Indexes, and the primary key and the unique constraints, which are indexes here.

use crate::backend::mysql::introspect::catalogue::{Row, Server};
use crate::backend::mysql::introspect::expressions;
use crate::backend::mysql::introspect::parts::Parts;
use crate::backend::mysql::introspect::rows::Rows;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{LexicalMode, backquoted, plain_string};
use servicekit_schema::table::{Constraint, Index, IndexKey, index, key, primary_key, sql, unique};
use std::collections::BTreeMap;

/// The name of every primary key.
const PRIMARY: &str = "PRIMARY";

/// Reads the indexes.
pub(super) fn read(server: &Server<'_>, rows: &mut Rows<'_>, parts: &mut Parts<'_>) {
    rows.statistics.sort_by_key(|row| row.number(3));
    let mut indexes: BTreeMap<&str, Vec<Row<'_>>> = BTreeMap::new();
    for row in &rows.statistics {
        indexes.entry(row.text(2)).or_default().push(*row);
    }
    let engine = rows.table.text(3);
    for (name, keys) in indexes {
        let Some(found) = Found::read(engine, name, keys) else { continue };
        if found.is_hidden {
            let word = if server.is_mariadb { "IGNORED" } else { "INVISIBLE" };
            let hide = format!("ALTER INDEX {} {word}", backquoted(name));
            parts.alter_later(format!("index {name} that is {}", word.to_ascii_lowercase()), &hide);
        }
        found.add(server, parts);
    }
}

/// An index with its keys in their order.
#[derive(Debug)]
struct Found<'a> {
    name: &'a str,
    keys: Vec<Row<'a>>,
    is_unique: bool,
    /// `FULLTEXT`, `SPATIAL` or another word before `INDEX`.
    kind: Option<&'a str>,
    /// Where it is not that of the storage engine.
    method: Option<&'static str>,
    comment: &'a str,
    /// Whether the optimizer does not use it.
    is_hidden: bool,
}

impl<'a> Found<'a> {
    fn read(engine: &str, name: &'a str, keys: Vec<Row<'a>>) -> Option<Self> {
        let first = *keys.first()?;
        let is_memory = engine.eq_ignore_ascii_case("MEMORY");
        let (kind, method) = match first.text(8) {
            "BTREE" => (None, is_memory.then_some("btree")),
            "HASH" => (None, (!is_memory).then_some("hash")),
            "RTREE" => (Some("SPATIAL"), None),
            kind => (Some(kind), None),
        };
        let (is_unique, comment, is_hidden) = (first.text(5) == "0", first.text(9), first.text(10) == "YES");
        Some(Self { name, keys, is_unique: is_unique && kind.is_none(), kind, method, comment, is_hidden })
    }

    fn add(self, server: &Server<'_>, parts: &mut Parts<'_>) {
        let is_primary = self.name == PRIMARY;
        let Some(index) = self.index(server) else {
            return self.add_remainder(parts);
        };
        let columns: Vec<&str> = self.keys.iter().map(|row| row.text(4)).collect();
        let is_constraint = self.is_unique
            && self.method.is_none()
            && self.comment.is_empty()
            && self.keys.iter().all(|row| row.value(4).is_some())
            && index.keys.iter().all(|key| key.mysql_length.is_none() && key.order.is_none());
        let table = &mut *parts.table;
        let has_name = |constraint: &Constraint| constraint.name() == Some(self.name);
        if is_primary && is_constraint {
            table.constraints.push(primary_key(columns).into());
        } else if is_primary {
            self.add_remainder(parts);
        } else if is_constraint
            && !parts.other_constraints.contains(self.name)
            && !table.constraints.iter().any(has_name)
        {
            table.constraints.push(unique(columns).name(self.name).into());
        } else {
            table.indexes.push(index);
        }
    }

    /// The index in words, unless there are none.
    fn index(&self, server: &Server<'_>) -> Option<Index> {
        if self.kind.is_some() {
            return None;
        }
        let read = |row: &Row<'_>| -> IndexKey {
            let mut read = match row.value(4) {
                Some(column) => key(column),
                None => key(sql(expressions::expression(server.is_mariadb, row.text(11)))),
            };
            read.mysql_length = row.number(7);
            if row.text(6) == "D" { read.desc() } else { read }
        };
        let mut read = index(self.keys.iter().map(read)).name(self.name);
        read.unique = self.is_unique;
        read.method = self.method.map(str::to_owned);
        read.comment = Some(self.comment).filter(|comment| !comment.is_empty()).map(str::to_owned);
        Some(read)
    }

    /// The index as a statement.
    fn add_remainder(&self, parts: &mut Parts<'_>) {
        let key = |row: &Row<'_>| {
            let of = backquoted(row.text(4));
            // That of a spatial index is always the same, and cannot be written.
            let length = row.number(7).filter(|_| self.kind.is_none());
            let length = length.map(|length| format!("({length})")).unwrap_or_default();
            let order = if row.text(6) == "D" { " DESC" } else { "" };
            format!("{of}{length}{order}")
        };
        let keys: Vec<String> = self.keys.iter().map(key).collect();
        let using =
            self.method.map(|method| format!(" USING {}", method.to_ascii_uppercase())).unwrap_or_default();
        let comment = match self.comment {
            "" => String::new(),
            text => format!(" COMMENT {}", plain_string(LexicalMode::from(Dialect::Mysql), text)),
        };
        let tail = format!("({}){comment}", keys.join(", "));
        if self.name == PRIMARY {
            parts.has_later_key = true;
            parts.alter("primary key".to_owned(), &format!("ADD PRIMARY KEY{using} {tail}"));
            return;
        }
        parts.has_later_key |= self.kind.is_none();
        let (kind, name) = (self.kind.or(self.is_unique.then_some("UNIQUE")), backquoted(self.name));
        let kind = kind.map(|kind| format!("{kind} ")).unwrap_or_default();
        let sql = format!("CREATE {kind}INDEX {name}{using} ON {} {tail}", parts.quoted);
        parts.remain(format!("{}index {}", kind.to_ascii_lowercase(), self.name), sql);
    }
}
