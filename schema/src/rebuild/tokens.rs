//! Tokens of SQLite with their texts.

use servicekit_chain::Dialect;
use servicekit_chain::sql::{TokenKind, tokens};

/// A token with its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TokenText<'t> {
    kind: TokenKind,
    pub(super) text: &'t str,
}

impl TokenText<'_> {
    pub(super) fn is_trivia(&self) -> bool {
        self.kind.is_trivia()
    }

    pub(super) fn is_space(&self) -> bool {
        self.kind == TokenKind::Space
    }

    /// Whether it is a word without quotes.
    pub(super) fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Whether it can be a name.
    fn is_name(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Identifier)
    }
}

/// All tokens of a text.
pub(super) fn texts(sql: &str) -> Vec<TokenText<'_>> {
    tokens(Dialect::Sqlite, sql)
        .map(|token| TokenText { kind: token.kind, text: sql.get(token.span).unwrap_or_default() })
        .collect()
}

/// Whether a token is this word, without quotes.
pub(super) fn is_word(token: &TokenText<'_>, word: &str) -> bool {
    token.is_word() && token.text.eq_ignore_ascii_case(word)
}

/// A name without its quotes, of which SQLite knows four kinds: <https://www.sqlite.org/lang_keywords.html>.
pub(super) fn name_of(text: &str) -> String {
    let unquote = |open: char, close: char| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        Some(inner.replace(&format!("{close}{close}"), &close.to_string()))
    };
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']').map(str::to_owned);
    unquote('"', '"')
        .or_else(|| unquote('`', '`'))
        .or_else(|| unquote('\'', '\''))
        .or_else(bracketed)
        .unwrap_or_else(|| text.to_owned())
}

/// Whether a text names this, in whatever quotes.
pub(super) fn mentions(sql: &str, name: &str) -> bool {
    texts(sql).iter().any(|token| token.is_name() && name_of(token.text).eq_ignore_ascii_case(name))
}

/// Whether a trigger is for updates of this column, which need not be there.
pub(super) fn is_for_updates_of(trigger: &str, column: &str) -> bool {
    let all = texts(trigger);
    let mut significant = all.iter().filter(|token| !token.is_trivia());
    let begins = significant
        .by_ref()
        .take_while(|token| !is_word(token, "BEGIN"))
        .any(|token| is_word(token, "UPDATE"));
    begins
        && significant.next().is_some_and(|token| is_word(token, "OF"))
        && significant
            .take_while(|token| !is_word(token, "ON"))
            .any(|token| token.is_name() && name_of(token.text).eq_ignore_ascii_case(column))
}

/// Whether a text names this in double quotes, which SQLite takes for a string when there is no such column
/// (<https://www.sqlite.org/quirks.html#dblquote>): it would not say that the column is missed.
pub(super) fn mentions_in_double_quotes(sql: &str, name: &str) -> bool {
    texts(sql)
        .iter()
        .any(|token| token.text.starts_with('"') && name_of(token.text).eq_ignore_ascii_case(name))
}
