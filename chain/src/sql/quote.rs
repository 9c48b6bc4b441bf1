//! Names and texts in quotes, and out of them.

use super::{Backslash, Dialect, LexicalMode, Token, TokenKind};
use std::fmt::Write as _;

/// The longest name that PostgreSQL keeps; it cuts off the rest (manual, 4.1.1).
const POSTGRES_NAME: usize = 63;

/// A name in quotes.
///
/// ```
/// use servicekit_chain::sql::{Dialect, quote_name};
/// assert_eq!(quote_name(Dialect::Postgres, r#"a "b""#), r#""a ""b""""#);
/// assert_eq!(quote_name(Dialect::Mysql, "a`b"), "`a``b`");
/// ```
pub fn quote_name(dialect: Dialect, name: &str) -> String {
    if dialect == Dialect::Mysql { backquoted(name) } else { enclosed(name, '"') }
}

/// A name in backquotes, which MySQL and SQLite know.
///
/// SQLite takes what stands in double quotes for a string where no column has the name (quirks, 8), but never this.
pub fn backquoted(name: &str) -> String {
    enclosed(name, '`')
}

/// A text as a literal, which every [mode](LexicalMode::all) of the dialect reads as the same text.
///
/// It is meant for sessions that take what they are sent for UTF-8. PostgreSQL has no text with a NUL character in it.
///
/// ```
/// use servicekit_chain::sql::{Dialect, literal};
/// assert_eq!(literal(Dialect::Sqlite, r"it's C:\"), r"'it''s C:\'");
/// assert_eq!(literal(Dialect::Postgres, r"it's C:\"), r"E'it''s C:\\'");
/// assert_eq!(literal(Dialect::Mysql, r"C:\"), "_utf8mb4 X'433A5C'");
/// ```
pub fn literal(dialect: Dialect, text: &str) -> String {
    match dialect {
        // Up to the NUL is all that would be read of a text in quotes.
        Dialect::Sqlite if text.contains('\0') => {
            format!("CAST(X'{}' AS TEXT)", hexadecimal(text.as_bytes()))
        }
        // `E'…'` reads backslashes whatever `standard_conforming_strings` is (manual, 4.1.2.2).
        Dialect::Postgres if text.contains('\\') => {
            format!("E{}", enclosed(&text.replace('\\', "\\\\"), '\''))
        }
        // What a backslash means depends on `sql_mode`; hexadecimal digits do not.
        Dialect::Mysql if text.contains(['\\', '\0']) => introduced(text),
        _ => enclosed(text, '\''),
    }
}

/// As [`literal`], and also for a session of MySQL that takes what it is sent for something else than UTF-8.
///
/// It is compared byte by byte, whatever the character set and the collation of the column are: MySQL has none in common for a
/// column of `utf8mb4_unicode_ci` and an expression of the server's default, nor for a column without characters beyond U+FFFF
/// and a literal with one.
pub fn literal_in_any_session(dialect: Dialect, text: &str) -> String {
    if dialect == Dialect::Mysql && !is_the_same_in_any_session(text) {
        return format!("{} COLLATE utf8mb4_bin", introduced(text));
    }
    literal(dialect, text)
}

/// A name as a literal that is compared with those in the catalogue of a database as that compares names, in any session.
///
/// The catalogue of MySQL has no characters beyond U+FFFF, and no literal with one can be compared with its columns. No name has
/// one either, so that U+FFFD stands in its place, which is not found.
///
/// ```
/// use servicekit_chain::sql::{Dialect, catalogue_literal};
/// assert_eq!(catalogue_literal(Dialect::Mysql, "é"), "_utf8mb4 X'C3A9'");
/// assert_eq!(catalogue_literal(Dialect::Mysql, "\u{1f980}"), "_utf8mb4 X'EFBFBD'");
/// ```
pub fn catalogue_literal(dialect: Dialect, name: &str) -> String {
    if dialect == Dialect::Mysql && !is_the_same_in_any_session(name) {
        return introduced(&name.replace(|letter| letter > '\u{ffff}', "\u{fffd}"));
    }
    literal(dialect, name)
}

/// Whether a text in quotes is the same in every character set and mode of MySQL.
fn is_the_same_in_any_session(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || " _.,:;/()<>=+-#@".contains(c))
}

/// A literal of MySQL that says its character set.
fn introduced(text: &str) -> String {
    format!("_utf8mb4 X'{}'", hexadecimal(text.as_bytes()))
}

/// A text as one string without a prefix, where nothing else is taken, for sessions in this mode.
pub fn plain_string(mode: LexicalMode, text: &str) -> String {
    match mode.backslash {
        Backslash::Escape => enclosed(&text.replace('\\', "\\\\"), '\''),
        Backslash::Character => enclosed(text, '\''),
    }
}

/// Bytes as hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut digits, byte| {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02X}");
        digits
    })
}

/// The bytes of hexadecimal digits; `None` if they are something else.
///
/// ```
/// use servicekit_chain::sql::from_hexadecimal;
/// assert_eq!(from_hexadecimal("00fF"), Some(vec![0, 255]));
/// assert_eq!(from_hexadecimal("0"), None);
/// ```
pub fn from_hexadecimal(digits: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let byte = |&[high, low]: &[u8; 2]| Some(value(high)? * 16 + value(low)?);
    if rest.is_empty() { pairs.iter().map(byte).collect() } else { None }
}

/// A text between two quotes, with its own doubled.
fn enclosed(text: &str, quote: char) -> String {
    let doubled = text.replace(quote, [quote, quote].iter().collect::<String>().as_str());
    format!("{quote}{doubled}{quote}")
}

impl Token<'_> {
    /// What a string or a quoted name says, out of its quotes; escapes of MySQL stay as they are. Anything else, and what is
    /// never closed, as it is written.
    ///
    /// ```
    /// use servicekit_chain::sql::{Dialect, tokens};
    /// let said: Vec<String> = tokens(Dialect::Sqlite, "[a]`b``c`'d''e'f").map(|token| token.unquoted()).collect();
    /// assert_eq!(said, ["a", "b`c", "d'e", "f"]);
    /// ```
    pub fn unquoted(&self) -> String {
        match self.kind {
            TokenKind::String | TokenKind::Identifier if self.closed => unquote(self.text),
            TokenKind::DollarString if self.closed => {
                self.text.split('$').nth(1).map_or_else(String::new, |tag| {
                    let quote = tag.len() + 2;
                    self.text.get(quote..self.text.len() - quote).unwrap_or_default().to_owned()
                })
            }
            _ => self.text.to_owned(),
        }
    }

    /// Whether it says this, in any case, quoted or not.
    pub fn says(&self, text: &str) -> bool {
        if self.kind == TokenKind::Word { self.is(text) } else { self.unquoted().eq_ignore_ascii_case(text) }
    }

    /// The name that it is, folded and cut as the database does it.
    pub(super) fn name(&self, dialect: Dialect) -> String {
        let mut name = self.unquoted();
        if dialect == Dialect::Postgres {
            if self.kind == TokenKind::Word {
                name.make_ascii_lowercase();
            }
            name.truncate(name.floor_char_boundary(POSTGRES_NAME));
        }
        name
    }
}

/// What stands between quotes that are closed, whatever is before the first of them.
pub(super) fn unquote(text: &str) -> String {
    let quoted = text.trim_start_matches(|letter: char| letter.is_ascii_alphabetic() || letter == '&');
    let mut inner = quoted.chars();
    let (Some(open), Some(close)) = (inner.next(), inner.next_back()) else { return text.to_owned() };
    if open == '[' {
        return inner.as_str().to_owned();
    }
    let plain = inner.as_str().replace(&format!("{close}{close}"), &close.to_string());
    match text.as_bytes() {
        // Only PostgreSQL has tokens that begin with these.
        [b'e' | b'E', ..] => unescaped(&plain),
        [b'u' | b'U', b'&', ..] => code_points(&plain),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::significant;

    #[test]
    fn names_lose_their_quotes_and_nothing_else() {
        let texts = |sql| significant(Dialect::Sqlite, sql).iter().map(Token::unquoted).collect::<Vec<_>>();
        assert_eq!(
            texts("a /* b */ \"c\"\"d\" [e\"\"f] `g``h` 'i''j'"),
            ["a", "c\"d", "e\"\"f", "g`h", "i'j"]
        );
        assert_eq!(texts("\u{feff}COMMIT \"\" \"unclosed"), ["COMMIT", "", "\"unclosed"]);
        assert_eq!(texts("\""), ["\""]);
    }

    #[test]
    fn a_string_of_postgres_says_the_same_however_it_is_written() {
        let strings =
            ["'it''s'", r"E'it\'s'", r"E'\x69t\u0027s'", r"U&'i\0074''s'", "$$it's$$", "$a$it's$a$"];
        for string in strings {
            assert_eq!(significant(Dialect::Postgres, string)[0].unquoted(), "it's", "{string}");
        }
    }
}
