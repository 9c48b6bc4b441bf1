//! Defaults as values.

use servicekit_chain::Dialect;
use servicekit_chain::sql::{Token, TokenKind, from_hexadecimal, significant, without_parentheses};
use servicekit_schema::table::Value;

/// A default as the catalogue tells it; `None` where it says nothing.
pub(super) fn read(default: &str) -> Option<Value> {
    let text = without_parentheses(Dialect::Sqlite, default);
    let all = significant(Dialect::Sqlite, text);
    let value = match all.as_slice() {
        [] => return None,
        [only] => single(only),
        [sign, number] if number.kind == TokenKind::Number && (sign.is_sign("-") || sign.is_sign("+")) => {
            let sign = if sign.is_sign("-") { "-" } else { "" };
            self::number(&format!("{sign}{}", number.text))
        }
        _ => None,
    };
    Some(value.unwrap_or_else(|| Value::Expression(text.to_owned())))
}

fn single(token: &Token<'_>) -> Option<Value> {
    match token.kind {
        TokenKind::Number => number(token.text),
        TokenKind::String if token.text.starts_with('\'') => Some(Value::Text(token.unquoted())),
        TokenKind::String => bytes(token).map(Value::Bytes),
        // A name that is no such word is a text: there is no column that it could be.
        TokenKind::Identifier => Some(Value::Text(token.unquoted())),
        TokenKind::Word => match token.text.to_ascii_uppercase().as_str() {
            "NULL" => Some(Value::Null),
            "TRUE" => Some(Value::Boolean(true)),
            "FALSE" => Some(Value::Boolean(false)),
            "CURRENT_TIMESTAMP" => Some(Value::Now),
            "CURRENT_DATE" | "CURRENT_TIME" => None,
            _ => Some(Value::Text(token.text.to_owned())),
        },
        _ => None,
    }
}

/// A number that is written again as the same one.
fn number(text: &str) -> Option<Value> {
    if let Ok(number) = text.parse::<i64>() {
        return Some(Value::Integer(number.into()));
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_real = text.contains(['.', 'e', 'E']) && !text.contains(['x', 'X', '_']);
    let number = text.parse::<f64>().ok().filter(|number| is_real && number.is_finite())?;
    // SQLite rounds what is longer in its own way.
    (digits <= 15 || format!("{number:?}") == text).then_some(Value::Real(number))
}

/// The bytes of `X'…'`.
fn bytes(token: &Token<'_>) -> Option<Vec<u8>> {
    from_hexadecimal(token.text.strip_prefix(['x', 'X'])?.strip_prefix('\'')?.strip_suffix('\'')?)
}
