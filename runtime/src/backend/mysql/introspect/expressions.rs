//! Expressions and literals, as the catalogue writes them.

use servicekit_chain::Dialect;
use servicekit_chain::sql::{self, Token, TokenKind, from_hexadecimal, significant};

/// What a string says, out of its quotes and without the escapes: <https://dev.mysql.com/doc/refman/8.4/en/string-literals.html>
fn unquoted(text: &str) -> Option<String> {
    let quote = text.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    let mut plain = String::with_capacity(inner.len());
    let mut letters = inner.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == quote && letters.peek() == Some(&quote) {
            letters.next();
        }
        if letter != '\\' {
            plain.push(letter);
            continue;
        }
        match letters.next() {
            Some('0') => plain.push('\0'),
            Some('b') => plain.push('\u{8}'),
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            Some('t') => plain.push('\t'),
            Some('Z') => plain.push('\u{1a}'),
            // For `LIKE`, where the backslash stays.
            Some(sign @ ('%' | '_')) => plain.extend(['\\', sign]),
            Some(other) => plain.push(other),
            None => plain.push('\\'),
        }
    }
    Some(plain)
}

/// An expression as the catalogue has it: MySQL escapes it, MariaDB does not.
pub(super) fn expression(is_mariadb: bool, text: &str) -> String {
    if is_mariadb {
        return without_parentheses(text).to_owned();
    }
    let text = in_utf8(text).unwrap_or_else(|| text.to_owned());
    without_parentheses(&unescaped_once(&text)).to_owned()
}

/// The text of which MySQL has taken each byte for a character, as it does with stored expressions.
fn in_utf8(text: &str) -> Option<String> {
    let bytes = text.chars().map(|letter| u8::try_from(u32::from(letter)).ok());
    String::from_utf8(bytes.collect::<Option<Vec<u8>>>()?).ok()
}

/// Takes away what MySQL puts before each quote, backslash and control character of a stored expression.
fn unescaped_once(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        plain.push(match letter {
            '\\' => match letters.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('0') => '\0',
                Some('Z') => '\u{1a}',
                Some(other) => other,
                None => '\\',
            },
            other => other,
        });
    }
    plain
}

/// An expression without the parentheses around all of it.
pub(super) fn without_parentheses(text: &str) -> &str {
    sql::without_parentheses(Dialect::Mysql, text)
}

/// What a default is, if it is a literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Literal {
    Null,
    Boolean(bool),
    Text(String),
    /// A number as it is written, with its sign.
    Number(String),
    Bytes(Vec<u8>),
    Bits(u64),
}

/// Reads an expression that is nothing but a literal.
pub(super) fn literal(text: &str) -> Option<Literal> {
    let tokens = significant(Dialect::Mysql, text);
    match tokens.as_slice() {
        [only] => single(only),
        [set, string] if set.is("_binary") => match single(string)? {
            Literal::Text(text) => Some(Literal::Bytes(text.into_bytes())),
            bytes @ Literal::Bytes(_) => Some(bytes),
            _ => None,
        },
        // A character set of another one says what the bytes are.
        [set, string] if set.is("_utf8mb4") || set.is("_utf8mb3") || set.is("_utf8") => match single(string)?
        {
            Literal::Bytes(bytes) => String::from_utf8(bytes).ok().map(Literal::Text),
            text @ Literal::Text(_) => Some(text),
            _ => None,
        },
        [sign, rest @ ..] if sign.text == "-" => {
            let rest = text.get(rest.first()?.start..)?;
            match literal(without_parentheses(rest))? {
                Literal::Number(number) if !number.starts_with('-') => {
                    Some(Literal::Number(format!("-{number}")))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

fn single(token: &Token<'_>) -> Option<Literal> {
    match token.kind {
        TokenKind::Word if token.is("NULL") => Some(Literal::Null),
        TokenKind::Word if token.is("TRUE") => Some(Literal::Boolean(true)),
        TokenKind::Word if token.is("FALSE") => Some(Literal::Boolean(false)),
        TokenKind::Number | TokenKind::Word if token.text.starts_with("0x") => bytes(token.text.get(2..)?),
        TokenKind::Number => Some(number(token.text)),
        TokenKind::String if token.closed => match token.text.as_bytes().first()? {
            b'b' | b'B' => u64::from_str_radix(digits(token.text)?, 2).ok().map(Literal::Bits),
            b'x' | b'X' => bytes(digits(token.text)?),
            _ => unquoted(token.text).map(Literal::Text),
        },
        _ => None,
    }
}

pub(super) fn number(text: &str) -> Literal {
    Literal::Number(text.to_owned())
}

/// What stands between the quotes of `b'…'` and `x'…'`.
fn digits(text: &str) -> Option<&str> {
    text.get(1..)?.strip_prefix('\'')?.strip_suffix('\'')
}

/// Bytes as hexadecimal digits.
fn bytes(digits: &str) -> Option<Literal> {
    from_hexadecimal(digits).map(Literal::Bytes)
}

/// The current time, and in which time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CurrentTime {
    pub(super) is_utc: bool,
    pub(super) digits: u8,
}

/// Reads an expression that is nothing but the current time.
pub(super) fn current_time(text: &str) -> Option<CurrentTime> {
    let tokens = significant(Dialect::Mysql, text);
    let (name, rest) = tokens.split_first()?;
    let is_utc = name.is("utc_timestamp");
    let is_local = name.is_any(&["now", "current_timestamp", "localtime", "localtimestamp"]);
    let digits = match rest {
        [] => 0,
        [open, close] if open.is_sign("(") && close.is_sign(")") => 0,
        [open, digits, close] if open.is_sign("(") && close.is_sign(")") => digits.text.parse().ok()?,
        _ => return None,
    };
    (is_utc || is_local).then_some(CurrentTime { is_utc, digits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_needless_parentheses_are_taken_away() {
        for (text, expected) in
            [("((`a` + 1))", "`a` + 1"), ("(a) + (b)", "(a) + (b)"), ("(')(')", "')('"), ("(", "("), ("", "")]
        {
            assert_eq!(without_parentheses(text), expected);
        }
    }

    #[test]
    fn a_literal_is_read_and_an_expression_is_none() {
        let text = |text: &str| Some(Literal::Text(text.to_owned()));
        for (written, expected) in [
            (r"'it\'s '' \\ \n'", text("it's ' \\ \n")),
            (r"_utf8mb4'C:\\'", text("C:\\")),
            ("_utf8mb4 X'433A5C'", text("C:\\")),
            ("-(1.5)", Some(number("-1.5"))),
            ("-1", Some(number("-1"))),
            ("1e100", Some(number("1e100"))),
            ("b'101'", Some(Literal::Bits(5))),
            ("0x0a", Some(Literal::Bytes(vec![10]))),
            ("0x", Some(Literal::Bytes(Vec::new()))),
            ("x'0a'", Some(Literal::Bytes(vec![10]))),
            ("true", Some(Literal::Boolean(true))),
            ("NULL", Some(Literal::Null)),
            ("1 + 1", None),
            ("uuid()", None),
            ("-(-(1))", None),
            ("_latin1'a'", None),
            ("'", None),
            ("", None),
        ] {
            assert_eq!(literal(written), expected, "{written}");
        }
    }

    #[test]
    fn an_expression_of_mysql_is_read_without_its_escapes() {
        assert_eq!(expression(false, r"(`a` <> _utf8mb4\'it\\\'s\\n\')"), r"`a` <> _utf8mb4'it\'s\n'");
        assert_eq!(expression(true, r"(1 + 1)"), "1 + 1");
        assert_eq!(expression(false, "`\u{c3}\u{bc}\u{e2}\u{98}\u{82}` > 0"), "`ü☂` > 0");
        assert_eq!(expression(false, "`é` > 0"), "`é` > 0");
    }

    #[test]
    fn the_current_time_is_known_however_it_is_written() {
        let time = |is_utc, digits| Some(CurrentTime { is_utc, digits });
        for (text, expected) in [
            ("CURRENT_TIMESTAMP", time(false, 0)),
            ("current_timestamp()", time(false, 0)),
            ("now(6)", time(false, 6)),
            ("utc_timestamp(3)", time(true, 3)),
            ("now() + interval 1 day", None),
            ("curdate()", None),
        ] {
            assert_eq!(current_time(text), expected, "{text}");
        }
    }
}
