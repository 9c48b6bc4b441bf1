//! What PostgreSQL calls the types (manual, chapter 8).

use crate::table::{EnumType, Type};
use servicekit_chain::Dialect;
use servicekit_chain::sql::quote_name;

pub(in crate::render) fn name(data_type: &Type) -> String {
    let name = match data_type.for_dialect(Dialect::Postgres) {
        Type::SmallInteger => "SMALLINT",
        Type::Integer | Type::UnsignedSmallInteger => "INTEGER",
        Type::BigInteger | Type::UnsignedInteger => "BIGINT",
        Type::UnsignedBigInteger => "NUMERIC(20, 0)",
        Type::Float => "REAL",
        Type::Double => "DOUBLE PRECISION",
        Type::Numeric(precision, scale) => return format!("NUMERIC({precision}, {scale})"),
        Type::UnconstrainedNumeric => "NUMERIC",
        Type::Char(length) => return format!("CHAR({length})"),
        Type::UnconstrainedVarchar => "VARCHAR",
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
        Type::Enum(of) => return enum_name(of),
        Type::Array(element) => return format!("{}[]", self::name(element)),
        Type::Custom(sql) => sql,
        Type::WithPrecision { base, digits } => return format!("{}({digits})", self::name(base)),
        Type::PerDialect { base, .. } => return self::name(base),
    };
    name.to_owned()
}

fn enum_name(EnumType { name, .. }: &EnumType) -> String {
    let schema = name.schema.iter();
    let schema = schema.map(|schema| quote_name(Dialect::Postgres, schema) + ".").collect::<String>();
    schema + &quote_name(Dialect::Postgres, &name.name)
}

/// What converts the values of a column, given in quotes, to an enum, which nothing becomes by itself.
pub(super) fn cast_to_enum(column: &str, data_type: &Type) -> Option<String> {
    let text = match data_type.for_dialect(Dialect::Postgres) {
        Type::Enum(_) => "TEXT",
        Type::Array(element) if matches!(**element, Type::Enum(_)) => "TEXT[]",
        _ => return None,
    };
    Some(format!(" USING {column}::{text}::{}", name(data_type)))
}
