//! Indexes as the catalogue holds them.

use super::super::defaults::without_parentheses;
use super::super::row::{Read, Row};
use crate::error::IntrospectionError;

/// A row of `pg_index`.
#[allow(clippy::struct_excessive_bools, reason = "each is a column of the catalogue")]
#[derive(Debug)]
pub(crate) struct IndexRow<'a> {
    pub(crate) number: u32,
    pub(crate) name: &'a str,
    pub(crate) method: &'a str,
    pub(crate) is_unique: bool,
    /// Whether it is complete; a concurrent build that failed leaves one that is not.
    pub(crate) is_valid: bool,
    pub(crate) is_clustered: bool,
    pub(crate) is_replica_identity: bool,
    pub(crate) nulls_not_distinct: bool,
    pub(crate) keys: usize,
    /// The columns by number, 0 for an expression: the keys and what is stored besides.
    pub(crate) columns: Vec<i16>,
    pub(crate) orders: Vec<i16>,
    pub(crate) classes: Vec<u32>,
    pub(crate) collations: Vec<u32>,
    pub(crate) options: Vec<String>,
    pub(crate) tablespace: Option<&'a str>,
    pub(crate) filter: Option<&'a str>,
    pub(crate) comment: Option<&'a str>,
}

impl<'a> IndexRow<'a> {
    pub(crate) fn read(number: u32, row: &mut Row<'a>) -> Read<Self> {
        let mut found = Self {
            number,
            name: row.text()?,
            method: row.text()?,
            is_unique: row.flag()?,
            is_valid: row.flag()?,
            is_clustered: row.flag()?,
            is_replica_identity: row.flag()?,
            nulls_not_distinct: row.flag()?,
            keys: row.number()?,
            columns: row.numbers()?,
            orders: row.numbers()?,
            classes: row.numbers()?,
            collations: row.numbers()?,
            options: row.texts()?,
            tablespace: row.optional()?,
            filter: row.optional()?.map(without_parentheses),
            comment: None,
        };
        // It has a condition and that has no text: the table went in between.
        if row.flag()? && found.filter.is_none() {
            return Err(IntrospectionError::Changing);
        }
        found.comment = row.optional()?;
        Ok(found)
    }
}
