//! What MySQL and MariaDB call the types (MySQL's manual, chapter 11).

use crate::operation::{OperationProblem, Result};
use crate::table::{EnumType, Type};
use servicekit_chain::Dialect;
use servicekit_chain::sql::{LexicalMode, plain_string};

pub(in crate::render) fn name(data_type: &Type, mode: LexicalMode) -> Result<String> {
    let name = match data_type.for_dialect(Dialect::Mysql) {
        Type::SmallInteger => "SMALLINT",
        Type::Integer => "INT",
        Type::BigInteger => "BIGINT",
        Type::UnsignedSmallInteger => "SMALLINT UNSIGNED",
        Type::UnsignedInteger => "INT UNSIGNED",
        Type::UnsignedBigInteger => "BIGINT UNSIGNED",
        Type::Float => "FLOAT",
        Type::Double => "DOUBLE",
        Type::Numeric(precision, scale) => return Ok(format!("DECIMAL({precision}, {scale})")),
        Type::Char(length) => return Ok(format!("CHAR({length})")),
        Type::Varchar(length) => return Ok(format!("VARCHAR({length})")),
        // `TEXT` and `BLOB` end after 65,535 bytes.
        Type::Text => "LONGTEXT",
        Type::Binary => "LONGBLOB",
        Type::Boolean => "BOOLEAN",
        Type::Date => "DATE",
        // Without a number the fractions of a second would be cut off.
        Type::Time => "TIME(6)",
        // Not `TIMESTAMP`, which ends in 2038.
        Type::Timestamp | Type::TimestampTz => "DATETIME(6)",
        Type::WithPrecision { base, digits } => return with_precision(base, *digits),
        Type::Json | Type::Jsonb => "JSON",
        Type::Uuid => "BINARY(16)",
        Type::Ulid => "CHAR(26)",
        Type::Custom(sql) => sql,
        other @ (Type::Interval
        | Type::Array(_)
        | Type::UnconstrainedNumeric
        | Type::UnconstrainedVarchar) => return Err(no_type(other)),
        Type::Enum(of) => return enum_name(of, mode),
        Type::PerDialect { base, .. } => return self::name(base, mode),
    };
    Ok(name.to_owned())
}

/// How long a value may be, in characters (manual, 11.3.5).
const ENUM_VALUE: usize = 255;

fn enum_name(of: &EnumType, mode: LexicalMode) -> Result<String> {
    let named = format!("the enum `{}`", of.name);
    if of.values.is_empty() {
        return Err(OperationProblem::new(format!("{named} has no values, and MySQL wants at least one")));
    }
    for value in &of.values {
        let characters = value.chars().count();
        if characters > ENUM_VALUE {
            return Err(OperationProblem::new(format!(
                "a value of {named} has {characters} characters, and MySQL takes {ENUM_VALUE}"
            )));
        }
        if value.ends_with(' ') {
            return Err(OperationProblem::new(format!(
                "a value of {named} ends in a space, which MySQL removes: `{value}`"
            )));
        }
    }
    let values: Vec<String> = of.values.iter().map(|value| plain_string(mode, value)).collect();
    Ok(format!("ENUM({})", values.join(", ")))
}

pub(super) fn refuse_arrays(data_type: &Type) -> Result {
    if matches!(data_type, Type::Array(_)) { Err(no_type(data_type)) } else { Ok(()) }
}

fn no_type(data_type: &Type) -> OperationProblem {
    OperationProblem::lacks("MySQL", &format!("type for {data_type}"))
        .help("say another one with `.type_on(Dialect::Mysql, …)`")
}

fn with_precision(base: &Type, digits: u8) -> Result<String> {
    match base {
        Type::Time => Ok(format!("TIME({digits})")),
        Type::Timestamp | Type::TimestampTz => Ok(format!("DATETIME({digits})")),
        other => Err(no_type(other)),
    }
}

/// Whether a default must be an expression in parentheses (MySQL's manual, 11.6).
pub(super) fn takes_no_plain_default(data_type: &Type) -> bool {
    match data_type.for_dialect(Dialect::Mysql) {
        Type::Text | Type::Binary | Type::Json | Type::Jsonb => true,
        Type::Custom(sql) => {
            !WITH_PLAIN_DEFAULT.iter().any(|known| first_word(sql).eq_ignore_ascii_case(known))
        }
        _ => false,
    }
}

/// The types of both products that the vocabulary has no word for, or only for some of their forms, and that take a default
/// without parentheses.
const WITH_PLAIN_DEFAULT: [&str; 21] = [
    "BIGINT",
    "BINARY",
    "BIT",
    "CHAR",
    "DATE",
    "DATETIME",
    "DECIMAL",
    "DOUBLE",
    "ENUM",
    "FLOAT",
    "INT",
    "INTEGER",
    "MEDIUMINT",
    "SET",
    "SMALLINT",
    "TIME",
    "TIMESTAMP",
    "TINYINT",
    "VARBINARY",
    "VARCHAR",
    "YEAR",
];

fn first_word(sql: &str) -> &str {
    let end = sql.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(sql.len());
    sql.get(..end).unwrap_or_default()
}

/// How many digits after the second a type has.
fn digits(data_type: &Type) -> Option<u8> {
    match data_type.for_dialect(Dialect::Mysql) {
        Type::Timestamp | Type::TimestampTz => Some(6),
        Type::WithPrecision { base, digits } => self::digits(base).map(|_| *digits),
        // Such as `TIMESTAMP(3)`.
        Type::Custom(sql) => {
            let digits =
                sql.rsplit_once('(').and_then(|(_, rest)| rest.trim_end_matches(')').trim().parse().ok());
            Some(digits.unwrap_or(0))
        }
        _ => None,
    }
}

/// What sets a column to the current time with every update; the digits must be those of the column.
pub(super) fn on_update(data_type: &Type) -> Result<String> {
    let Some(digits) = digits(data_type) else {
        return Err(OperationProblem::new(format!("`now_on_update` is set for the type {data_type}"))
            .help("it is for timestamps"));
    };
    let digits = if digits == 0 { String::new() } else { format!("({digits})") };
    Ok(format!("ON UPDATE CURRENT_TIMESTAMP{digits}"))
}

/// The current time as the default of a column, in parentheses where the server wants them (MySQL's manual, 11.6).
pub(in crate::render) fn now(data_type: &Type) -> String {
    let (kind, digits) = match data_type.for_dialect(Dialect::Mysql) {
        Type::WithPrecision { base, digits } => (base.as_ref(), *digits),
        other => (other, 6),
    };
    match kind {
        // Whatever the time zone of the session that inserts the row.
        Type::TimestampTz => format!("(UTC_TIMESTAMP({digits}))"),
        Type::Timestamp => format!("CURRENT_TIMESTAMP({digits})"),
        // The digits must be those of the column.
        Type::Custom(sql) if first_word(sql).eq_ignore_ascii_case("TIMESTAMP") => {
            format!("CURRENT_TIMESTAMP({})", self::digits(kind).unwrap_or(0))
        }
        _ => format!("(CURRENT_TIMESTAMP({digits}))"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_of_mysql_has_the_default_that_it_takes() {
        for (sql, is_plain, time) in [
            ("TIMESTAMP", true, "CURRENT_TIMESTAMP(0)"),
            ("timestamp(3)", true, "CURRENT_TIMESTAMP(3)"),
            ("MEDIUMINT UNSIGNED", true, "(CURRENT_TIMESTAMP(6))"),
            ("SET('a')", true, "(CURRENT_TIMESTAMP(6))"),
            ("MEDIUMTEXT", false, "(CURRENT_TIMESTAMP(6))"),
            ("POINT", false, "(CURRENT_TIMESTAMP(6))"),
        ] {
            let data_type = Type::custom(sql);
            assert_eq!(takes_no_plain_default(&data_type), !is_plain, "{sql}");
            assert_eq!(now(&data_type), time, "{sql}");
        }
    }
}
