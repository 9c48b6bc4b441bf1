//! Pieces of SQL of SQLite, without what stands around them and means nothing.

use servicekit_chain::Dialect;
use servicekit_chain::sql::{Token, TokenKind, closing, significant, without_parentheses};

/// A text without the space and the comments before and behind it.
///
/// ```
/// assert_eq!(servicekit_schema::stored::plain(" /* a */ b /* c */ d -- e"), "b /* c */ d");
/// ```
pub fn plain(text: &str) -> &str {
    let all = significant(Dialect::Sqlite, text);
    between(text, all.as_slice())
}

/// The part of a text that these of its tokens cover.
pub(super) fn between<'s>(text: &'s str, tokens: &[Token<'_>]) -> &'s str {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => text.get(first.start..last.end()).unwrap_or_default(),
        _ => "",
    }
}

/// What a block comment says, without the blanks that this program writes around it.
///
/// ```
/// assert_eq!(servicekit_schema::stored::comment_text(" /* it's */").as_deref(), Some("it's"));
/// assert_eq!(servicekit_schema::stored::comment_text("-- no"), None);
/// ```
pub fn comment_text(comment: &str) -> Option<String> {
    let inner = comment.trim().strip_prefix("/*")?.strip_suffix("*/")?;
    let apart = inner.strip_prefix(' ').and_then(|inner| inner.strip_suffix(' '));
    Some(apart.unwrap_or(inner).to_owned())
}

/// What is left of a clause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rest<'w, 't> {
    text: &'t str,
    rest: &'w [Token<'t>],
}

impl<'w, 't> Rest<'w, 't> {
    /// All tokens of this text.
    pub(super) fn new(text: &'t str, rest: &'w [Token<'t>]) -> Self {
        Self { text, rest }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Takes these keywords if they come next, one after the other.
    pub(super) fn take(&mut self, keywords: &[&str]) -> bool {
        let found = keywords.len() <= self.rest.len()
            && keywords.iter().zip(self.rest).all(|(keyword, word)| word.is(keyword));
        if found {
            self.rest = self.rest.get(keywords.len()..).unwrap_or_default();
        }
        found
    }

    pub(super) fn take_sign(&mut self, sign: &str) -> bool {
        match self.rest.split_first() {
            Some((first, rest)) if first.is_sign(sign) => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    /// Takes a name, which SQLite also takes in the quotes of a string.
    pub(super) fn name(&mut self) -> Option<String> {
        let (first, rest) = self.rest.split_first()?;
        if !first.is_name() && !is_plain_string(first) {
            return None;
        }
        self.rest = rest;
        Some(first.unquoted())
    }

    /// Takes what stands in parentheses, which come next.
    pub(super) fn inside(&mut self) -> Option<&'w [Token<'t>]> {
        if !self.rest.first()?.is_sign("(") {
            return None;
        }
        let close = closing(self.rest, 0)?;
        let inside = self.rest.get(1..close)?;
        self.rest = self.rest.get(close + 1..)?;
        Some(inside)
    }

    /// Takes an expression in parentheses.
    pub(super) fn expression(&mut self) -> Option<String> {
        let inside = without_parentheses(Dialect::Sqlite, between(self.text, self.inside()?));
        (!inside.is_empty()).then(|| inside.to_owned())
    }

    /// Where what is left begins, in bytes.
    pub(super) fn start(&self) -> usize {
        self.rest.first().map_or(self.text.len(), |first| first.start)
    }

    /// The text of what is left.
    pub(super) fn text(&self) -> &'t str {
        between(self.text, self.rest)
    }
}

/// Whether a token is a string without a prefix.
pub(super) fn is_plain_string(token: &Token<'_>) -> bool {
    token.kind == TokenKind::String && token.text.starts_with('\'') && token.closed
}
