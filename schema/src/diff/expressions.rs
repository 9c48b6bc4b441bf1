//! Whether two expressions are one, as far as their tokens tell.

use servicekit_chain::Dialect;
use servicekit_chain::sql::{Token, TokenKind, significant, without_parentheses};

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

/// The same in one of several spellings that the database itself does not take for one.
///
/// There are several names for the current time: on PostgreSQL for the time at which the transaction began (manual, 9.9.5), on
/// MySQL for that of the statement. MySQL writes the character set of the connection before some strings.
pub(super) fn in_one_spelling(text: &str, dialect: Dialect) -> String {
    let names: &[&str] = match dialect {
        Dialect::Postgres => &["now", "transaction_timestamp"],
        Dialect::Mysql => &["now", "current_timestamp", "localtime", "localtimestamp"],
        _ => return text.to_owned(),
    };
    let tokens = significant(dialect, text);
    let mut one = String::with_capacity(text.len());
    let mut copied = 0;
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        if dialect == Dialect::Mysql
            && token.is("_utf8mb4")
            && let Some(string) = next.filter(|next| next.kind == TokenKind::String)
        {
            one.push_str(text.get(copied..token.start).unwrap_or_default());
            copied = string.start;
            continue;
        }
        let is_of_something = at > 0 && tokens.get(at - 1).is_some_and(|before| before.is_sign("."));
        if token.kind != TokenKind::Word || is_of_something || !token.is_any(names) {
            continue;
        }
        let Some((digits, end)) = argument(tokens.get(at + 1..).unwrap_or_default()) else { continue };
        one.push_str(text.get(copied..token.start).unwrap_or_default());
        one.push_str("CURRENT_TIMESTAMP");
        if let Some(digits) = digits.filter(|digits| *digits != "0") {
            one.extend(["(", digits, ")"]);
        }
        copied = end;
    }
    one.push_str(text.get(copied..).unwrap_or_default());
    one
}

/// What is between the parentheses that follow, if it is one number at most, and where they end.
fn argument<'t>(tokens: &[Token<'t>]) -> Option<(Option<&'t str>, usize)> {
    match tokens {
        [open, close, ..] if open.is_sign("(") && close.is_sign(")") => Some((None, close.end())),
        [open, digits, close, ..]
            if open.is_sign("(") && digits.kind == TokenKind::Number && close.is_sign(")") =>
        {
            Some((Some(digits.text), close.end()))
        }
        _ => None,
    }
}

/// The collations that an expression of PostgreSQL names, in one order.
pub(super) fn collations(text: &str) -> Vec<String> {
    let tokens = significant(Dialect::Postgres, text);
    let mut names = Vec::new();
    for (at, _) in tokens.iter().enumerate().filter(|(_, token)| token.is("COLLATE")) {
        let mut rest = tokens.get(at + 1..).unwrap_or_default();
        while let [_, dot, behind @ ..] = rest
            && dot.is_sign(".")
        {
            rest = behind;
        }
        names.extend(rest.first().map(|name| match name.kind {
            TokenKind::Identifier => name.unquoted(),
            _ => name.text.to_ascii_lowercase(),
        }));
    }
    names.sort();
    names
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

    #[test]
    fn the_current_time_has_one_name() {
        let postgres = |text| in_one_spelling(text, Dialect::Postgres);
        assert_eq!(postgres("a < Now () + '1 day'"), "a < CURRENT_TIMESTAMP + '1 day'");
        assert_eq!(postgres("transaction_timestamp()"), "CURRENT_TIMESTAMP");
        assert_eq!(postgres("app.now() = now"), "app.now() = now");
        assert_eq!(postgres("statement_timestamp()"), "statement_timestamp()");
        assert_eq!(postgres("'now()'"), "'now()'");
        let mysql = |text| in_one_spelling(text, Dialect::Mysql);
        assert_eq!(mysql("now(6) + interval 1 day"), "CURRENT_TIMESTAMP(6) + interval 1 day");
        assert_eq!(mysql("localtime(0)"), "CURRENT_TIMESTAMP");
        assert_eq!(mysql("utc_timestamp()"), "utc_timestamp()");
        assert_eq!(mysql("a = _utf8mb4'x' or a = _latin1'y'"), "a = 'x' or a = _latin1'y'");
    }

    #[test]
    fn collations_are_known_by_their_names() {
        assert_eq!(collations(r#"(a COLLATE pg_catalog."C") < b collate posix"#), ["C", "posix"]);
        assert_eq!(collations("collation(a) = 'COLLATE x'"), [""; 0]);
    }
}
