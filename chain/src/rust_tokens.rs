//! A small lexer for Rust source.
//!
//! The compiler's own lexer fails a macro on a broken literal and does not exist at all on the command line, so
//! revision files are read with this one. It accepts any text: the tokens tile the input, and what is broken
//! becomes a token too ([`TokenKind::Unterminated`], [`TokenKind::Unknown`]).

use std::ops::Range;

/// One token: what it is and which bytes of the text it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// The bytes it covers, at character boundaries, never empty.
    pub span: Range<usize>,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenKind {
    /// Blanks and line ends; also a byte order mark at the very start.
    Space,
    /// `// …` (without the line end), `/* … */` (nested ones included), or a `#!` line at the very start.
    Comment,
    /// `/// …` or `/** … */`: documents what follows.
    OuterDoc,
    /// `//! …` or `/*! … */`: documents what it stands in.
    InnerDoc,
    /// An identifier or keyword: `upgrade`, `pub`, `_`.
    Ident,
    /// A raw identifier, `r#` included: `r#type`.
    RawIdent,
    /// A lifetime or loop label, quote included: `'a`.
    Lifetime,
    /// `'x'`, quotes included.
    Char,
    /// `b'x'`.
    Byte,
    /// `"…"`, quotes included.
    String,
    /// `r"…"` or `r#"…"#`.
    RawString,
    /// `b"…"`.
    ByteString,
    /// `br"…"` or `br#"…"#`.
    RawByteString,
    /// `c"…"`.
    CString,
    /// `cr"…"` or `cr#"…"#`.
    RawCString,
    /// A number with its suffix: `1`, `0xff_u8`, `1.5e-3`.
    Number,
    /// One punctuation character, which is all that [`Token::span`] covers: `&&` is two tokens.
    Punct(char),
    /// Something opened that is never closed; it reaches to the end of the text (of the line for a `'`).
    Unterminated(Open),
    /// A character that starts no token.
    Unknown,
}

impl TokenKind {
    /// Whether the compiler ignores it: blanks and comments, but not documentation.
    pub const fn is_trivia(self) -> bool {
        matches!(self, Self::Space | Self::Comment)
    }

    /// Whether it is documentation.
    pub const fn is_doc(self) -> bool {
        matches!(self, Self::OuterDoc | Self::InnerDoc)
    }

    /// Whether it is a bracket that opens a group.
    pub(crate) const fn is_opening(self) -> bool {
        matches!(self, Self::Punct('(' | '[' | '{'))
    }

    /// Whether it is a bracket that closes a group.
    pub(crate) const fn is_closing(self) -> bool {
        matches!(self, Self::Punct(')' | ']' | '}'))
    }

    /// How many brackets are open after it, of so many before it.
    pub(crate) fn depth_after(self, depth: usize) -> usize {
        if self.is_closing() { depth.saturating_sub(1) } else { depth + usize::from(self.is_opening()) }
    }
}

/// What was opened and not closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Open {
    /// A string of any kind.
    String,
    /// A `'x'` or `b'x'`.
    Char,
    /// A `/*`.
    Comment,
}

/// Cuts Rust source into tokens that tile it.
///
/// ```
/// use servicekit_chain::rust_tokens::{TokenKind, tokens};
/// let text = "id: \"a\", // the first";
/// let kinds: Vec<_> = tokens(text).map(|token| token.kind).filter(|kind| !kind.is_trivia()).collect();
/// assert_eq!(
///     kinds,
///     [TokenKind::Ident, TokenKind::Punct(':'), TokenKind::String, TokenKind::Punct(',')]
/// );
/// ```
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, bytes: text.as_bytes(), at: 0 }
}

/// The tokens of a text; see [`tokens`].
#[derive(Debug, Clone)]
pub struct Tokens<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let start = self.at;
        let kind = self.lex();
        Some(Token { kind, span: start..self.at })
    }
}

/// Bytes that can stand inside an identifier or a number; those of non-ASCII characters are looked at closer.
const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// What the language reference calls whitespace, beyond ASCII.
const fn is_rust_space(character: char) -> bool {
    matches!(character, '\u{85}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}')
}

impl Tokens<'_> {
    /// The byte at `at`, or 0 past the end; 0 is in no token but `Unknown`, so both end whatever is read.
    fn byte(&self, at: usize) -> u8 {
        if at < self.bytes.len() { self.bytes[at] } else { 0 }
    }

    /// The character at `at`, which must not be ASCII.
    fn wide(&self, at: usize) -> Option<char> {
        self.text.get(at..).and_then(|rest| rest.chars().next())
    }

    fn lex(&mut self) -> TokenKind {
        let first = self.byte(self.at);
        match first {
            b' ' | 0x09..=0x0d => self.space(),
            b'/' if self.byte(self.at + 1) == b'/' => self.line_comment(),
            b'/' if self.byte(self.at + 1) == b'*' => self.block_comment(),
            b'#' if self.is_shebang() => {
                self.skip_line();
                TokenKind::Comment
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word_or_prefixed_literal(),
            b'0'..=b'9' => self.number(),
            b'"' => self.string(0, TokenKind::String),
            b'\'' => self.quote(),
            0x21..=0x7e => {
                self.at += 1;
                TokenKind::Punct(char::from(first))
            }
            0x80.. => self.non_ascii(),
            _ => {
                self.at += 1;
                TokenKind::Unknown
            }
        }
    }

    fn space(&mut self) -> TokenKind {
        loop {
            match self.byte(self.at) {
                b' ' | 0x09..=0x0d => self.at += 1,
                0x80.. => match self.wide(self.at) {
                    Some(character) if is_rust_space(character) => self.at += character.len_utf8(),
                    _ => return TokenKind::Space,
                },
                _ => return TokenKind::Space,
            }
        }
    }

    fn non_ascii(&mut self) -> TokenKind {
        let Some(character) = self.wide(self.at) else {
            // Not reached: tokens end at character boundaries. Going to the end keeps the tiling either way.
            self.at = self.bytes.len();
            return TokenKind::Unknown;
        };
        if is_rust_space(character) || (character == '\u{feff}' && self.at == 0) {
            self.at += character.len_utf8();
            return self.space();
        }
        if character.is_alphabetic() {
            self.word();
            return TokenKind::Ident;
        }
        self.at += character.len_utf8();
        TokenKind::Unknown
    }

    /// `#!` on the first line, unless it opens an inner attribute.
    fn is_shebang(&self) -> bool {
        let at_start = self.at == 0 || (self.at == 3 && self.text.starts_with('\u{feff}'));
        if !at_start || self.byte(self.at + 1) != b'!' {
            return false;
        }
        let after = Self { at: self.at + 2, ..*self };
        let next = after.map(|token| token.kind).find(|kind| !kind.is_trivia() && !kind.is_doc());
        next != Some(TokenKind::Punct('['))
    }

    fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
        self.at += length;
        // The `\r` of a CRLF belongs to the line end, so that a comment's text is the same with both.
        if length > 0 && self.byte(self.at) == b'\n' && self.byte(self.at - 1) == b'\r' {
            self.at -= 1;
        }
    }

    fn line_comment(&mut self) -> TokenKind {
        let kind = match (self.byte(self.at + 2), self.byte(self.at + 3)) {
            (b'!', _) => TokenKind::InnerDoc,
            (b'/', b'/') => TokenKind::Comment,
            (b'/', _) => TokenKind::OuterDoc,
            _ => TokenKind::Comment,
        };
        self.skip_line();
        kind
    }

    fn block_comment(&mut self) -> TokenKind {
        let kind = match (self.byte(self.at + 2), self.byte(self.at + 3)) {
            (b'!', _) => TokenKind::InnerDoc,
            (b'*', b'*' | b'/') => TokenKind::Comment,
            (b'*', _) => TokenKind::OuterDoc,
            _ => TokenKind::Comment,
        };
        self.at += 2;
        let mut depth = 1_usize;
        while self.at < self.bytes.len() {
            match (self.byte(self.at), self.byte(self.at + 1)) {
                (b'/', b'*') => {
                    depth += 1;
                    self.at += 2;
                }
                (b'*', b'/') => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return kind;
                    }
                }
                _ => self.at += 1,
            }
        }
        TokenKind::Unterminated(Open::Comment)
    }

    /// Reads on to the end of the word at the current place.
    fn word(&mut self) {
        loop {
            let byte = self.byte(self.at);
            if is_word(byte) {
                self.at += 1;
            } else if byte >= 0x80 {
                match self.wide(self.at) {
                    Some(character) if character.is_alphanumeric() => self.at += character.len_utf8(),
                    _ => return,
                }
            } else {
                return;
            }
        }
    }

    /// Whether a word can start at `at`.
    fn starts_word(&self, at: usize) -> bool {
        let byte = self.byte(at);
        byte.is_ascii_alphabetic()
            || byte == b'_'
            || (byte >= 0x80 && self.wide(at).is_some_and(char::is_alphabetic))
    }

    fn word_or_prefixed_literal(&mut self) -> TokenKind {
        let (first, second, third) = (self.byte(self.at), self.byte(self.at + 1), self.byte(self.at + 2));
        let literal = match (first, second, third) {
            (b'b', b'\'', _) => return self.character(1, TokenKind::Byte),
            (b'b', b'"', _) => return self.string(1, TokenKind::ByteString),
            (b'c', b'"', _) => return self.string(1, TokenKind::CString),
            (b'r', b'#', _) if self.starts_word(self.at + 2) => {
                self.at += 2;
                self.word();
                return TokenKind::RawIdent;
            }
            (b'r', b'"' | b'#', _) => self.raw_string(1, TokenKind::RawString),
            (b'b', b'r', b'"' | b'#') => self.raw_string(2, TokenKind::RawByteString),
            (b'c', b'r', b'"' | b'#') => self.raw_string(2, TokenKind::RawCString),
            _ => None,
        };
        literal.unwrap_or_else(|| {
            self.word();
            TokenKind::Ident
        })
    }

    /// Steps over the closing quote and what belongs to the literal behind it.
    fn closed(&mut self, kind: TokenKind) -> TokenKind {
        self.at += 1;
        self.suffix();
        kind
    }

    /// A word that touches a literal belongs to it, as in `"a"r#"b"#`, which is `"a"r`, `#` and `"b"#…`: the compiler refuses such
    /// a literal, but macros may be given one (reference, "Tokens", suffixes).
    fn suffix(&mut self) {
        if self.starts_word(self.at) {
            self.word();
        }
    }

    /// A string whose opening quote stands `prefix` bytes ahead.
    fn string(&mut self, prefix: usize, kind: TokenKind) -> TokenKind {
        self.at += prefix + 1;
        while self.at < self.bytes.len() {
            match self.byte(self.at) {
                b'"' => return self.closed(kind),
                b'\\' if self.at + 1 < self.bytes.len() => self.skip_escaped(),
                _ => self.at += 1,
            }
        }
        TokenKind::Unterminated(Open::String)
    }

    /// Steps over a backslash and the whole character after it, for which a CRLF counts.
    fn skip_escaped(&mut self) {
        self.at += 1;
        self.at += match self.byte(self.at) {
            b'\r' if self.byte(self.at + 1) == b'\n' => 2,
            0x80.. => self.wide(self.at).map_or(1, char::len_utf8),
            _ => 1,
        };
    }

    /// A raw string whose hashes start `prefix` bytes ahead; `None` (and nothing read) when no quote follows them.
    fn raw_string(&mut self, prefix: usize, kind: TokenKind) -> Option<TokenKind> {
        let opening = self.at + prefix;
        let mut quote = opening;
        while self.byte(quote) == b'#' {
            quote += 1;
        }
        if self.byte(quote) != b'"' {
            return None;
        }
        let hashes = quote - opening;
        self.at = quote + 1;
        while self.at < self.bytes.len() {
            self.at += 1;
            if self.byte(self.at - 1) != b'"' {
                continue;
            }
            let end = self.at + hashes;
            while self.at < end && self.byte(self.at) == b'#' {
                self.at += 1;
            }
            if self.at == end {
                self.suffix();
                return Some(kind);
            }
        }
        Some(TokenKind::Unterminated(Open::String))
    }

    /// A lifetime, a label or a character: `'a` or `'a'`.
    fn quote(&mut self) -> TokenKind {
        let raw = self.byte(self.at + 1) == b'r' && self.byte(self.at + 2) == b'#';
        let name = if raw && self.starts_word(self.at + 3) { self.at + 3 } else { self.at + 1 };
        if !self.starts_word(name) {
            return self.character(0, TokenKind::Char);
        }
        self.at = name;
        self.word();
        if self.byte(self.at) == b'\'' {
            return self.closed(TokenKind::Char);
        }
        TokenKind::Lifetime
    }

    /// A character literal whose quote stands `prefix` bytes ahead.
    fn character(&mut self, prefix: usize, kind: TokenKind) -> TokenKind {
        self.at += prefix + 1;
        // One character may be anything, also a line end or a quote that another quote follows.
        if self.byte(self.at) != b'\\' {
            let crlf = self.byte(self.at) == b'\r' && self.byte(self.at + 1) == b'\n';
            let length = if crlf { 2 } else { self.wide(self.at).map_or(0, char::len_utf8) };
            if length > 0 && self.byte(self.at + length) == b'\'' {
                self.at += length;
                return self.closed(kind);
            }
        }
        while self.at < self.bytes.len() {
            match self.byte(self.at) {
                b'\'' => return self.closed(kind),
                b'\n' => break,
                b'\r' if self.byte(self.at + 1) == b'\n' => break,
                b'\\' if self.at + 1 < self.bytes.len() => self.skip_escaped(),
                _ => self.at += 1,
            }
        }
        TokenKind::Unterminated(Open::Char)
    }

    /// As the compiler does: digits, what makes it a float, and at last a suffix, which has no say in that.
    fn number(&mut self) -> TokenKind {
        match (self.byte(self.at), self.byte(self.at + 1)) {
            (b'0', b'x') => self.digits(2, u8::is_ascii_hexdigit),
            (b'0', b'b' | b'o') => self.digits(2, u8::is_ascii_digit),
            _ => self.decimal(),
        }
        self.suffix();
        TokenKind::Number
    }

    fn decimal(&mut self) {
        self.digits(0, u8::is_ascii_digit);
        // `1..2` is a range and `1.max(2)` a call.
        if self.byte(self.at) == b'.' && self.byte(self.at + 1) != b'.' && !self.starts_word(self.at + 1) {
            self.digits(1, u8::is_ascii_digit);
        }
        if matches!(self.byte(self.at), b'e' | b'E') {
            let sign = usize::from(matches!(self.byte(self.at + 1), b'+' | b'-'));
            let digits = self.bytes.get(self.at + 1 + sign..).unwrap_or_default();
            if digits.iter().find(|digit| **digit != b'_').is_some_and(u8::is_ascii_digit) {
                self.digits(1 + sign, u8::is_ascii_digit);
            }
        }
    }

    /// Steps over some bytes, and over the digits behind them.
    fn digits(&mut self, ahead: usize, is_digit: fn(&u8) -> bool) {
        self.at += ahead;
        while self.byte(self.at) == b'_' || is_digit(&self.byte(self.at)) {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests;
