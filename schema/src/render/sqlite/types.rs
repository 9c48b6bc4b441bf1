//! What SQLite calls the types, with the affinity that suits each (datatype3.html, 3.1).

use crate::operation::{OperationProblem, Result};
use crate::table::Type;
use servicekit_chain::Dialect;

pub(super) fn name(data_type: &Type) -> Result<String> {
    let name = match data_type.for_dialect(Dialect::Sqlite) {
        Type::SmallInteger => "SMALLINT",
        Type::Integer => "INTEGER",
        Type::BigInteger => "BIGINT",
        Type::Float => "FLOAT",
        Type::Double => "DOUBLE",
        Type::Numeric(precision, scale) => return Ok(format!("NUMERIC({precision}, {scale})")),
        Type::Varchar(length) => return Ok(format!("VARCHAR({length})")),
        Type::Text => "TEXT",
        Type::Boolean => "BOOLEAN",
        Type::Date => "DATE",
        Type::Time => "TIME",
        Type::Timestamp => "TIMESTAMP",
        Type::TimestampTz => "TIMESTAMPTZ",
        Type::Binary => "BLOB",
        // `JSON` alone has the affinity of numbers, which turns the text `1.0` into 1.
        Type::Json | Type::Jsonb => "JSON TEXT",
        Type::Uuid => "UUID BLOB",
        Type::Ulid => "CHAR(26)",
        Type::Custom(sql) => sql,
        other @ (Type::Interval | Type::Array(_)) => {
            return Err(OperationProblem::lacks("SQLite", &format!("type for {other}"))
                .help("say another one with `.type_on(Dialect::Sqlite, …)`"));
        }
        Type::PerDialect { base, .. } => return self::name(base),
    };
    Ok(name.to_owned())
}
