//! Types of columns.

use super::enums::Enums;
use super::namespaces::Namespaces;
use super::row::{Read, Rows};
use servicekit_schema::table::{EnumType, Type};
use std::collections::HashMap;

/// The type of a column.
#[derive(Debug)]
pub(super) struct ColumnType<'a> {
    pub(super) data_type: Type,
    /// What a constant of the type is cast to.
    pub(super) bare: &'a str,
    /// The collation of its columns unless they have another.
    pub(super) collation: u32,
    /// How its values are stored, in one letter.
    pub(super) storage: &'a str,
    /// The enum that it or its elements are.
    pub(super) enumeration: Option<u32>,
}

/// The types by their number and modifier.
pub(super) type Types<'a> = HashMap<(u32, i32), ColumnType<'a>>;

pub(super) fn read<'a>(rows: Rows<'a>, namespaces: &Namespaces<'_>, enums: &Enums) -> Read<Types<'a>> {
    let all = rows.map(|row| {
        let key = (row.number()?, row.number()?);
        let (text, bare, collation, storage) = (row.text()?, row.text()?, row.number()?, row.text()?);
        let (namespace, is_in_catalogue) = (row.number()?, row.flag()?);
        let enumeration = row.optional_number()?;
        let of = enumeration.and_then(|number| enums.get(&number));
        let text = namespaces.shortened(text, namespace, is_in_catalogue);
        Ok((key, ColumnType { data_type: data_type(text, of), bare, collation, storage, enumeration }))
    })?;
    Ok(all.into_iter().collect())
}

fn data_type(text: &str, of: Option<&EnumType>) -> Type {
    if let Some(element) = text.strip_suffix("[]") {
        return data_type(element, of).array();
    }
    match of {
        Some(of) => Type::Enum(of.clone()),
        None => word(text).unwrap_or_else(|| Type::custom(text)),
    }
}

/// The word for what `format_type` writes.
fn word(text: &str) -> Option<Type> {
    Some(match text {
        "smallint" => Type::SmallInteger,
        "integer" => Type::Integer,
        "bigint" => Type::BigInteger,
        "real" => Type::Float,
        "double precision" => Type::Double,
        "numeric" => Type::UnconstrainedNumeric,
        "character varying" => Type::UnconstrainedVarchar,
        "text" => Type::Text,
        "boolean" => Type::Boolean,
        "date" => Type::Date,
        "time without time zone" => Type::Time,
        "timestamp without time zone" => Type::Timestamp,
        "timestamp with time zone" => Type::TimestampTz,
        "interval" => Type::Interval,
        "bytea" => Type::Binary,
        "json" => Type::Json,
        "jsonb" => Type::Jsonb,
        "uuid" => Type::Uuid,
        _ => return with_numbers(text),
    })
}

/// A type with a length, a precision or a scale.
fn with_numbers(text: &str) -> Option<Type> {
    let (name, rest) = text.split_once('(')?;
    let (numbers, tail) = rest.split_once(')')?;
    let length = || numbers.parse().ok();
    let digits = || numbers.parse().ok();
    Some(match (name, tail) {
        ("character", "") => Type::Char(length()?),
        ("character varying", "") => Type::Varchar(length()?),
        ("numeric", "") => {
            let (precision, scale) = numbers.split_once(',')?;
            Type::Numeric(precision.parse().ok()?, scale.parse().ok()?)
        }
        ("time", " without time zone") => Type::Time.precision(digits()?),
        ("timestamp", " without time zone") => Type::Timestamp.precision(digits()?),
        ("timestamp", " with time zone") => Type::TimestampTz.precision(digits()?),
        ("interval", "") => Type::Interval.precision(digits()?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_word_stays_as_the_server_writes_it() {
        let custom = |text: &str| assert_eq!(data_type(text, None), Type::custom(text));
        for text in
            ["time with time zone", "numeric(5,-2)", "interval day to second(3)", "app.\"numeric(5,2)\""]
        {
            custom(text);
        }
        assert_eq!(data_type("numeric(20,0)[]", None), Type::Numeric(20, 0).array());
        assert_eq!(data_type("time(0) without time zone", None), Type::Time.precision(0));
    }
}
