//! The defaults of columns.

use crate::backend::mysql::introspect::expressions::{self, Literal, current_time, literal, number};
use crate::backend::mysql::introspect::types::{self, Family, digits_of_now};
use servicekit_schema::table::{Type, Value};

/// What a default is, and the type that goes with it.
#[derive(Debug, PartialEq)]
pub(super) struct Default {
    pub(super) value: Option<Value>,
    pub(super) data_type: Type,
}

/// Reads a default of MariaDB, which is written as in SQL.
pub(super) fn mariadb(text: Option<&str>, data_type: Type) -> Default {
    written(text.unwrap_or("NULL"), false, data_type)
}

/// Reads a default of MySQL: an expression, or the value itself without quotes.
pub(super) fn mysql(text: Option<&str>, is_expression: bool, data_type: Type) -> Default {
    let Some(text) = text else { return Default { value: None, data_type } };
    if is_expression {
        return written(&expressions::expression(false, text), true, data_type);
    }
    let family = types::family(&data_type);
    let known = match family {
        Family::Boolean | Family::Number => Some(number(text)),
        Family::Bits | Family::Bytes => literal(text),
        Family::Text => None,
    };
    let known = known.unwrap_or_else(|| Literal::Text(text.to_owned()));
    Default { value: value(known, family), data_type }
}

/// Reads a default that is written as in SQL.
fn written(text: &str, is_expression: bool, data_type: Type) -> Default {
    let text = expressions::without_parentheses(text);
    if let Some(time) = current_time(text) {
        let has_its_digits = time.digits == digits_of_now(&data_type);
        if has_its_digits && !time.is_utc {
            return Default { value: Some(Value::Now), data_type };
        }
        if let Some(moment) = moment(&data_type).filter(|_| has_its_digits) {
            return Default { value: Some(Value::Now), data_type: moment };
        }
    }
    let folded = literal(text)
        .filter(|literal| is_of_type(literal, &data_type) && (!is_expression || fits(literal, &data_type)));
    let value = match folded {
        Some(literal) => value(literal, types::family(&data_type)),
        None => Some(Value::Expression(text.to_owned())),
    };
    Default { value, data_type }
}

/// Whether a literal is one of the type, and no other value that is converted.
fn is_of_type(literal: &Literal, data_type: &Type) -> bool {
    let family = types::family(data_type);
    match (literal, data_type) {
        (Literal::Null, _) => true,
        (Literal::Number(number), Type::Boolean) => number == "0" || number == "1",
        (Literal::Number(_), _) => family == Family::Number,
        (Literal::Boolean(_), _) => matches!(family, Family::Boolean | Family::Number),
        (Literal::Text(text), Type::Enum(of)) => of.values.contains(text),
        (Literal::Text(_), _) => matches!(family, Family::Text | Family::Bytes),
        (Literal::Bytes(_), _) => family == Family::Bytes,
        (Literal::Bits(_), _) => family == Family::Bits,
    }
}

/// Whether a literal that is an expression can also stand there by itself: MySQL takes an expression for a default whatever its
/// value is, and refuses it when there is a row.
fn fits(literal: &Literal, data_type: &Type) -> bool {
    let is_short = |text: &str, length: u32| {
        u32::try_from(text.chars().count()).is_ok_and(|characters| characters <= length)
    };
    match (literal, data_type) {
        (Literal::Number(number), Type::SmallInteger) => number.parse::<i16>().is_ok(),
        (Literal::Number(number), Type::Integer) => number.parse::<i32>().is_ok(),
        (Literal::Number(number), Type::BigInteger) => number.parse::<i64>().is_ok(),
        (Literal::Number(number), Type::UnsignedSmallInteger) => number.parse::<u16>().is_ok(),
        (Literal::Number(number), Type::UnsignedInteger) => number.parse::<u32>().is_ok(),
        (Literal::Number(number), Type::UnsignedBigInteger) => number.parse::<u64>().is_ok(),
        (Literal::Number(number), Type::Numeric(precision, scale)) => {
            let whole = number.trim_start_matches('-').split('.').next().unwrap_or_default();
            !number.contains(['e', 'E']) && whole.len() <= usize::from(precision.saturating_sub(*scale))
        }
        (Literal::Text(text), Type::Char(length) | Type::Varchar(length)) => is_short(text, *length),
        (Literal::Text(text), Type::Date | Type::Time | Type::Timestamp | Type::WithPrecision { .. }) => {
            text.starts_with(|first: char| first.is_ascii_digit())
        }
        (_, Type::Custom(sql)) => sql.ends_with("TEXT") || sql.ends_with("BLOB"),
        _ => true,
    }
}

/// What a date with a time is, if its default is the time in UTC.
fn moment(data_type: &Type) -> Option<Type> {
    match data_type {
        Type::Timestamp => Some(Type::TimestampTz),
        Type::WithPrecision { base, digits } if **base == Type::Timestamp => {
            Some(Type::TimestampTz.precision(*digits))
        }
        _ => None,
    }
}

/// A literal as a value, which is nothing for no value.
fn value(literal: Literal, family: Family) -> Option<Value> {
    Some(match (literal, family) {
        (Literal::Null, _) => return None,
        (Literal::Number(number), Family::Boolean) if number == "0" || number == "1" => {
            Value::Boolean(number == "1")
        }
        (Literal::Number(text), _) => numeric(text),
        (Literal::Boolean(value), Family::Boolean) => Value::Boolean(value),
        (Literal::Boolean(value), _) => Value::Integer(value.into()),
        (Literal::Bits(bits), _) => Value::Integer(bits.into()),
        (Literal::Text(text), Family::Bytes) => Value::Bytes(text.into_bytes()),
        (Literal::Text(text), _) => Value::Text(text),
        (Literal::Bytes(bytes), _) => Value::Bytes(bytes),
    })
}

/// A number as an integer if it is one, as a floating-point number if that is exactly it, else as its digits.
fn numeric(text: String) -> Value {
    let digits = without_zeros(&text);
    if let Ok(integer) = digits.parse() {
        return Value::Integer(integer);
    }
    match digits.parse::<f64>() {
        Ok(real) if real.is_finite() && without_zeros(&format!("{real:?}")) == digits => Value::Real(real),
        _ => Value::Text(text),
    }
}

/// A number without zeros at the end that change nothing.
fn without_zeros(text: &str) -> &str {
    if text.contains(['e', 'E']) || !text.contains('.') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value_of(text: &str, data_type: Type) -> Option<Value> {
        mariadb(Some(text), data_type).value
    }

    #[test]
    fn numbers_are_exact() {
        for (text, expected) in [
            ("0.00", Value::Integer(0)),
            ("-1.50", Value::Real(-1.5)),
            ("1e100", Value::Real(1e100)),
            ("18446744073709551615", Value::Integer(u64::MAX.into())),
            ("0.12345678901234567890", Value::Text("0.12345678901234567890".to_owned())),
        ] {
            assert_eq!(value_of(text, Type::Numeric(40, 20)), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_default_of_either_product_is_the_same_value() {
        let text = Some(Value::Text("CURRENT_TIMESTAMP".to_owned()));
        assert_eq!(mariadb(Some("'CURRENT_TIMESTAMP'"), Type::Text).value, text);
        assert_eq!(mysql(Some("CURRENT_TIMESTAMP"), false, Type::Text).value, text);
        assert_eq!(mysql(Some("NULL"), false, Type::Varchar(4)).value, Some(Value::Text("NULL".to_owned())));
        for nothing in
            [mariadb(Some("NULL"), Type::Text), mariadb(None, Type::Text), mysql(None, false, Type::Text)]
        {
            assert_eq!(nothing.value, None);
        }
        assert_eq!(mysql(Some("b'101'"), false, Type::custom("BIT(3)")).value, Some(Value::Integer(5)));
        assert_eq!(
            mysql(Some("0x6162"), false, Type::custom("BINARY(2)")).value,
            Some(Value::Bytes(vec![97, 98]))
        );
    }

    #[test]
    fn the_current_time_in_utc_makes_a_moment() {
        let moment = mariadb(Some("utc_timestamp(6)"), Type::Timestamp);
        assert_eq!(moment, Default { value: Some(Value::Now), data_type: Type::TimestampTz });
        let local = mysql(Some("CURRENT_TIMESTAMP"), true, Type::Timestamp.precision(0));
        assert_eq!(local.value, Some(Value::Now));
        let other = mariadb(Some("current_timestamp(3)"), Type::Timestamp);
        assert_eq!(other.value, Some(Value::Expression("current_timestamp(3)".to_owned())));
    }
}
