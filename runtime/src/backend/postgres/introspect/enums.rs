//! Enum types.

use super::namespaces::Namespaces;
use super::row::{Read, Rows};
use servicekit_schema::table::{EnumType, enum_type};
use std::collections::HashMap;

/// The enums by their number.
pub(super) type Enums = HashMap<u32, EnumType>;

/// An enum of the database.
#[derive(Debug)]
pub(super) struct FoundEnum<'a> {
    pub(super) number: u32,
    pub(super) enumeration: EnumType,
    /// Whether it is in a schema that is read, and no part of an extension.
    pub(super) is_own: bool,
    pub(super) comment: Option<&'a str>,
}

pub(super) fn read<'a>(
    enums: Rows<'a>,
    labels: Rows<'a>,
    namespaces: &Namespaces<'_>,
) -> Read<Vec<FoundEnum<'a>>> {
    let mut values: HashMap<u32, Vec<&str>> = HashMap::new();
    for (number, label) in labels.map(|row| Ok((row.number()?, row.text()?)))? {
        values.entry(number).or_default().push(label);
    }
    enums.map(|row| {
        let (number, name) = (row.number()?, row.text()?);
        let name = namespaces.name(row.number()?, name, row.flag()?);
        let values = values.remove(&number).unwrap_or_default();
        let (is_own, comment) = (row.flag()?, row.optional()?);
        Ok(FoundEnum { number, enumeration: enum_type(name, values), is_own, comment })
    })
}
