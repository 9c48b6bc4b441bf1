//! Columns as the catalogue holds them.

use super::super::row::{Read, Row};
use crate::error::IntrospectionError;
use servicekit_schema::table::Identity;

/// A row of `pg_attribute`.
#[derive(Debug)]
pub(crate) struct ColumnRow<'a> {
    pub(crate) number: i16,
    pub(crate) name: &'a str,
    pub(crate) data_type: (u32, i32),
    pub(crate) is_not_null: bool,
    pub(crate) identity: Option<Identity>,
    pub(crate) generation: Generation,
    pub(crate) collation: u32,
    /// The storage, in one letter.
    pub(crate) storage: &'a str,
    pub(crate) compression: Option<&'static str>,
    pub(crate) statistics: Option<i32>,
    pub(crate) options: Vec<String>,
    /// The default or the generation expression.
    pub(crate) expression: Option<&'a str>,
    pub(crate) comment: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Generation {
    None,
    Stored,
    Virtual,
}

impl<'a> ColumnRow<'a> {
    pub(crate) fn read(row: &mut Row<'a>) -> Read<Self> {
        let (number, name) = (row.number()?, row.text()?);
        let data_type = (row.number()?, row.number()?);
        let is_not_null = row.flag()?;
        let identity = match row.text()? {
            "" => None,
            "d" => Some(Identity::ByDefault),
            "a" => Some(Identity::Always),
            other => return Err(row.unknown(format!("the identity `{other}`"))),
        };
        let generation = match row.text()? {
            "" => Generation::None,
            "s" => Generation::Stored,
            "v" => Generation::Virtual,
            other => return Err(row.unknown(format!("the generation `{other}`"))),
        };
        let collation = row.number()?;
        let storage = row.text()?;
        if !["p", "e", "m", "x"].contains(&storage) {
            return Err(row.unknown(format!("the storage `{storage}`")));
        }
        let compression = match row.text()? {
            "" => None,
            "p" => Some("pglz"),
            "l" => Some("lz4"),
            other => return Err(row.unknown(format!("the compression `{other}`"))),
        };
        let (statistics, options, expression) =
            (row.optional_number()?, attribute_options(row)?, row.optional()?);
        // The row of the default is there and its text is not: the table went in between.
        if row.flag()? && expression.is_none() {
            return Err(IntrospectionError::Changing);
        }
        Ok(Self {
            number,
            name,
            data_type,
            is_not_null,
            identity,
            generation,
            collation,
            storage,
            compression,
            statistics,
            options,
            expression,
            comment: row.optional()?,
        })
    }
}

/// The options that somebody has set of a column.
///
/// PostgreSQL 15.20 of Debian has one that is nobody's: it notes where in the log each column was made, takes no other
/// value for it, and `pg_dump` leaves it out.
pub(crate) fn attribute_options(row: &mut Row<'_>) -> Read<Vec<String>> {
    let mut options = row.texts()?;
    options.retain(|option| !option.starts_with("pg_attver="));
    Ok(options)
}
