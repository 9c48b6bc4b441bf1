//! What SQLite calls the types, with the affinity that suits each (datatype3.html, 3.1).

use crate::operation::{OperationProblem, Result};
use crate::table::Type;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{literal, quote_name};

pub(in crate::render) fn name(data_type: &Type) -> Result<String> {
    let name = match data_type.for_dialect(Dialect::Sqlite) {
        Type::SmallInteger => "SMALLINT",
        Type::Integer | Type::UnsignedSmallInteger => "INTEGER",
        Type::BigInteger | Type::UnsignedInteger => "BIGINT",
        Type::Float => "FLOAT",
        Type::Double => "DOUBLE",
        Type::Numeric(precision, scale) => return Ok(format!("NUMERIC({precision}, {scale})")),
        Type::UnconstrainedNumeric => "NUMERIC",
        Type::Char(length) => return Ok(format!("CHAR({length})")),
        Type::UnconstrainedVarchar => "VARCHAR",
        Type::Varchar(length) => return Ok(format!("VARCHAR({length})")),
        // With a check: see `check`.
        Type::Text | Type::Enum(_) => "TEXT",
        Type::Boolean => "BOOLEAN",
        Type::Date => "DATE",
        Type::Time => "TIME",
        Type::Timestamp => "TIMESTAMP",
        // sqlx knows `DATETIME` as a moment, and not `TIMESTAMPTZ`: `query!` could not use the column.
        Type::TimestampTz => "DATETIME",
        Type::Binary => "BLOB",
        // `JSON` alone has the affinity of numbers, which turns the text `1.0` into 1.
        Type::Json | Type::Jsonb => "JSON TEXT",
        Type::Uuid => "UUID BLOB",
        Type::Ulid => "CHAR(26)",
        Type::Custom(sql) => sql,
        other @ (Type::Interval | Type::Array(_) | Type::UnsignedBigInteger) => {
            return Err(OperationProblem::lacks("SQLite", &format!("type for {other}"))
                .help("say another one with `.type_on(Dialect::Sqlite, …)`"));
        }
        Type::WithPrecision { base, .. } | Type::PerDialect { base, .. } => return self::name(base),
    };
    Ok(name.to_owned())
}

/// The check of a column that has a list of values.
pub(super) fn check(column: &str, data_type: &Type) -> Result<Option<String>> {
    let Type::Enum(of) = data_type.for_dialect(Dialect::Sqlite) else { return Ok(None) };
    if of.values.is_empty() {
        return Err(OperationProblem::new(format!(
            "the enum `{}` has no values, so no row could have one",
            of.name
        )));
    }
    let values: Vec<String> = of.values.iter().map(|value| literal(Dialect::Sqlite, value)).collect();
    Ok(Some(format!("CHECK ({} IN ({}))", quote_name(Dialect::Sqlite, column), values.join(", "))))
}
