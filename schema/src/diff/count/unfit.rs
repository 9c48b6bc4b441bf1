//! Values that a new type does not take.

use super::{Uncountable, literal};
use crate::table::{Column, Type};
use servicekit_chain::Dialect;

/// When a value of a column, which is given in quotes, is none of its new type.
///
/// Only where the database refuses it, and an expression tells which: other conversions have rules of their own.
pub(super) fn condition(
    dialect: Dialect,
    from: &Column,
    to: &Column,
    column: &str,
) -> Result<String, Uncountable> {
    let [from, to] = [from, to].map(|column| {
        column.data_type.behind_serial().unwrap_or_else(|| column.data_type.for_dialect(dialect).clone())
    });
    let is_server = dialect != Dialect::Sqlite;
    if let Type::Enum(of) = &to {
        let is_known = is_text(&from) || matches!(from, Type::Enum(_));
        let labels: Result<Vec<String>, _> = of.values.iter().map(|value| literal(dialect, value)).collect();
        let labels = labels?.join(", ");
        let cast = if dialect == Dialect::Postgres { "::text" } else { "" };
        if is_known && !labels.is_empty() {
            return Ok(format!("{column}{cast} NOT IN ({labels})"));
        }
    }
    let told = match (&from, &to) {
        (_, Type::Varchar(length) | Type::Char(length)) if is_server && is_text(&from) => {
            // Blanks beyond the end are cut off without an error.
            Some(format!("CHAR_LENGTH({}) > {length}", without_blanks(dialect, column)))
        }
        (_, Type::Numeric(digits, scale)) if is_server && digits >= scale => {
            beyond_numeric(dialect, &from, *digits, *scale, column)
        }
        _ if is_server => range(dialect, &from)
            .zip(range(dialect, &to))
            .map(|(_, (least, most))| format!("({column} < {least} OR {column} > {most})")),
        _ => None,
    };
    told.ok_or_else(|| Uncountable::Untold("only the conversion itself tells".to_owned()))
}

fn is_text(data_type: &Type) -> bool {
    matches!(data_type, Type::Char(_) | Type::Varchar(_) | Type::UnconstrainedVarchar | Type::Text)
}

fn without_blanks(dialect: Dialect, column: &str) -> String {
    match dialect {
        Dialect::Postgres => format!("RTRIM({column}::text, ' ')"),
        _ => format!("RTRIM({column})"),
    }
}

/// What has more digits before its point than the new type, once it is rounded.
fn beyond_numeric(dialect: Dialect, from: &Type, digits: u16, scale: u16, column: &str) -> Option<String> {
    let limit = format!("1{}", "0".repeat(usize::from(digits - scale)));
    let rounded = match from {
        Type::Numeric(..) | Type::UnconstrainedNumeric => format!("ROUND({column}, {scale})"),
        other if range(dialect, other).is_some() => column.to_owned(),
        _ => return None,
    };
    let is_beyond = format!("({rounded} >= {limit} OR {rounded} <= -{limit})");
    // Which every numeric type of PostgreSQL takes, and which counts as larger than any number.
    let not_a_number = dialect == Dialect::Postgres && matches!(from, Type::UnconstrainedNumeric);
    Some(if not_a_number { format!("{is_beyond} AND {column} <> 'NaN'") } else { is_beyond })
}

/// The least and the largest number of an integer type, as this kind of database stores it.
fn range(dialect: Dialect, data_type: &Type) -> Option<(i128, i128)> {
    let signed = |bits: u8| Some((-(1_i128 << bits), (1_i128 << bits) - 1));
    let unsigned = |bits: u8| Some((0, (1_i128 << bits) - 1));
    match (data_type, dialect) {
        (Type::SmallInteger, _) => signed(15),
        (Type::Integer, _) => signed(31),
        (Type::BigInteger, _) => signed(63),
        (Type::Boolean, Dialect::Mysql) => signed(7),
        (Type::UnsignedSmallInteger, Dialect::Mysql) => unsigned(16),
        (Type::UnsignedInteger, Dialect::Mysql) => unsigned(32),
        (Type::UnsignedBigInteger, Dialect::Mysql) => unsigned(64),
        _ => None,
    }
}
