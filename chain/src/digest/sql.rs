//! The stream of an SQL file; [`crate::digest`] says what it is.

use super::{Digest, END, LINE, LIST, SAME, push_text};
use crate::sql::{TokenKind, tokens};
use crate::{Dialect, Direction};

/// One section of an SQL file.
#[derive(Debug, Clone, Copy)]
pub struct DigestSection<'t> {
    /// Which side of the revision it is.
    pub direction: Direction,
    /// The dialects it is for; empty when it serves all that have none of their own.
    pub dialects: &'t [Dialect],
    /// Its SQL.
    pub sql: &'t str,
}

/// The digest of an SQL file: of its statements, whatever its comments, layout and header are.
///
/// `transaction` is false for a file with `transaction off`. The order of the sections does not matter.
///
/// ```
/// use servicekit_chain::Direction;
/// use servicekit_chain::digest::{DigestSection, digest_sql};
/// let digest = |sql| digest_sql(true, [DigestSection { direction: Direction::Upgrade, dialects: &[], sql }]);
/// let before = digest("CREATE TABLE a (x int, y int);");
/// assert_eq!(before, digest("-- y is new\nCREATE TABLE a (\n  x int,\n  y int\n)\n"));
/// assert_ne!(before, digest("CREATE TABLE a (x int, y text);"));
/// ```
pub fn digest_sql<'t>(transaction: bool, sections: impl IntoIterator<Item = DigestSection<'t>>) -> Digest {
    let mut stream = Vec::with_capacity(512);
    push_name(&mut stream, "sql 1");
    if !transaction {
        push_name(&mut stream, "transaction off");
    }
    stream.push(LIST);
    let mut sections: Vec<_> = sections.into_iter().collect();
    // Most files have their sections in this order already, and then this moves nothing.
    sections.sort_by_key(|section| {
        let unnamed = Dialect::ALL.map(|dialect| !section.dialects.contains(&dialect));
        (section.direction == Direction::Downgrade, unnamed)
    });
    for section in sections {
        push_section(&mut stream, section);
    }
    Digest::from_stream(&stream)
}

fn push_name(stream: &mut Vec<u8>, name: &str) {
    stream.extend_from_slice(name.as_bytes());
    stream.push(END);
}

fn push_section(stream: &mut Vec<u8>, section: DigestSection<'_>) {
    push_name(stream, section.direction.name());
    let named = Dialect::ALL.into_iter().filter(|dialect| section.dialects.contains(dialect));
    for dialect in named.clone() {
        push_name(stream, dialect.name());
    }
    stream.push(LIST);
    if section.dialects.is_empty() {
        push_lists(stream, section.sql, Dialect::ALL.into_iter());
    } else {
        push_lists(stream, section.sql, named);
    }
}

fn push_lists(stream: &mut Vec<u8>, sql: &str, mut dialects: impl Iterator<Item = Dialect>) {
    let Some(first) = dialects.next() else { return };
    let start = stream.len();
    let undisputed = push_tokens(stream, sql, first);
    let end = stream.len();
    for dialect in dialects {
        if undisputed {
            stream.push(SAME);
            continue;
        }
        let list = stream.len();
        push_tokens(stream, sql, dialect);
        if stream.get(start..end) == stream.get(list..) {
            stream.truncate(list);
            stream.push(SAME);
        }
    }
}

/// Adds the tokens of a text; says whether every dialect is sure to read the same ones.
fn push_tokens(stream: &mut Vec<u8>, sql: &str, dialect: Dialect) -> bool {
    let bytes = sql.as_bytes();
    let mut undisputed = true;
    let mut semicolon = false;
    // Whether the last token that counts is a string in single quotes, and where it ends.
    let mut last: Option<(bool, usize)> = None;
    let mut tokens = tokens(dialect, sql);
    let mut start = 0;
    while let Some(kind) = tokens.advance() {
        let end = tokens.at();
        let text = &bytes[start..end];
        undisputed = undisputed && is_undisputed(kind, text, &bytes[end..]);
        match kind {
            TokenKind::Space | TokenKind::Comment | TokenKind::Directive => {}
            _ if is_terminator(kind, text) => semicolon = true,
            _ => {
                let is_string = kind == TokenKind::String && !text.starts_with(b"\"");
                match last {
                    None => {}
                    Some(_) if semicolon => stream.extend_from_slice(&[END, b';', END]),
                    Some((true, last_end)) if is_string => {
                        stream.push(mark_between_strings(&bytes[last_end..start]));
                    }
                    Some(_) => stream.push(END),
                }
                push_text(stream, text);
                semicolon = false;
                last = Some((is_string, end));
            }
        }
        start = end;
    }
    if last.is_some() {
        stream.push(END);
    }
    stream.push(LIST);
    undisputed
}

/// Whether the token stands between statements, or between those in a body.
fn is_terminator(kind: TokenKind, text: &[u8]) -> bool {
    match kind {
        TokenKind::Semicolon | TokenKind::Delimiter => true,
        TokenKind::Punctuation => text == b";",
        _ => false,
    }
}

/// Strings on two lines are one string for PostgreSQL, strings on one line are an error or something else.
fn mark_between_strings(between: &[u8]) -> u8 {
    if between.contains(&b'\n') || between.contains(&b'\r') { LINE } else { END }
}

/// Whether the other dialects would read this token as well, given that they agree on all before it.
///
/// `false` for one on which they do agree costs time, `true` for one on which they do not would hide edits.
fn is_undisputed(kind: TokenKind, text: &[u8], following: &[u8]) -> bool {
    match kind {
        TokenKind::Space | TokenKind::Semicolon => true,
        // A prefix of strings or of PostgreSQL's U&"…", and the word that MySQL's client takes.
        TokenKind::Word => match text.len() {
            1 => !matches!(following, [b'\'' | b'&', ..]),
            9 => !text.eq_ignore_ascii_case(b"DELIMITER"),
            _ => true,
        },
        TokenKind::Punctuation => !matches!(text, b":" | b"["),
        TokenKind::Comment => is_undisputed_comment(text, following),
        TokenKind::String => text.starts_with(b"'") && !text.contains(&b'\\'),
        TokenKind::Identifier => text.starts_with(b"\"") && !text.contains(&b'\\'),
        TokenKind::Number => !text.contains(&b'$'),
        TokenKind::Operator => !text.iter().any(|byte| matches!(byte, b'@' | b'#' | b'?' | b'`')),
        TokenKind::DollarString
        | TokenKind::Variable
        | TokenKind::Hint
        | TokenKind::ExecutableStart
        | TokenKind::ExecutableEnd
        | TokenKind::Delimiter
        | TokenKind::Directive
        | TokenKind::Other => false,
    }
}

fn is_undisputed_comment(text: &[u8], following: &[u8]) -> bool {
    match text {
        [b'-', b'-', rest @ ..] => {
            // MySQL wants a blank after the dashes, and PostgreSQL alone ends the comment at a lone carriage return.
            let lone_return =
                rest.contains(&b'\r') || (following.starts_with(b"\r") && !following.starts_with(b"\r\n"));
            !lone_return && rest.first().is_none_or(|&byte| byte == b' ' || byte.is_ascii_control())
        }
        [b'/', b'*', inside @ .., b'/'] => {
            // Nested, executable and hint comments.
            !inside.contains(&b'/') && !matches!(inside, [b'!' | b'+', ..] | [b'M', b'!', ..])
        }
        _ => false,
    }
}
