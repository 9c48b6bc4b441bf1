//! Defaults and other expressions.

use servicekit_chain::Dialect;
use servicekit_chain::sql::{self, TokenKind, from_hexadecimal, tokens};
use servicekit_schema::table::Value;

/// The default of a column whose type is written so in casts: a value only where its literal becomes the same default.
pub(super) fn value(text: &str, data_type: &str) -> Value {
    literal(text, data_type).unwrap_or_else(|| Value::Expression(without_parentheses(text).to_owned()))
}

fn literal(text: &str, data_type: &str) -> Option<Value> {
    match text {
        "CURRENT_TIMESTAMP" => return Some(Value::Now),
        "true" => return Some(Value::Boolean(true)),
        "false" => return Some(Value::Boolean(false)),
        _ => {}
    }
    if let Some(cast) = text.strip_prefix("NULL::") {
        return (cast == data_type).then_some(Value::Null);
    }
    let first = tokens(Dialect::Postgres, text).next()?;
    match first.kind {
        TokenKind::Number if first.text == text => integer(text).or_else(|| real(text)),
        TokenKind::String if first.closed => {
            let cast = text.get(first.end()..)?.strip_prefix("::")?;
            quoted(&first.unquoted(), cast, data_type)
        }
        TokenKind::Word if data_type == "bytea" => bytes(text),
        _ => None,
    }
}

/// A constant in quotes: so the server writes texts, and numbers that are negative or large.
fn quoted(said: &str, cast: &str, data_type: &str) -> Option<Value> {
    let is_numeric = |name: &str| matches!(name, "smallint" | "integer" | "bigint" | "numeric");
    let number = match cast {
        "smallint" | "integer" | "bigint" if is_numeric(data_type) || data_type == cast => integer(said),
        "integer" if said.starts_with('-') => integer(said),
        "numeric" if data_type == "numeric" => {
            integer(said).or_else(|| said.starts_with('-').then(|| real(said))?)
        }
        "numeric" if said.starts_with('-') => real(said),
        _ => None,
    };
    number.or_else(|| (cast == data_type).then(|| Value::Text(said.to_owned())))
}

/// An integer that is written just so.
fn integer(text: &str) -> Option<Value> {
    let number: i128 = text.parse().ok()?;
    (number.to_string() == text).then_some(Value::Integer(number))
}

/// A number with a fraction that is written just so: `0.50` has more digits than that.
fn real(text: &str) -> Option<Value> {
    let number: f64 = text.parse().ok()?;
    (number.is_finite() && format!("{number:?}") == text).then_some(Value::Real(number))
}

/// Bytes, in the only form that means the same in every session.
fn bytes(text: &str) -> Option<Value> {
    let digits = text.strip_prefix("decode('")?.strip_suffix("'::text, 'hex'::text)")?;
    from_hexadecimal(digits).map(Value::Bytes)
}

/// An expression without parentheses around the whole of it.
pub(super) fn without_parentheses(text: &str) -> &str {
    sql::without_parentheses(Dialect::Postgres, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_values_where_they_become_the_same_default() {
        let of = |text, data_type| value(text, data_type);
        assert_eq!(of("'it''s'::text", "text"), Value::from("it's"));
        assert_eq!(of("E'a\\\\b'::text", "text"), Value::from("a\\b"));
        assert_eq!(of("'x'::text", "character varying"), Value::Expression("'x'::text".to_owned()));
        assert_eq!(of("'-3'::integer", "bigint"), Value::Integer(-3));
        assert_eq!(of("'18446744073709551615'::numeric", "numeric"), Value::Integer(u64::MAX.into()));
        assert_eq!(of("'-0.5'::numeric", "double precision"), Value::Real(-0.5));
        assert_eq!(of("'1'::text", "text"), Value::from("1"));
        assert_eq!(of("0.50", "numeric"), Value::Expression("0.50".to_owned()));
        assert_eq!(of("0.5", "numeric"), Value::Real(0.5));
        assert_eq!(of("NULL::character varying", "character varying"), Value::Null);
        assert_eq!(of("decode('00FF'::text, 'hex'::text)", "bytea"), Value::from(b"\x00\xff"));
        assert_eq!(of("((1 + 2))", "integer"), Value::Expression("1 + 2".to_owned()));
    }

    #[test]
    fn parentheses_go_only_where_they_are_around_everything() {
        assert_eq!(without_parentheses("(((a > 0) AND (b > 0)))"), "(a > 0) AND (b > 0)");
        assert_eq!(without_parentheses("(a) = (b)"), "(a) = (b)");
        assert_eq!(without_parentheses("(f(')'))"), "f(')')");
        assert_eq!(without_parentheses("()"), "()");
        assert_eq!(without_parentheses("("), "(");
    }
}
