//! Values of one type as those of another.

use crate::diff::types;
use crate::render::part_text;
use crate::table::{Column, Type};
use servicekit_chain::Dialect;
use servicekit_chain::sql::quote_name;

/// What makes a value of the new type on PostgreSQL, where the database does not by itself: there is no cast that an
/// assignment uses (manual, ALTER TABLE and CREATE CAST).
pub(super) fn using(dialect: Dialect, from: &Column, to: &Column) -> Result<Option<String>, String> {
    if dialect != Dialect::Postgres {
        return Ok(None);
    }
    if is_same(from, to, dialect) {
        return Ok(None);
    }
    let column = quote_name(dialect, &from.name);
    let (from, to) = (&without_serial(from), &without_serial(to));
    let name = part_text::type_text(dialect, to).map_err(|problem| problem.reason)?;
    Ok(match (kind(from), kind(to)) {
        (one, other) if one == other && !matches!(one, Kind::Array | Kind::Other) => None,
        // Whatever it is, and the other way round to an enum.
        (_, Kind::Text | Kind::Enum) => None,
        (Kind::Number, Kind::Boolean) => Some(format!("{column} <> 0")),
        (Kind::Boolean, Kind::Number) => Some(format!("{column}::integer::{name}")),
        // The text of an array is no JSON.
        (Kind::Array, Kind::Json) => Some(match to.for_dialect(dialect) {
            Type::Json => format!("to_json({column})"),
            _ => format!("to_jsonb({column})"),
        }),
        _ => Some(format!("{column}::text::{name}")),
    })
}

/// Whether values stay as they are: a `serial` is an integer.
pub(super) fn is_same(from: &Column, to: &Column, dialect: Dialect) -> bool {
    match dialect {
        Dialect::Postgres => types::is_same(&without_serial(from), &without_serial(to), dialect),
        _ => types::is_same(&from.data_type, &to.data_type, dialect),
    }
}

/// Whether every value of the one type is one of the other too, so that no row is in the way.
pub(super) fn takes_all(from: &Column, to: &Column, dialect: Dialect) -> bool {
    let (from, to) = (without_serial(from), without_serial(to));
    let (from, to) = (from.for_dialect(dialect), to.for_dialect(dialect));
    if let (Some((least, most)), Some((new_least, new_most))) = (bits(from), bits(to)) {
        return new_least >= least && new_most >= most;
    }
    match (from, to) {
        (Type::Varchar(length), Type::Varchar(new)) => length <= new,
        (Type::Enum(of), Type::Enum(new)) => of.values.iter().all(|value| new.values.contains(value)),
        (Type::Varchar(_) | Type::Enum(_), Type::Text) | (Type::Float, Type::Double) => true,
        (Type::Varchar(_) | Type::Text, Type::UnconstrainedVarchar)
        | (Type::UnconstrainedVarchar, Type::Text)
        | (Type::Numeric(..), Type::UnconstrainedNumeric) => dialect == Dialect::Postgres,
        (Type::Numeric(digits, scale), Type::Numeric(new_digits, new_scale)) => {
            let before_point = |digits: &u16, scale: &u16| digits.saturating_sub(*scale);
            new_scale >= scale && before_point(new_digits, new_scale) >= before_point(digits, scale)
        }
        _ => false,
    }
}

/// Whether PostgreSQL leaves the rows as they are stored when the type changes (`binary coercible`, or a longer limit).
pub(super) fn is_stored_alike(from: &Column, to: &Column) -> bool {
    if is_same(from, to, Dialect::Postgres) {
        return true;
    }
    let (from, to) = (without_serial(from), without_serial(to));
    match (from.for_dialect(Dialect::Postgres), to.for_dialect(Dialect::Postgres)) {
        (Type::Varchar(length), Type::Varchar(new)) => length <= new,
        (Type::Varchar(_) | Type::UnconstrainedVarchar, Type::Text | Type::UnconstrainedVarchar)
        | (Type::Text, Type::UnconstrainedVarchar)
        | (Type::Numeric(..), Type::UnconstrainedNumeric) => true,
        (Type::Numeric(digits, scale), Type::Numeric(new_digits, new_scale)) => {
            scale == new_scale && digits <= new_digits
        }
        (
            Type::WithPrecision { base, digits },
            Type::WithPrecision { base: new_base, digits: new_digits },
        ) => base == new_base && digits <= new_digits,
        (Type::WithPrecision { base, .. }, new) => **base == *new,
        _ => false,
    }
}

/// Whether InnoDB can change the type without a copy of the table: a longer text whose length takes as many bytes as before,
/// and values at the end of an enumeration.
///
/// MariaDB copies for the second byte only where the text could have 128 bytes before; which of the two it is, is not known.
pub(super) fn is_extended_on_mysql(from: &Column, to: &Column) -> bool {
    if is_same(from, to, Dialect::Mysql) {
        return true;
    }
    match (from.data_type.for_dialect(Dialect::Mysql), to.data_type.for_dialect(Dialect::Mysql)) {
        (Type::Varchar(length), Type::Varchar(new)) => {
            let takes_two = |length: &u32, of: &Column| length.saturating_mul(bytes_of_character(of)) > 255;
            length <= new && takes_two(length, from) == takes_two(new, to)
        }
        (Type::Enum(of), Type::Enum(new)) => new.values.starts_with(&of.values),
        _ => false,
    }
}

/// How many bytes a character takes at most on MySQL, by the character set that a collation begins with.
fn bytes_of_character(column: &Column) -> u32 {
    let collation = column.collation(Dialect::Mysql).unwrap_or_default();
    match collation.split('_').next().unwrap_or_default() {
        "utf8" | "utf8mb3" | "ujis" | "eucjpms" => 3,
        "big5" | "cp932" | "euckr" | "gb2312" | "gbk" | "sjis" | "ucs2" => 2,
        // Where none is named it is that of the table, and utf8mb4 if nobody wanted another one.
        "" | "utf8mb4" | "utf16" | "utf16le" | "utf32" | "gb18030" => 4,
        _ => 1,
    }
}

/// How many bits an integer has below and above zero.
fn bits(data_type: &Type) -> Option<(u8, u8)> {
    Some(match data_type {
        Type::Boolean => (0, 1),
        Type::SmallInteger => (15, 15),
        Type::Integer => (31, 31),
        Type::BigInteger => (63, 63),
        Type::UnsignedSmallInteger => (0, 16),
        Type::UnsignedInteger => (0, 32),
        Type::UnsignedBigInteger => (0, 64),
        _ => return None,
    })
}

fn without_serial(column: &Column) -> Type {
    column.data_type.behind_serial().unwrap_or_else(|| column.data_type.clone())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Text,
    Boolean,
    /// A date, with or without a time.
    Moment,
    Json,
    Enum,
    Array,
    Other,
}

fn kind(data_type: &Type) -> Kind {
    match data_type.for_dialect(Dialect::Postgres) {
        Type::SmallInteger
        | Type::Integer
        | Type::BigInteger
        | Type::UnsignedSmallInteger
        | Type::UnsignedInteger
        | Type::UnsignedBigInteger
        | Type::Float
        | Type::Double
        | Type::Numeric(..)
        | Type::UnconstrainedNumeric => Kind::Number,
        Type::Char(_) | Type::Varchar(_) | Type::UnconstrainedVarchar | Type::Text | Type::Ulid => Kind::Text,
        Type::Boolean => Kind::Boolean,
        Type::Date | Type::Timestamp | Type::TimestampTz => Kind::Moment,
        Type::Json | Type::Jsonb => Kind::Json,
        Type::Enum(_) => Kind::Enum,
        Type::Array(_) => Kind::Array,
        Type::WithPrecision { base, .. } => kind(base),
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::enum_type;

    fn takes(from: Type, to: Type, dialect: Dialect) -> bool {
        takes_all(&Column::new("a", from), &Column::new("a", to), dialect)
    }

    #[test]
    fn a_wider_type_takes_every_value() {
        for (from, to) in [
            (Type::Integer, Type::BigInteger),
            (Type::UnsignedInteger, Type::BigInteger),
            (Type::Boolean, Type::SmallInteger),
            (Type::Varchar(10), Type::Varchar(20)),
            (Type::Varchar(10), Type::Text),
            (Type::Float, Type::Double),
            (Type::Enum(enum_type("a", ["x"])), Type::Enum(enum_type("a", ["y", "x"]))),
            (Type::Numeric(10, 2), Type::Numeric(12, 4)),
        ] {
            for dialect in Dialect::ALL {
                assert!(takes(from.clone(), to.clone(), dialect), "{from:?} {to:?} on {dialect}");
                assert!(!takes(to.clone(), from.clone(), dialect), "{to:?} {from:?} on {dialect}");
            }
        }
        assert!(!takes(Type::Numeric(10, 2), Type::Numeric(10, 4), Dialect::Postgres));
        assert!(!takes(Type::UnsignedBigInteger, Type::BigInteger, Dialect::Mysql));
        assert!(!takes(Type::BigInteger, Type::UnsignedBigInteger, Dialect::Mysql));
        assert!(!takes(Type::Text, Type::Varchar(10), Dialect::Sqlite));
        assert!(takes(Type::custom("serial"), Type::BigInteger, Dialect::Postgres));
    }
}
