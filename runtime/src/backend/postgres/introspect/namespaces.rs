//! Schemas, and which names need theirs.

use super::row::{Read, Rows};
use servicekit_chain::Dialect;
use servicekit_chain::sql::quote_name;
use servicekit_schema::table::TableName;
use std::collections::HashMap;

/// The number of `pg_catalog`, which is in every search path.
const CATALOGUE: u32 = 11;

/// The schemas of the database.
#[derive(Debug)]
pub(super) struct Namespaces<'a> {
    current: Option<u32>,
    by_number: HashMap<u32, Namespace<'a>>,
}

#[derive(Debug)]
struct Namespace<'a> {
    name: &'a str,
    /// The name as PostgreSQL writes it in front of another.
    quoted: &'a str,
    is_read: bool,
}

impl<'a> Namespaces<'a> {
    pub(super) fn read(rows: Rows<'a>, current: Option<&str>) -> Read<Self> {
        let all = rows.map(|row| {
            let number = row.number()?;
            Ok((number, Namespace { name: row.text()?, quoted: row.text()?, is_read: row.flag()? }))
        })?;
        let by_number: HashMap<u32, Namespace<'a>> = all.into_iter().collect();
        let is_current = |(_, namespace): &(&u32, &Namespace<'_>)| Some(namespace.name) == current;
        let current = by_number.iter().find(is_current).map(|(number, _)| *number);
        Ok(Self { current, by_number })
    }

    /// The name of the current schema.
    pub(super) fn current(&self) -> Option<&'a str> {
        self.by_number.get(&self.current?).map(|namespace| namespace.name)
    }

    /// Whether a schema of those that are read has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.by_number.values().any(|namespace| namespace.is_read && namespace.name == name)
    }

    /// The name of a schema.
    pub(super) fn schema(&self, number: u32) -> &'a str {
        self.by_number.get(&number).map(|namespace| namespace.name).unwrap_or_default()
    }

    /// Whether a name in this schema is found without the name of the schema: not when `pg_catalog`, which comes first,
    /// has the same one.
    pub(super) fn is_found(&self, namespace: u32, is_in_catalogue: bool) -> bool {
        namespace == CATALOGUE || (Some(namespace) == self.current && !is_in_catalogue)
    }

    /// The name of a table or a type.
    pub(super) fn name(&self, namespace: u32, name: &str, is_in_catalogue: bool) -> TableName {
        if self.is_found(namespace, is_in_catalogue) {
            TableName::from(name)
        } else {
            TableName::from((self.schema(namespace), name))
        }
    }

    /// What the server has written, without the schema in front where it is found without.
    pub(super) fn shortened<'t>(&self, text: &'t str, namespace: u32, is_in_catalogue: bool) -> &'t str {
        let schema = self.by_number.get(&namespace).filter(|_| self.is_found(namespace, is_in_catalogue));
        let rest = schema.and_then(|schema| text.strip_prefix(schema.quoted)?.strip_prefix('.'));
        rest.unwrap_or(text)
    }
}

/// A name in quotes.
pub(super) fn quote(name: &str) -> String {
    quote_name(Dialect::Postgres, name)
}

/// A name in quotes, with its schema.
pub(super) fn quoted(name: &TableName) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", quote(schema), quote(&name.name)),
        None => quote(&name.name),
    }
}
