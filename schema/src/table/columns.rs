//! Columns by the name of their type.
//!
//! ```
//! # use servicekit_schema as servicekit;
//! use servicekit::revision::*;
//! let columns = [ulid("id").primary_key(), string("name", 50).not_null(), text("email"), array("tags", Type::Text)];
//! assert_eq!(columns[1].data_type, Type::Varchar(50));
//! assert!(columns[2].nullable && !columns[0].nullable);
//! ```

use super::{Column, EnumType, Type};

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident => $type:ident;)*) => {
        $(
            $(#[$doc])*
            pub fn $name(name: impl Into<String>) -> Column {
                Column::new(name, Type::$type)
            }
        )*
    };
}

columns! {
    /// A column of 16-bit integers; see [`Type`] for the SQL names of all types.
    small_integer => SmallInteger;
    /// A column of 32-bit integers.
    integer => Integer;
    /// A column of 64-bit integers.
    big_integer => BigInteger;
    /// A column for 16 bits without a sign; a wider integer where there is none.
    unsigned_small_integer => UnsignedSmallInteger;
    /// A column for 32 bits without a sign; a wider integer where there is none.
    unsigned_integer => UnsignedInteger;
    /// A column for 64 bits without a sign; a decimal number on PostgreSQL, refused on SQLite.
    unsigned_big_integer => UnsignedBigInteger;
    /// A column for decimal numbers with as many digits as the database takes: SQLite and PostgreSQL.
    unconstrained_numeric => UnconstrainedNumeric;
    /// A column for `VARCHAR` without a maximum length: SQLite and PostgreSQL. Prefer [`text`].
    unconstrained_string => UnconstrainedVarchar;
    /// A column of 32-bit floating-point numbers.
    float => Float;
    /// A column of 64-bit floating-point numbers.
    double => Double;
    /// A column of text of any length.
    ///
    /// MySQL indexes only a prefix of such a column, with a [length](super::IndexKey::mysql_length) that you set;
    /// [`string`] needs none.
    text => Text;
    /// A column of booleans.
    boolean => Boolean;
    /// A column of dates.
    date => Date;
    /// A column of times of day.
    time => Time;
    /// A column of dates with a time, without time zone.
    timestamp => Timestamp;
    /// A column of dates with a time and time zone.
    timestamp_tz => TimestampTz;
    /// A column of intervals: PostgreSQL only.
    interval => Interval;
    /// A column of bytes.
    binary => Binary;
    /// A column of JSON, stored as text.
    json => Json;
    /// A column of JSON in binary form, if the database has one.
    jsonb => Jsonb;
    /// A column of UUIDs.
    uuid => Uuid;
    /// A column of ULIDs, as their 26 characters.
    ulid => Ulid;
}

/// A column for text of exactly this many characters; a shorter one is filled up with spaces, except on SQLite.
pub fn char(name: impl Into<String>, length: u32) -> Column {
    Column::new(name, Type::Char(length))
}

/// A column of text with a maximum number of characters.
pub fn string(name: impl Into<String>, length: u32) -> Column {
    Column::new(name, Type::Varchar(length))
}

/// A column of decimal numbers with this many digits, and this many of them after the point.
pub fn numeric(name: impl Into<String>, precision: u16, scale: u16) -> Column {
    Column::new(name, Type::Numeric(precision, scale))
}

/// A column for one of the values of an [`EnumType`]; see [`enum_type`](super::enum_type).
pub fn enumeration(name: impl Into<String>, of: EnumType) -> Column {
    Column::new(name, Type::Enum(of))
}

/// A column of arrays: PostgreSQL only.
pub fn array(name: impl Into<String>, element: Type) -> Column {
    Column::new(name, element.array())
}

/// A column with a type name of the database.
pub fn custom(name: impl Into<String>, sql: impl Into<String>) -> Column {
    Column::new(name, Type::custom(sql))
}
