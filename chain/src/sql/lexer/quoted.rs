//! Strings and quoted identifiers.

use super::Tokens;
use crate::Dialect;
use crate::sql::{Backslash, DoubleQuotes, TokenKind};

/// Whether a `'` would continue the `E'…'` before it and share its escapes, which takes a line break and nothing
/// but blanks and `--` comments between the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Continuation {
    No,
    BeforeLineBreak,
    AfterLineBreak,
}

impl Tokens<'_> {
    /// A string of a dialect in which a backslash is no escape by default.
    pub(super) fn plain_string(&mut self) -> TokenKind {
        if self.continuation == Continuation::AfterLineBreak {
            return self.escape_string();
        }
        self.quoted(self.mode.backslash, TokenKind::String)
    }

    /// What stands in single or double quotes in MySQL.
    pub(super) fn mysql_string(&mut self, quote: u8) -> TokenKind {
        if quote == b'"' && self.mode.double_quotes == DoubleQuotes::Identifier {
            return self.quoted(Backslash::Character, TokenKind::Identifier);
        }
        self.quoted(self.mode.backslash, TokenKind::String)
    }

    /// A string in which a backslash escapes.
    pub(super) fn escape_string(&mut self) -> TokenKind {
        let kind = self.quoted(Backslash::Escape, TokenKind::String);
        if self.dialect == Dialect::Postgres {
            self.continuation = Continuation::BeforeLineBreak;
        }
        kind
    }

    /// A string whose prefix, the letter `letter`, was just read; `None` when the letter is a word of its own.
    pub(super) fn prefixed_string(&mut self, letter: u8) -> Option<TokenKind> {
        let unicode = self.byte(self.at) == b'&';
        let quote = self.byte(self.at + usize::from(unicode));
        if unicode {
            if self.dialect != Dialect::Postgres || !matches!(quote, b'\'' | b'"') {
                return None;
            }
            self.at += 1;
            let kind = if quote == b'"' { TokenKind::Identifier } else { TokenKind::String };
            return Some(self.quoted(Backslash::Character, kind));
        }
        let backslash = match (self.dialect, letter.to_ascii_lowercase()) {
            (Dialect::Postgres, b'e') => return Some(self.escape_string()),
            (Dialect::Mysql | Dialect::Postgres, b'n') => self.mode.backslash,
            (_, b'x') | (Dialect::Postgres | Dialect::Mysql, b'b') => Backslash::Character,
            _ => return None,
        };
        Some(self.quoted(backslash, TokenKind::String))
    }

    /// Reads from the quote at the current place to its like; a doubled quote stands for itself.
    pub(super) fn quoted(&mut self, backslash: Backslash, kind: TokenKind) -> TokenKind {
        let quote = self.byte(self.at);
        let escapes = backslash == Backslash::Escape;
        let mut at = self.at + 1;
        while at < self.bytes.len() {
            let byte = self.bytes[at];
            at += 1;
            if byte == quote {
                if self.byte(at) != quote {
                    self.at = at;
                    return kind;
                }
                at += 1;
            } else if escapes && byte == b'\\' {
                // The bytes after the first of a longer character are neither quote nor backslash.
                at += 1;
            }
        }
        self.unclosed(kind)
    }

    /// `[…]`, in which nothing escapes.
    pub(super) fn bracketed(&mut self) -> TokenKind {
        while self.at < self.bytes.len() {
            self.at += 1;
            if self.bytes[self.at - 1] == b']' {
                return TokenKind::Identifier;
            }
        }
        self.unclosed(TokenKind::Identifier)
    }

    /// `$$…$$` or `$tag$…$tag$`, or a parameter such as `$1`.
    pub(super) fn dollar(&mut self) -> TokenKind {
        let start = self.at;
        self.at += 1;
        if self.byte(self.at).is_ascii_digit() {
            while self.byte(self.at).is_ascii_digit() {
                self.at += 1;
            }
            return TokenKind::Variable;
        }
        while matches!(self.byte(self.at), b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'0'..=b'9' | 0x80..) {
            self.at += 1;
        }
        if self.byte(self.at) != b'$' {
            // The name goes with it, so that no byte is looked at again.
            return TokenKind::Other;
        }
        self.at += 1;
        let tag = &self.bytes[start..self.at];
        while self.at < self.bytes.len() {
            // A tag holds no `$` but its first and last byte, so that this compares each byte once.
            if self.bytes[self.at] == b'$' && self.bytes[self.at..].starts_with(tag) {
                self.at += tag.len();
                return TokenKind::DollarString;
            }
            self.at += 1;
        }
        self.unclosed(TokenKind::DollarString)
    }

    /// Takes the rest of the text as a token that is not closed.
    pub(super) fn unclosed(&mut self, kind: TokenKind) -> TokenKind {
        self.at = self.bytes.len();
        self.closed = false;
        kind
    }

    /// Keeps track of whether the next `'` continues an `E'…'`.
    pub(super) fn note_continuation(&mut self, kind: TokenKind, start: usize) {
        match kind {
            TokenKind::Space => {
                let space = &self.bytes[start..self.at];
                if space.contains(&b'\n') || space.contains(&b'\r') {
                    self.continuation = Continuation::AfterLineBreak;
                }
            }
            TokenKind::Comment if self.byte(start) == b'-' => {}
            // Just set by the string itself.
            TokenKind::String if self.continuation == Continuation::BeforeLineBreak => {}
            _ => self.continuation = Continuation::No,
        }
    }
}
