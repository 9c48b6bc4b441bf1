//! What each database would report for a column of a type: types that sqlx itself gives to values of Rust types.

use super::ColumnReading;
use crate::Dialect;
use crate::schema::Type;

/// Whether a column of this type is read; nothing where it is not known what the database reports.
pub(super) fn is_read(
    reading: &ColumnReading,
    data_type: &Type,
    is_nullable: bool,
    dialect: Dialect,
) -> Option<Reading> {
    // Only an `ENUM` of MySQL reports whether it can be null in a way that matters.
    #[cfg(not(feature = "mysql"))]
    let _ = is_nullable;
    let is_read = match dialect {
        #[cfg(feature = "sqlite")]
        Dialect::Sqlite => of(reading.sqlite, &sqlite(data_type))?,
        #[cfg(feature = "postgres")]
        Dialect::Postgres => of(reading.postgres, &postgres(data_type))?,
        #[cfg(feature = "mysql")]
        Dialect::Mysql => of(reading.mysql, &mysql(data_type, is_nullable))?,
        _ => return None,
    };
    (reading.is_known).then_some(is_read)
}

/// What sqlx does with a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// It reads it.
    Fits,
    /// It refuses it.
    Refused,
    /// It reads the Rust type from no column of this database.
    Never,
}

/// Every witness must be accepted.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
fn of<I>(accepts: Option<fn(&I) -> bool>, witnesses: &[I]) -> Option<Reading> {
    match accepts {
        None => Some(Reading::Never),
        Some(_) if witnesses.is_empty() => None,
        Some(accepts) if witnesses.iter().all(accepts) => Some(Reading::Fits),
        Some(_) => Some(Reading::Refused),
    }
}

/// The storage classes that values of such a column have (datatype3.html, 3): sqlx looks at the value.
#[cfg(feature = "sqlite")]
fn sqlite(data_type: &Type) -> Vec<sqlx::sqlite::SqliteTypeInfo> {
    fn class<T: sqlx::Type<sqlx::Sqlite> + ?Sized>() -> sqlx::sqlite::SqliteTypeInfo {
        T::type_info()
    }
    match data_type.for_dialect(Dialect::Sqlite) {
        Type::SmallInteger
        | Type::Integer
        | Type::BigInteger
        | Type::UnsignedSmallInteger
        | Type::UnsignedInteger
        | Type::Boolean => vec![class::<i64>()],
        Type::Float | Type::Double => vec![class::<f64>()],
        // What is a whole number is stored as one.
        Type::Numeric(..) | Type::UnconstrainedNumeric => vec![class::<i64>(), class::<f64>()],
        Type::Char(_)
        | Type::Varchar(_)
        | Type::UnconstrainedVarchar
        | Type::Text
        | Type::Date
        | Type::Time
        | Type::Timestamp
        | Type::TimestampTz
        | Type::Json
        | Type::Jsonb
        | Type::Ulid
        | Type::Enum(_) => vec![class::<str>()],
        Type::Binary | Type::Uuid => vec![class::<Vec<u8>>()],
        Type::WithPrecision { base, .. } => sqlite(base),
        _ => Vec::new(),
    }
}

/// Types without a Rust type that is compiled in have no witness, nor has an enum, which only its own Rust type knows.
#[cfg(feature = "postgres")]
fn postgres(data_type: &Type) -> Vec<sqlx::postgres::PgTypeInfo> {
    match data_type.for_dialect(Dialect::Postgres) {
        Type::Array(element) => postgres_type(element, true),
        plain => postgres_type(plain, false),
    }
    .into_iter()
    .collect()
}

/// Real types of sqlx: those that are only named make it panic.
#[cfg(feature = "postgres")]
fn postgres_type(data_type: &Type, is_list: bool) -> Option<sqlx::postgres::PgTypeInfo> {
    let witness = match data_type.for_dialect(Dialect::Postgres) {
        Type::SmallInteger => info_or_list::<i16>,
        Type::Integer | Type::UnsignedSmallInteger => info_or_list::<i32>,
        Type::BigInteger | Type::UnsignedInteger => info_or_list::<i64>,
        Type::Float => info_or_list::<f32>,
        Type::Double => info_or_list::<f64>,
        #[cfg(any(feature = "rust_decimal", feature = "bigdecimal"))]
        Type::Numeric(..) | Type::UnconstrainedNumeric | Type::UnsignedBigInteger => info_or_list::<Decimal>,
        Type::Char(_) | Type::Ulid | Type::Varchar(_) | Type::UnconstrainedVarchar | Type::Text => {
            info_or_list::<String>
        }
        Type::Boolean => info_or_list::<bool>,
        #[cfg(any(feature = "chrono", feature = "time"))]
        Type::Date => info_or_list::<times::Date>,
        #[cfg(any(feature = "chrono", feature = "time"))]
        Type::Time => info_or_list::<times::Time>,
        #[cfg(any(feature = "chrono", feature = "time"))]
        Type::Timestamp => info_or_list::<times::Timestamp>,
        #[cfg(any(feature = "chrono", feature = "time"))]
        Type::TimestampTz => info_or_list::<times::TimestampTz>,
        Type::Interval => info_or_list::<sqlx::postgres::types::PgInterval>,
        Type::Binary => info_or_list::<Vec<u8>>,
        // What sqlx reads from the one it reads from the other.
        #[cfg(feature = "json")]
        Type::Json | Type::Jsonb => info_or_list::<sqlx::types::JsonValue>,
        #[cfg(feature = "uuid")]
        Type::Uuid => info_or_list::<sqlx::types::Uuid>,
        Type::WithPrecision { base, .. } => return postgres_type(base, is_list),
        Type::Custom(sql) if sql == "\"char\"" => info_or_list::<i8>,
        _ => return None,
    };
    Some(witness(is_list))
}

#[cfg(feature = "postgres")]
fn info_or_list<T>(is_list: bool) -> sqlx::postgres::PgTypeInfo
where
    T: sqlx::Type<sqlx::Postgres> + sqlx::postgres::PgHasArrayType,
{
    if is_list { T::array_type_info() } else { T::type_info() }
}

#[cfg(all(feature = "rust_decimal", any(feature = "postgres", feature = "mysql")))]
use sqlx::types::Decimal;

#[cfg(all(
    feature = "bigdecimal",
    not(feature = "rust_decimal"),
    any(feature = "postgres", feature = "mysql")
))]
use sqlx::types::BigDecimal as Decimal;

#[cfg(all(feature = "chrono", any(feature = "postgres", feature = "mysql")))]
mod times {
    pub(super) use sqlx::types::chrono::{NaiveDate as Date, NaiveDateTime as Timestamp, NaiveTime as Time};
    #[cfg(feature = "postgres")]
    pub(super) type TimestampTz = sqlx::types::chrono::DateTime<sqlx::types::chrono::Utc>;
}

#[cfg(all(feature = "time", not(feature = "chrono"), any(feature = "postgres", feature = "mysql")))]
mod times {
    #[cfg(feature = "postgres")]
    pub(super) use sqlx::types::time::OffsetDateTime as TimestampTz;
    pub(super) use sqlx::types::time::{Date, PrimitiveDateTime as Timestamp, Time};
}

/// Types without a Rust type that is compiled in have no witness.
#[cfg(feature = "mysql")]
fn mysql(data_type: &Type, is_nullable: bool) -> Vec<sqlx::mysql::MySqlTypeInfo> {
    fn of<T: sqlx::Type<sqlx::MySql> + ?Sized>() -> Vec<sqlx::mysql::MySqlTypeInfo> {
        vec![T::type_info()]
    }
    match data_type.for_dialect(Dialect::Mysql) {
        // The witness of `bool` is unsigned, and a `BOOLEAN` is not.
        Type::Boolean => of::<i8>(),
        Type::SmallInteger => of::<i16>(),
        Type::Integer => of::<i32>(),
        Type::BigInteger => of::<i64>(),
        Type::UnsignedSmallInteger => of::<u16>(),
        Type::UnsignedInteger => of::<u32>(),
        Type::UnsignedBigInteger => of::<u64>(),
        Type::Float => of::<f32>(),
        Type::Double => of::<f64>(),
        Type::Char(_) | Type::Varchar(_) | Type::Text | Type::Ulid => of::<str>(),
        // MariaDB has text here and MySQL a type of its own, which is no text for sqlx.
        Type::Json | Type::Jsonb | Type::Binary | Type::Uuid => of::<Vec<u8>>(),
        #[cfg(any(feature = "rust_decimal", feature = "bigdecimal"))]
        Type::Numeric(..) => of::<Decimal>(),
        #[cfg(any(feature = "chrono", feature = "time"))]
        Type::Date => of::<times::Date>(),
        #[cfg(any(feature = "chrono", feature = "time"))]
        Type::Time => of::<times::Time>(),
        #[cfg(any(feature = "chrono", feature = "time"))]
        Type::Timestamp | Type::TimestampTz => of::<times::Timestamp>(),
        Type::WithPrecision { base, .. } => mysql(base, is_nullable),
        // The enum that sqlx derives wants this very type, and that of a column that cannot be null has one more flag: a Rust
        // type reads that one if it is not so strict and reads other texts too.
        Type::Enum(_) if is_nullable => vec![sqlx::mysql::MySqlTypeInfo::__enum()],
        Type::Enum(_) => of::<str>(),
        Type::Custom(sql) if sql.eq_ignore_ascii_case("TINYINT") => of::<i8>(),
        Type::Custom(sql) if sql.eq_ignore_ascii_case("TINYINT UNSIGNED") => of::<u8>(),
        _ => Vec::new(),
    }
}
