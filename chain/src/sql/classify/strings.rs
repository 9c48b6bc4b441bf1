//! What stands in quotes.

use super::words::{Word, words};
use crate::Dialect;
use crate::sql::{Backslash, LexicalMode, TokenKind};

/// The longest name that PostgreSQL keeps; it cuts off the rest (manual, 4.1.1).
const POSTGRES_NAME: usize = 63;

/// Whether a statement says this text, as a string literal or as part of one.
///
/// Comments do not count, bodies of functions and `DO` blocks do. When in doubt it does: where escapes may hide the
/// text, and whatever the quotes in it. What a statement puts together as it runs is not seen.
///
/// ```
/// use servicekit_chain::sql::{Dialect, mentions_string};
/// let sql = "INSERT INTO pets VALUES ('happy') -- not 'sad'";
/// assert!(mentions_string(Dialect::Postgres, sql, "happy"));
/// assert!(!mentions_string(Dialect::Postgres, sql, "sad"));
/// ```
pub fn mentions_string(mode: impl Into<LexicalMode>, sql: &str, value: &str) -> bool {
    let mode = mode.into();
    let dialect = mode.dialect;
    let words = words(mode, sql);
    let value = without_quotes(value);
    // Strings side by side are one string, in MySQL with only blanks between them.
    let apart = |a: &Word<'_>, b: &Word<'_>| is_literal(dialect, a) && is_literal(dialect, b);
    words.chunk_by(apart).filter(|run| run.iter().any(|word| is_literal(dialect, word))).any(|run| {
        let hidden = run.iter().any(|word| may_hide(dialect, word) || escapes(mode, word));
        let said: String = run.iter().map(|word| decoded(dialect, word.kind, word.text)).collect();
        hidden || without_quotes(&said).contains(&value)
    })
}

fn is_literal(dialect: Dialect, word: &Word<'_>) -> bool {
    // SQLite takes `"a"` for a string where no column has this name (quirks, 8).
    let identifier = dialect == Dialect::Sqlite && word.kind == TokenKind::Identifier;
    let number = dialect == Dialect::Mysql && word.kind == TokenKind::Number && may_hide(dialect, word);
    word.is_string() || identifier || number
}

/// Whether a string of PostgreSQL has escapes that take `standard_conforming_strings = off`.
fn escapes(mode: LexicalMode, word: &Word<'_>) -> bool {
    mode.dialect == Dialect::Postgres
        && mode.backslash == Backslash::Escape
        && word.kind == TokenKind::String
        && word.text.contains('\\')
}

/// Whether the text may be written in a way that does not show it.
fn may_hide(dialect: Dialect, word: &Word<'_>) -> bool {
    let prefix = word.text.as_bytes().first().map(u8::to_ascii_lowercase);
    let escapes = word.text.contains('\\');
    match (dialect, word.kind) {
        (Dialect::Mysql, TokenKind::String) => escapes || matches!(prefix, Some(b'x' | b'b')),
        (Dialect::Mysql, TokenKind::Number) => word.text.starts_with("0x") || word.text.starts_with("0b"),
        (Dialect::Postgres, TokenKind::String) if prefix != Some(b'\'') => escapes || prefix == Some(b'u'),
        // A body may hold an `E'…'`.
        (Dialect::Postgres, _) => escapes && decoded(dialect, word.kind, word.text).contains('\''),
        _ => false,
    }
}

/// The text without what quotes and escapes are made of, so that it can be found however deep it is quoted.
fn without_quotes(text: &str) -> String {
    text.replace(['\'', '"', '\\'], "")
}

/// A name out of its quotes, folded and cut as the database does it.
pub(super) fn identifier(dialect: Dialect, kind: TokenKind, text: &str) -> String {
    let mut name = match (dialect, kind) {
        (_, TokenKind::Identifier) => decoded(dialect, kind, text),
        (Dialect::Postgres, _) => text.to_ascii_lowercase(),
        _ => text.to_owned(),
    };
    if dialect == Dialect::Postgres {
        name.truncate(name.floor_char_boundary(POSTGRES_NAME));
    }
    name
}

/// What a string or a quoted name says; escapes of MySQL stay as they are.
pub(super) fn decoded(dialect: Dialect, kind: TokenKind, text: &str) -> String {
    if kind == TokenKind::DollarString {
        let tag = text.get(1..).and_then(|rest| rest.find('$')).map_or(text.len(), |at| at + 2);
        let body = text.get(tag..).unwrap_or_default();
        return body.strip_suffix(text.get(..tag).unwrap_or_default()).unwrap_or(body).to_owned();
    }
    let quoted = text.trim_start_matches(|letter: char| letter.is_ascii_alphabetic() || letter == '&');
    let mut inner = quoted.chars();
    let (Some(open), Some(close)) = (inner.next(), inner.next_back()) else { return text.to_owned() };
    if open == '[' {
        return inner.as_str().to_owned();
    }
    let plain = inner.as_str().replace(&format!("{close}{close}"), &close.to_string());
    match text.as_bytes() {
        [b'e' | b'E', ..] if dialect == Dialect::Postgres && quoted.len() < text.len() => unescaped(&plain),
        [b'u' | b'U', b'&', ..] if dialect == Dialect::Postgres => code_points(&plain),
        _ => plain,
    }
}

/// The text of an `E'…'` (PostgreSQL's manual, 4.1.2.2).
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text.chars();
    while let Some(letter) = rest.next() {
        if letter != '\\' {
            plain.push(letter);
            continue;
        }
        let digits = rest.as_str();
        let (skipped, radix, most) = match rest.next() {
            Some('x') => (1, 16, 2),
            Some('u') => (1, 16, 4),
            Some('U') => (1, 16, 8),
            Some('0'..='7') => (0, 8, 3),
            other => {
                plain.extend(other.map(control));
                continue;
            }
        };
        let (letter, left) = number(digits.get(skipped..).unwrap_or_default(), radix, most);
        plain.extend(letter);
        rest = left.chars();
    }
    plain
}

/// What a letter after a backslash stands for.
fn control(letter: char) -> char {
    match letter {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        other => other,
    }
}

/// The text of a `U&'…'` with the usual escape character (PostgreSQL's manual, 4.1.2.3).
fn code_points(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        plain.push_str(before);
        if let Some(after) = escape.strip_prefix('\\') {
            plain.push('\\');
            rest = after;
            continue;
        }
        let (digits, most) = escape.strip_prefix('+').map_or((escape, 4), |digits| (digits, 6));
        let (letter, left) = number(digits, 16, most);
        plain.extend(letter);
        rest = left;
    }
    plain.push_str(rest);
    plain
}

/// The character with the number at the start of the text, of so many digits at most, and what comes after it.
fn number(text: &str, radix: u32, most: usize) -> (Option<char>, &str) {
    let digits = text.chars().take(most).take_while(|digit| digit.is_digit(radix)).count();
    let (digits, rest) = text.split_at_checked(digits).unwrap_or((text, ""));
    (u32::from_str_radix(digits, radix).ok().and_then(char::from_u32), rest)
}
