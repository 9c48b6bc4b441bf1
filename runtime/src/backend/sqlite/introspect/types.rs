//! Types as words.

use servicekit_chain::Dialect;
use servicekit_chain::sql::{Token, TokenKind, significant};
use servicekit_schema::table::Type;

/// The word that SQLite is given this type for; the type itself where there is none.
pub(super) fn read(data_type: &str) -> Type {
    let text = text(data_type);
    word(&text.to_ascii_uppercase()).unwrap_or(Type::Custom(text))
}

/// A type without comments, and with the blanks that this program would write.
pub(super) fn text(data_type: &str) -> String {
    if data_type.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return data_type.to_owned();
    }
    let all = significant(Dialect::Sqlite, data_type);
    let mut text = String::new();
    let mut before: Option<&Token<'_>> = None;
    for token in &all {
        let is_apart = before.is_some_and(|before| {
            let is_tight = before.is_sign("(") || before.kind == TokenKind::Operator;
            !is_tight && !token.is_sign("(") && !token.is_sign(")") && !token.is_sign(",")
        });
        if is_apart {
            text.push(' ');
        }
        text.push_str(token.text);
        before = Some(token);
    }
    text
}

/// Whether the catalogue, which takes some quotes away, tells the same type as the text.
pub(super) fn is_same(found: &str, written: &str) -> bool {
    if found == written {
        return true;
    }
    let is_quoted = |token: &Token<'_>| matches!(token.kind, TokenKind::Identifier | TokenKind::String);
    significant(Dialect::Sqlite, written).iter().any(is_quoted)
        || text(found).eq_ignore_ascii_case(&text(written))
}

fn word(text: &str) -> Option<Type> {
    Some(match text {
        "SMALLINT" => Type::SmallInteger,
        "INTEGER" => Type::Integer,
        "BIGINT" => Type::BigInteger,
        "FLOAT" => Type::Float,
        "DOUBLE" => Type::Double,
        "NUMERIC" => Type::UnconstrainedNumeric,
        "VARCHAR" => Type::UnconstrainedVarchar,
        "TEXT" => Type::Text,
        "BOOLEAN" => Type::Boolean,
        "DATE" => Type::Date,
        "TIME" => Type::Time,
        "TIMESTAMP" => Type::Timestamp,
        "DATETIME" => Type::TimestampTz,
        "BLOB" => Type::Binary,
        "JSON TEXT" => Type::Json,
        "UUID BLOB" => Type::Uuid,
        other => {
            let (name, numbers) = other.strip_suffix(')')?.split_once('(')?;
            match (name, numbers.split_once(", ")) {
                ("CHAR", None) => Type::Char(numbers.parse().ok()?),
                ("VARCHAR", None) => Type::Varchar(numbers.parse().ok()?),
                ("NUMERIC", Some((precision, scale))) => {
                    Type::Numeric(precision.parse().ok()?, scale.parse().ok()?)
                }
                _ => return None,
            }
        }
    })
}
