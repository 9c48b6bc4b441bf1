//! The types of columns.

use crate::backend::mysql::introspect::expressions::{Literal, literal};
use servicekit_chain::Dialect;
use servicekit_chain::sql::{TokenKind, parts, significant, tokens};
use servicekit_schema::table::{EnumType, Type, enum_type};

/// How long a value of an enum type may be, in characters (manual, 11.3.5).
const ENUM_VALUE: usize = 255;

/// A type as the catalogue writes it, in parts.
#[derive(Debug)]
struct Parts<'a> {
    name: &'a str,
    /// What stands in parentheses.
    arguments: Option<&'a str>,
    /// What stands after that, such as `unsigned`.
    rest: &'a str,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        let text = text.trim();
        let end =
            text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        // A parenthesis can stand in a value of an enum; after the last one nothing does.
        let inner = rest.strip_prefix('(').and_then(|rest| rest.rsplit_once(')'));
        match inner {
            Some((arguments, rest)) => Self { name, arguments: Some(arguments), rest: rest.trim() },
            None => Self { name, arguments: None, rest: rest.trim() },
        }
    }

    /// The only number in parentheses.
    fn number(&self) -> Option<u32> {
        self.arguments?.trim().parse().ok()
    }

    /// The digits after the second.
    fn digits(&self) -> u8 {
        self.number().and_then(|digits| u8::try_from(digits).ok()).unwrap_or(0)
    }
}

/// The word for a type, else the type in the words of the database.
///
/// The width of a display is left out where it means nothing: everywhere but in `tinyint(1)` and with `zerofill`.
pub(super) fn read(text: &str, table: &str, column: &str) -> Type {
    let parts = Parts::of(text);
    let is_plain = parts.rest.is_empty();
    let is_unsigned = parts.rest.eq_ignore_ascii_case("unsigned");
    let name = parts.name.to_ascii_lowercase();
    match (name.as_str(), parts.arguments) {
        ("smallint", _) if is_plain => Type::SmallInteger,
        ("int", _) if is_plain => Type::Integer,
        ("bigint", _) if is_plain => Type::BigInteger,
        ("smallint", _) if is_unsigned => Type::UnsignedSmallInteger,
        ("int", _) if is_unsigned => Type::UnsignedInteger,
        ("bigint", _) if is_unsigned => Type::UnsignedBigInteger,
        ("tinyint", Some("1")) if is_plain => Type::Boolean,
        ("tinyint" | "mediumint" | "year", _) if is_plain || is_unsigned => {
            custom(&format!("{name} {}", parts.rest))
        }
        ("float", None) if is_plain => Type::Float,
        ("double", None) if is_plain => Type::Double,
        ("decimal", Some(arguments)) if is_plain => numeric(arguments).unwrap_or_else(|| custom(text)),
        ("char", Some(_)) if is_plain => parts.number().map_or_else(|| custom(text), Type::Char),
        ("varchar", Some(_)) if is_plain => parts.number().map_or_else(|| custom(text), Type::Varchar),
        ("longtext", None) if is_plain => Type::Text,
        ("longblob", None) if is_plain => Type::Binary,
        ("json", None) if is_plain => Type::Json,
        ("date", None) if is_plain => Type::Date,
        ("time", _) if is_plain => with_digits(Type::Time, parts.digits()),
        ("datetime", _) if is_plain => with_digits(Type::Timestamp, parts.digits()),
        ("enum", Some(arguments)) if is_plain => {
            enumeration(arguments, table, column).map_or_else(|| custom(text), Type::Enum)
        }
        _ => custom(text),
    }
}

fn with_digits(of: Type, digits: u8) -> Type {
    if digits == 6 { of } else { of.precision(digits) }
}

fn numeric(arguments: &str) -> Option<Type> {
    let (precision, scale) = arguments.split_once(',')?;
    Some(Type::Numeric(precision.trim().parse().ok()?, scale.trim().parse().ok()?))
}

/// The values of an enum type, if the vocabulary takes all of them.
fn enumeration(arguments: &str, table: &str, column: &str) -> Option<EnumType> {
    let tokens = significant(Dialect::Mysql, arguments);
    let value = |tokens: &[_]| match tokens {
        [servicekit_chain::sql::Token { text, .. }] => match literal(text)? {
            Literal::Text(value) => Some(value),
            _ => None,
        },
        _ => None,
    };
    let values: Vec<String> = parts(&tokens).map(value).collect::<Option<_>>()?;
    let is_taken = |value: &String| {
        value.chars().count() <= ENUM_VALUE && !value.ends_with(' ') && !value.contains('\0')
    };
    (!values.is_empty() && values.iter().all(is_taken))
        .then(|| enum_type(format!("{table}_{column}"), values))
}

/// The type in the words of the database: in capitals, without a comment that only explains.
fn custom(text: &str) -> Type {
    let mut sql = String::with_capacity(text.len());
    let mut is_executed = false;
    for token in tokens(Dialect::Mysql, text) {
        match token.kind {
            TokenKind::Comment => {}
            TokenKind::ExecutableStart | TokenKind::ExecutableEnd => {
                is_executed = token.kind == TokenKind::ExecutableStart;
                sql.push_str(token.text);
            }
            TokenKind::Word if !is_executed => sql.push_str(&token.text.to_ascii_uppercase()),
            _ => sql.push_str(token.text),
        }
    }
    Type::Custom(sql.trim().to_owned())
}

/// What the vocabulary's current time is as the default of a column, as its file in the rendering of MySQL has it.
pub(super) fn digits_of_now(of: &Type) -> u8 {
    match of {
        Type::WithPrecision { digits, .. } => *digits,
        Type::Custom(sql) if is_moment(of) => Parts::of(sql).digits(),
        _ => 6,
    }
}

/// Whether it is MySQL's own `TIMESTAMP`.
fn is_moment(of: &Type) -> bool {
    matches!(of, Type::Custom(sql) if Parts::of(sql).name.eq_ignore_ascii_case("TIMESTAMP"))
}

/// What the literals of a type are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Boolean,
    Number,
    Bits,
    Bytes,
    Text,
}

/// What kind of literal a type has as its default.
pub(super) fn family(of: &Type) -> Family {
    match of {
        Type::Boolean => Family::Boolean,
        Type::SmallInteger
        | Type::Integer
        | Type::BigInteger
        | Type::UnsignedSmallInteger
        | Type::UnsignedInteger
        | Type::UnsignedBigInteger
        | Type::Float
        | Type::Double
        | Type::Numeric(..) => Family::Number,
        Type::Binary => Family::Bytes,
        Type::Custom(sql) => match Parts::of(sql).name {
            "TINYINT" | "SMALLINT" | "MEDIUMINT" | "INT" | "BIGINT" | "YEAR" | "FLOAT" | "DOUBLE"
            | "DECIMAL" => Family::Number,
            "BIT" => Family::Bits,
            "BINARY" | "VARBINARY" | "TINYBLOB" | "BLOB" | "MEDIUMBLOB" => Family::Bytes,
            _ => Family::Text,
        },
        _ => Family::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_becomes_its_word_or_stays_as_it_is() {
        let custom = |sql: &str| Type::Custom(sql.to_owned());
        for (text, expected) in [
            ("int(11)", Type::Integer),
            ("bigint(20) unsigned", Type::UnsignedBigInteger),
            ("tinyint(1)", Type::Boolean),
            ("tinyint(4)", custom("TINYINT")),
            ("tinyint", custom("TINYINT")),
            ("mediumint(8) unsigned", custom("MEDIUMINT UNSIGNED")),
            ("int(5) unsigned zerofill", custom("INT(5) UNSIGNED ZEROFILL")),
            ("year(4)", custom("YEAR")),
            ("decimal(10,2)", Type::Numeric(10, 2)),
            ("decimal(10,2) unsigned", custom("DECIMAL(10,2) UNSIGNED")),
            ("datetime(6)", Type::Timestamp),
            ("datetime", Type::Timestamp.precision(0)),
            ("time(3)", Type::Time.precision(3)),
            ("timestamp(3)", custom("TIMESTAMP(3)")),
            ("binary(16)", custom("BINARY(16)")),
            ("set('a','B')", custom("SET('a','B')")),
            ("text /*M!100301 COMPRESSED*/", custom("TEXT /*M!100301 COMPRESSED*/")),
            ("datetime /* mariadb-5.3 */", custom("DATETIME")),
            ("enum('a','it''s',')')", enum_type("t_c", ["a", "it's", ")"]).into()),
            ("enum('a ')", custom("ENUM('a ')")),
            ("enum(", custom("ENUM(")),
            ("", custom("")),
        ] {
            assert_eq!(read(text, "t", "c"), expected, "{text}");
        }
    }
}
