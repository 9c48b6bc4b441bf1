//! What PostgreSQL calls the types (manual, chapter 8).

use crate::table::Type;
use servicekit_chain::Dialect;

pub(super) fn name(data_type: &Type) -> String {
    let name = match data_type.for_dialect(Dialect::Postgres) {
        Type::SmallInteger => "SMALLINT",
        Type::Integer => "INTEGER",
        Type::BigInteger => "BIGINT",
        Type::Float => "REAL",
        Type::Double => "DOUBLE PRECISION",
        Type::Numeric(precision, scale) => return format!("NUMERIC({precision}, {scale})"),
        Type::Varchar(length) => return format!("VARCHAR({length})"),
        Type::Text => "TEXT",
        Type::Boolean => "BOOLEAN",
        Type::Date => "DATE",
        Type::Time => "TIME",
        Type::Timestamp => "TIMESTAMP",
        Type::TimestampTz => "TIMESTAMPTZ",
        Type::Interval => "INTERVAL",
        Type::Binary => "BYTEA",
        Type::Json => "JSON",
        Type::Jsonb => "JSONB",
        Type::Uuid => "UUID",
        Type::Ulid => "CHAR(26)",
        Type::Array(element) => return format!("{}[]", self::name(element)),
        Type::Custom(sql) => sql,
        Type::PerDialect { base, .. } => return self::name(base),
    };
    name.to_owned()
}
