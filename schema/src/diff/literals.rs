//! Whether two literals are one value in a column.

use super::types;
use crate::table::{Type, Value};
use servicekit_chain::Dialect;
use servicekit_chain::sql::{TokenKind, from_hexadecimal, significant, without_parentheses};

/// The value that an expression of MySQL is, if it is nothing but a literal.
pub(super) fn read(value: Value, dialect: Dialect) -> Value {
    match &value {
        Value::Expression(text) if dialect == Dialect::Mysql => literal(text).unwrap_or(value),
        _ => value,
    }
}

fn literal(text: &str) -> Option<Value> {
    let text = without_parentheses(Dialect::Mysql, text);
    let tokens = significant(Dialect::Mysql, text);
    let [token] = tokens.as_slice() else {
        let [sign, number] = tokens.as_slice() else { return None };
        let is_negative = sign.text == "-" && number.kind == TokenKind::Number;
        return is_negative.then(|| Value::Text(format!("-{}", number.text)));
    };
    let digits = || token.text.get(1..)?.strip_prefix('\'')?.strip_suffix('\'');
    match token.text.as_bytes().first()? {
        b'0' if token.text.starts_with("0x") => from_hexadecimal(token.text.get(2..)?).map(Value::Bytes),
        b'x' | b'X' if token.kind == TokenKind::String => from_hexadecimal(digits()?).map(Value::Bytes),
        b'b' | b'B' if token.kind == TokenKind::String => {
            i128::from_str_radix(digits()?, 2).ok().map(Value::Integer)
        }
        // What a backslash means is for the server to say.
        b'\'' | b'"' if token.kind == TokenKind::String && !token.text.contains('\\') => {
            Some(Value::Text(token.unquoted()))
        }
        _ if token.kind == TokenKind::Number => Some(Value::Text(token.text.to_owned())),
        _ => None,
    }
}

/// Whether two different literals become one value in a column of this type, where that is known without the database.
pub(super) fn are_same(one: &Value, other: &Value, data_type: &Type, dialect: Dialect) -> Option<bool> {
    match dialect {
        Dialect::Postgres => are_two(one, other, data_type).then_some(false),
        Dialect::Mysql => {
            let name = types::stored_name(data_type, dialect)?;
            Some(stored(one, &name) == stored(other, &name))
        }
        _ => None,
    }
}

/// Whether they are different whatever the database makes of them.
fn are_two(one: &Value, other: &Value, data_type: &Type) -> bool {
    match (one, other) {
        (Value::Boolean(_), Value::Boolean(_))
        | (Value::Integer(_), Value::Integer(_))
        | (Value::Bytes(_), Value::Bytes(_)) => true,
        // A value of an enum may not be there yet.
        (Value::Text(_), Value::Text(_)) => matches!(
            data_type.for_dialect(Dialect::Postgres),
            Type::Text | Type::Varchar(_) | Type::UnconstrainedVarchar | Type::Ulid | Type::Enum(_)
        ),
        _ => false,
    }
}

/// What MySQL stores.
#[derive(Debug, PartialEq)]
enum Stored {
    /// A number in digits, without needless zeros.
    Number(String),
    Real(f64),
    Bytes(Vec<u8>),
    Text(String),
}

/// <https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html>
fn stored(value: &Value, name: &str) -> Stored {
    let (word, inside) = match name.split_once('(') {
        Some((word, rest)) => (word, rest.split_once(')').map(|(inside, _)| inside)),
        None => (name.split(' ').next().unwrap_or_default(), None),
    };
    let digits = || inside.and_then(|inside| inside.parse().ok()).unwrap_or(0);
    let found = match word {
        "TINYINT" | "SMALLINT" | "MEDIUMINT" | "INT" | "BIGINT" | "YEAR" => decimal(value, 0),
        "BIT" => match value {
            Value::Bytes(bytes) => Some(number_of(bytes)),
            value => decimal(value, 0),
        },
        "DECIMAL" => {
            let scale = inside
                .and_then(|inside| inside.split(',').nth(1))
                .and_then(|scale| scale.trim().parse().ok());
            decimal(value, scale.unwrap_or(0))
        }
        #[allow(clippy::cast_possible_truncation, reason = "so does the database")]
        "FLOAT" => real(value).map(|number| Stored::Real(f64::from(number as f32))),
        "DOUBLE" => real(value).map(Stored::Real),
        "BINARY" => bytes(value).map(|mut bytes| {
            bytes.resize(bytes.len().max(digits()), 0);
            Stored::Bytes(bytes)
        }),
        word if word == "VARBINARY" || word.ends_with("BLOB") => bytes(value).map(Stored::Bytes),
        "DATE" | "TIME" | "DATETIME" | "TIMESTAMP" => moment(value, word, digits()),
        _ => None,
    };
    found.unwrap_or_else(|| Stored::Text(text(value)))
}

fn text(value: &Value) -> String {
    match value {
        Value::Boolean(is_true) => u8::from(*is_true).to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) | Value::Expression(text) => text.clone(),
        Value::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Value::Null | Value::Now => String::new(),
    }
}

fn bytes(value: &Value) -> Option<Vec<u8>> {
    match value {
        Value::Bytes(bytes) => Some(bytes.clone()),
        Value::Text(text) => Some(text.clone().into_bytes()),
        _ => None,
    }
}

fn real(value: &Value) -> Option<f64> {
    text(value).trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// Eight bytes are all that fit.
fn number_of(bytes: &[u8]) -> Stored {
    let number = bytes.iter().fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
    Stored::Number(number.to_string())
}

/// A number with this many digits after the point, rounded away from zero.
fn decimal(value: &Value, scale: usize) -> Option<Stored> {
    let text = text(value);
    let (mantissa, exponent) = match text.trim().to_ascii_lowercase().split_once('e') {
        Some((mantissa, exponent)) => (mantissa.to_owned(), exponent.parse::<i32>().ok()?),
        None => (text.trim().to_owned(), 0),
    };
    let (sign, digits) = match mantissa.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", mantissa.strip_prefix('+').unwrap_or(&mantissa)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    if all.is_empty() || !all.iter().all(u8::is_ascii_digit) || exponent.abs() > 400 {
        return None;
    }
    let point = i32::try_from(whole.len()).ok()? + exponent;
    let kept = usize::try_from(point + i32::try_from(scale).ok()?).ok();
    // The digits from the first to the last that is kept, and whether the next one rounds it up.
    let mut number: Vec<u8> =
        (0..kept.unwrap_or(0)).map(|at| all.get(at).map_or(0, |digit| digit - b'0')).collect();
    if kept.and_then(|kept| all.get(kept)).is_some_and(|digit| *digit >= b'5') {
        round_up(&mut number);
    }
    let first = number.iter().position(|digit| *digit != 0);
    let said: String =
        number.iter().skip(first.unwrap_or(number.len())).map(|digit| char::from(b'0' + digit)).collect();
    Some(Stored::Number(if said.is_empty() { "0".to_owned() } else { format!("{sign}{said}") }))
}

fn round_up(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return;
        }
        *digit = 0;
    }
    digits.insert(0, 1);
}

/// A date, a time or both, in the form in which the database writes them.
fn moment(value: &Value, word: &str, digits: usize) -> Option<Stored> {
    let Value::Text(text) = value else { return None };
    let (date, time) = match text.trim().split_once([' ', 'T']) {
        Some((date, time)) => (Some(date), Some(time)),
        None if word == "TIME" => (None, Some(text.trim())),
        None => (Some(text.trim()), None),
    };
    let numbers = |text: &str, sign: char| -> Option<Vec<u32>> {
        let numbers: Vec<u32> = text.split(sign).map(|part| part.parse().ok()).collect::<Option<_>>()?;
        (numbers.len() == 3).then_some(numbers)
    };
    let mut said = String::new();
    if let Some(date) = date.filter(|_| word != "TIME") {
        let parts = numbers(date, '-')?;
        said.extend(parts.iter().flat_map(|number| [format!("{number:02}"), "-".to_owned()]));
    }
    if word != "DATE" {
        let (clock, fraction) =
            time.unwrap_or("00:00:00").split_once('.').unwrap_or((time.unwrap_or("00:00:00"), ""));
        // To round the last digit can change all of the others: then it is compared as it is.
        let (kept, rest) = fraction.split_at_checked(digits.min(fraction.len()))?;
        if !rest.bytes().all(|digit| digit == b'0') {
            return None;
        }
        let parts = numbers(clock, ':')?;
        said.extend(parts.iter().flat_map(|number| [format!("{number:02}"), ":".to_owned()]));
        said.push_str(kept.trim_end_matches('0'));
    }
    Some(Stored::Text(said))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are_one(data_type: &str, one: impl Into<Value>, other: impl Into<Value>) -> bool {
        let data_type = Type::custom(data_type);
        are_same(&one.into(), &other.into(), &data_type, Dialect::Mysql).unwrap()
    }

    #[test]
    fn mysql_stores_what_fits_the_column() {
        assert!(are_one("int", 1.5, 2));
        assert!(are_one("int", "-1.5", -2));
        assert!(are_one("int", true, 1));
        assert!(are_one("int unsigned", "9.96e1", 100));
        assert!(are_one("decimal(12,2)", "1.50", 1.5));
        assert!(are_one("decimal(12,2)", "0.005", "0.01"));
        assert!(are_one("decimal(12,2)", "-0", 0));
        assert!(are_one("double", "1e2", 100));
        assert!(are_one("float", "0.1", 0.1_f32));
        assert!(are_one("binary(3)", "a", b"a\0\0"));
        assert!(are_one("bit(8)", b"\x05", 5));
        assert!(are_one("varchar(5)", 1, "1"));
        assert!(are_one("datetime(6)", "2020-01-01", "2020-1-1 00:00:00.000"));
        assert!(are_one("time", "1:02:03", "01:02:03"));
    }

    #[test]
    fn a_literal_is_read_where_it_stands_as_an_expression() {
        let of = |text: &str| read(Value::Expression(text.to_owned()), Dialect::Mysql);
        assert_eq!(of("0x61"), Value::from(b"a"));
        assert_eq!(of("(X'61')"), Value::from(b"a"));
        assert_eq!(of("b'101'"), Value::from(5));
        assert_eq!(of("'it''s'"), Value::from("it's"));
        assert_eq!(of("-1.5"), Value::from("-1.5"));
        assert_eq!(of("1 + 1"), Value::Expression("1 + 1".to_owned()));
        assert_eq!(of("uuid()"), Value::Expression("uuid()".to_owned()));
    }

    #[test]
    fn what_is_another_value_is_different() {
        assert!(!are_one("int", 1.4, 2));
        assert!(!are_one("int", 1, -1));
        assert!(!are_one("decimal(12,2)", "1.51", 1.5));
        assert!(!are_one("decimal(12,2)", "10", 1));
        assert!(!are_one("varbinary(3)", "a", b"a\0\0"));
        assert!(!are_one("varchar(5)", "1", "1.0"));
        assert!(!are_one("varchar(5)", "a", "A"));
        assert!(!are_one("datetime", "2020-01-01", "2020-01-02"));
        assert!(!are_one("datetime(3)", "2020-01-01 00:00:00.1", "2020-01-01 00:00:00.12"));
        assert!(!are_one("enum('a','b')", "a", "b"));
    }

    #[test]
    fn postgres_is_asked_where_it_may_make_one_of_two() {
        let of = |one: Value, other: Value, data_type| are_same(&one, &other, &data_type, Dialect::Postgres);
        assert_eq!(of("a".into(), "b".into(), Type::Text), Some(false));
        assert_eq!(of(1.into(), 2.into(), Type::Integer), Some(false));
        assert_eq!(of("1.50".into(), 1.5.into(), Type::Numeric(12, 2)), None);
        assert_eq!(of("2020-01-01".into(), "2020-1-1".into(), Type::Date), None);
    }
}
