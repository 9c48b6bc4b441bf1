//! What stands in quotes.

use crate::Dialect;
use crate::sql::{Backslash, LexicalMode, Token, TokenKind, significant};

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
    let words = significant(mode, sql);
    let value = without_quotes(value);
    // Strings side by side are one string, in MySQL with only blanks between them.
    let apart = |a: &Token<'_>, b: &Token<'_>| is_literal(dialect, a) && is_literal(dialect, b);
    words.chunk_by(apart).filter(|run| run.iter().any(|word| is_literal(dialect, word))).any(|run| {
        let hidden = run.iter().any(|word| may_hide(dialect, word) || escapes(mode, word));
        let said: String = run.iter().map(Token::unquoted).collect();
        hidden || without_quotes(&said).contains(&value)
    })
}

fn is_literal(dialect: Dialect, word: &Token<'_>) -> bool {
    // SQLite takes `"a"` for a string where no column has this name (quirks, 8).
    let identifier = dialect == Dialect::Sqlite && word.kind == TokenKind::Identifier;
    let number = dialect == Dialect::Mysql && word.kind == TokenKind::Number && may_hide(dialect, word);
    word.is_string() || identifier || number
}

/// Whether a string of PostgreSQL has escapes that take `standard_conforming_strings = off`.
fn escapes(mode: LexicalMode, word: &Token<'_>) -> bool {
    mode.dialect == Dialect::Postgres
        && mode.backslash == Backslash::Escape
        && word.kind == TokenKind::String
        && word.text.contains('\\')
}

/// Whether the text may be written in a way that does not show it.
fn may_hide(dialect: Dialect, word: &Token<'_>) -> bool {
    let prefix = word.text.as_bytes().first().map(u8::to_ascii_lowercase);
    let escapes = word.text.contains('\\');
    match (dialect, word.kind) {
        (Dialect::Mysql, TokenKind::String) => escapes || matches!(prefix, Some(b'x' | b'b')),
        (Dialect::Mysql, TokenKind::Number) => word.text.starts_with("0x") || word.text.starts_with("0b"),
        (Dialect::Postgres, TokenKind::String) if prefix != Some(b'\'') => escapes || prefix == Some(b'u'),
        // A body may hold an `E'…'`.
        (Dialect::Postgres, _) => escapes && word.unquoted().contains('\''),
        _ => false,
    }
}

/// The text without what quotes and escapes are made of, so that it can be found however deep it is quoted.
fn without_quotes(text: &str) -> String {
    text.replace(['\'', '"', '\\'], "")
}
