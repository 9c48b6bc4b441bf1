//! What MySQL and MariaDB call the types (MySQL's manual, chapter 11).

use crate::operation::{OperationProblem, Result};
use crate::table::Type;
use servicekit_chain::Dialect;

pub(super) fn name(data_type: &Type) -> Result<String> {
    let name = match data_type.for_dialect(Dialect::Mysql) {
        Type::SmallInteger => "SMALLINT",
        Type::Integer => "INT",
        Type::BigInteger => "BIGINT",
        Type::Float => "FLOAT",
        Type::Double => "DOUBLE",
        Type::Numeric(precision, scale) => return Ok(format!("DECIMAL({precision}, {scale})")),
        Type::Varchar(length) => return Ok(format!("VARCHAR({length})")),
        // `TEXT` and `BLOB` end after 65,535 bytes.
        Type::Text => "LONGTEXT",
        Type::Binary => "LONGBLOB",
        Type::Boolean => "BOOLEAN",
        Type::Date => "DATE",
        // Without a number the fractions of a second would be cut off.
        Type::Time => "TIME(6)",
        Type::Timestamp => "DATETIME(6)",
        Type::TimestampTz => "TIMESTAMP(6)",
        Type::Json | Type::Jsonb => "JSON",
        Type::Uuid => "BINARY(16)",
        Type::Ulid => "CHAR(26)",
        Type::Custom(sql) => sql,
        other @ (Type::Interval | Type::Array(_)) => {
            return Err(OperationProblem::lacks("MySQL", &format!("type for {other}"))
                .help("say another one with `.type_on(Dialect::Mysql, …)`"));
        }
        Type::PerDialect { base, .. } => return self::name(base),
    };
    Ok(name.to_owned())
}

/// Whether a default must be an expression in parentheses (MySQL's manual, 11.6).
pub(super) fn takes_no_plain_default(data_type: &Type) -> bool {
    matches!(
        data_type.for_dialect(Dialect::Mysql),
        Type::Text | Type::Binary | Type::Json | Type::Jsonb | Type::Custom(_)
    )
}

/// Whether a column can have the current time for a default without parentheses.
pub(super) fn holds_time(data_type: &Type) -> bool {
    matches!(data_type.for_dialect(Dialect::Mysql), Type::Timestamp | Type::TimestampTz)
}
