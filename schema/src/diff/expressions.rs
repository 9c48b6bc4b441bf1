//! Whether two expressions are one, as far as their tokens tell.

use servicekit_chain::Dialect;
use servicekit_chain::sql::{Token, TokenKind, significant, without_parentheses};

/// Whether both say the same, or neither says anything.
pub(super) fn are_same(one: Option<&str>, other: Option<&str>, dialect: Dialect) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => is_same(one, other, dialect),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// Whether two expressions have the same tokens, whatever their layout, comments, quotes around names, the case of words
/// and parentheses around the whole are.
pub(super) fn is_same(one: &str, other: &str, dialect: Dialect) -> bool {
    one == other || words(one, dialect) == words(other, dialect)
}

#[derive(Debug, PartialEq, Eq)]
enum Word {
    /// A name or a keyword.
    Name(String),
    /// A string, by what it says.
    Text(String),
    /// A number, an operator or another sign.
    Sign(String),
}

fn words(text: &str, dialect: Dialect) -> Vec<Word> {
    let tokens = significant(dialect, without_parentheses(dialect, text));
    tokens.iter().map(|token| word(token, dialect)).collect()
}

fn word(token: &Token<'_>, dialect: Dialect) -> Word {
    match token.kind {
        TokenKind::Word => Word::Name(token.text.to_ascii_lowercase()),
        TokenKind::Identifier => {
            let name = token.unquoted();
            // PostgreSQL keeps the case of what is in quotes.
            Word::Name(if dialect == Dialect::Postgres { name } else { name.to_ascii_lowercase() })
        }
        TokenKind::String if token.text.starts_with(['\'', '"']) => Word::Text(token.unquoted()),
        TokenKind::Operator => Word::Sign(match token.text {
            "<>" => "!=".to_owned(),
            "==" if dialect == Dialect::Sqlite => "=".to_owned(),
            text => text.to_owned(),
        }),
        _ => Word::Sign(token.text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_quotes_of_names_and_case_of_words_do_not_matter() {
        for (one, other) in [
            ("total >= 0", "\"total\">=0"),
            ("total >= 0", "((total >= 0))"),
            ("a != 1 AND b", "a <> 1 and b -- both"),
            ("lower(name)", "LOWER ( name )"),
        ] {
            for dialect in [Dialect::Sqlite, Dialect::Postgres] {
                assert!(is_same(one, other, dialect), "{one} and {other}");
            }
        }
        assert!(is_same("`total` >= 0", "total >= 0", Dialect::Mysql));
        assert!(is_same("a == 1", "a = 1", Dialect::Sqlite));
    }

    #[test]
    fn what_means_something_else_is_another_one() {
        for (one, other) in [
            ("a > 1", "a >= 1"),
            ("a = 'x'", "a = 'X'"),
            ("a = 'x'", "a = x"),
            ("(a) + (b)", "a) + (b"),
            ("a = 1", "a = 1.0"),
            ("a", "a || ''"),
        ] {
            for dialect in Dialect::ALL {
                assert!(!is_same(one, other, dialect), "{one} and {other}");
            }
        }
        assert!(!is_same("\"A\" > 1", "a > 1", Dialect::Postgres));
    }
}
