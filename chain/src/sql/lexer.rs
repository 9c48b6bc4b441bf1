//! SQL tokens, lexed as each database does it.
//!
//! The lexer accepts any text and its tokens tile the input. Where the databases disagree it follows the one
//! that is asked for, with its default settings unless it is given a [`LexicalMode`]:
//!
//! | | SQLite | PostgreSQL | MySQL, MariaDB |
//! |---|---|---|---|
//! | backslash in a string | a character | a character, an escape in `E'…'` | an escape |
//! | `"…"` | identifier | identifier | string |
//! | `` `…` `` | identifier | operator characters | identifier |
//! | `[…]` | identifier | punctuation | punctuation |
//! | `$…` | variable | dollar quote, parameter | identifier character |
//! | `#` | variable | operator character | comment to the end of the line |
//! | `--` | comment | comment, ends at a lone `\r` too | comment when a blank or control character follows |
//! | `/* /* */ */` | ends at the first `*/` | nested | ends at the first `*/` |
//! | `/*! … */`, `/*M! … */` | comment | comment | lexed, because it is executed |
//! | `/*+ … */` | comment | comment | optimizer hint |
//!
//! `\restrict` and `\unrestrict` on lines of their own, which `pg_dump` frames its dumps with for psql, are comments in
//! PostgreSQL. `DELIMITER` is not SQL but a line for MySQL's client; it is understood because scripts with stored programs
//! are full of it.

mod comment;
mod lead;
mod quoted;

use super::{Backslash, Dialect, DoubleQuotes, LexicalMode, Token, TokenKind};
use lead::{Lead, Leads};
use quoted::Continuation;

/// Cuts SQL into tokens that tile it.
///
/// ```
/// use servicekit_chain::sql::{Dialect, TokenKind, tokens};
/// let last = tokens(Dialect::Postgres, "SELECT $$it's$$").last().map(|token| (token.kind, token.text));
/// assert_eq!(last, Some((TokenKind::DollarString, "$$it's$$")));
/// ```
pub fn tokens(mode: impl Into<LexicalMode>, sql: &str) -> Tokens<'_> {
    let mode = mode.into();
    let dialect = mode.dialect;
    Tokens {
        dialect,
        mode,
        leads: lead::leads(dialect),
        text: sql,
        bytes: sql.as_bytes(),
        at: 0,
        closed: true,
        delimiter: None,
        limit: sql.len(),
        statement_started: false,
        executable: 0,
        signs_end: 0,
        continuation: Continuation::No,
    }
}

/// The tokens of a text; see [`tokens`].
#[derive(Debug, Clone)]
pub struct Tokens<'t> {
    dialect: Dialect,
    mode: LexicalMode,
    leads: &'static Leads,
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// Whether the token being read is closed.
    closed: bool,
    /// What ends statements instead of `;`.
    delimiter: Option<&'t [u8]>,
    /// Where the next delimiter stands if one was set, else the end: nothing without quotes reaches over it.
    limit: usize,
    /// Whether a token that counts was seen since the last end of a statement; kept for MySQL only.
    statement_started: bool,
    /// How many executable comments are open.
    executable: u32,
    /// Up to where the signs after an operator are operators of their own.
    signs_end: usize,
    continuation: Continuation,
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let start = self.at;
        let kind = self.advance()?;
        let text = self.text.get(start..self.at).unwrap_or_default();
        Some(Token { kind, text, start, closed: self.closed })
    }
}

/// Which bytes can stand in a word after its first; every byte of a character beyond ASCII can.
static WORD: [bool; 256] = {
    let mut word = [false; 256];
    let mut byte = 0_u8;
    loop {
        word[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80;
        if byte == u8::MAX {
            break word;
        }
        byte += 1;
    }
};

impl<'t> Tokens<'t> {
    /// Reads one token, which reaches from where [`Self::at`] was to where it is then.
    pub(crate) fn advance(&mut self) -> Option<TokenKind> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let start = self.at;
        self.closed = true;
        let kind = self.lex();
        if self.continuation != Continuation::No {
            self.note_continuation(kind, start);
        }
        if self.dialect == Dialect::Mysql {
            match kind {
                TokenKind::Space | TokenKind::Comment => {}
                TokenKind::Semicolon | TokenKind::Delimiter | TokenKind::Directive => {
                    self.statement_started = false;
                }
                _ => self.statement_started = true,
            }
        }
        Some(kind)
    }

    /// Goes on in another mode of the same dialect.
    pub(crate) fn set_mode(&mut self, mode: LexicalMode) {
        self.mode = mode;
    }

    /// How far the text has been read.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The byte at `at`, or 0 past the end; 0 is in no token but `Other`, so it ends whatever is read.
    fn byte(&self, at: usize) -> u8 {
        if at < self.bytes.len() { self.bytes[at] } else { 0 }
    }

    /// The byte at `at`, or 0 from the next delimiter on: for what stands without quotes.
    fn bare(&self, at: usize) -> u8 {
        if at < self.limit { self.byte(at) } else { 0 }
    }

    fn lex(&mut self) -> TokenKind {
        if let Some(delimiter) = self.delimiter {
            if self.limit < self.at {
                self.find_delimiter(delimiter);
            }
            if self.limit == self.at {
                self.at += delimiter.len();
                self.executable = 0;
                return TokenKind::Delimiter;
            }
        }
        let first = self.byte(self.at);
        match self.leads[usize::from(first)] {
            Lead::Space => self.space(),
            Lead::Word => self.word_or_string(first),
            Lead::Digit => self.number(),
            Lead::Dot if self.byte(self.at + 1).is_ascii_digit() && !self.follows_name() => self.number(),
            Lead::Dot | Lead::Punctuation => self.single(TokenKind::Punctuation),
            Lead::Semicolon if self.delimiter.is_some() || self.executable > 0 => {
                self.single(TokenKind::Punctuation)
            }
            Lead::Semicolon => self.single(TokenKind::Semicolon),
            Lead::String => self.plain_string(),
            Lead::EscapeString => self.mysql_string(first),
            Lead::Identifier => self.quoted(Backslash::Character, TokenKind::Identifier),
            Lead::Bracket => self.bracketed(),
            Lead::Slash if self.opens_comment(self.at) => self.block_comment(),
            Lead::Dash if self.opens_comment(self.at) => self.line_comment(),
            Lead::Hash => self.line_comment(),
            Lead::Star if self.closes_executable(self.at) => {
                self.executable -= 1;
                self.at += 2;
                TokenKind::ExecutableEnd
            }
            Lead::Operator | Lead::Dash | Lead::Slash | Lead::Star => self.operator(),
            Lead::Colon => self.colon(),
            Lead::Dollar => self.dollar(),
            Lead::Variable if self.dialect == Dialect::Mysql => self.mysql_variable(first),
            Lead::Variable => self.sqlite_variable(first),
            Lead::Other if first == b'\\' && self.frames_dump() => self.line_comment(),
            Lead::Other => self.single(TokenKind::Other),
        }
    }

    fn single(&mut self, kind: TokenKind) -> TokenKind {
        self.at += 1;
        kind
    }

    fn space(&mut self) -> TokenKind {
        let mut at = self.at;
        while at < self.bytes.len() && matches!(self.bytes[at], b' ' | 0x09..=0x0d) {
            at += 1;
        }
        self.at = at;
        TokenKind::Space
    }

    fn set_delimiter(&mut self, delimiter: Option<&'t [u8]>) {
        self.delimiter = delimiter;
        match delimiter {
            Some(delimiter) => self.find_delimiter(delimiter),
            None => self.limit = self.bytes.len(),
        }
    }

    /// Looks for the next delimiter from the current place on.
    fn find_delimiter(&mut self, delimiter: &[u8]) {
        let rest = &self.bytes[self.at..];
        let found = rest.windows(delimiter.len()).position(|window| window == delimiter);
        self.limit = found.map_or(self.bytes.len(), |found| self.at + found);
    }

    /// Moves to the end of the word at the current place.
    fn word(&mut self) {
        let mut at = self.at;
        while at < self.limit && WORD[usize::from(self.bytes[at])] {
            at += 1;
        }
        self.at = at;
    }

    fn word_or_string(&mut self, first: u8) -> TokenKind {
        let start = self.at;
        if start == 0 && self.text.starts_with('\u{feff}') {
            self.at += '\u{feff}'.len_utf8();
            return self.space();
        }
        self.word();
        if self.at == start + 1
            && matches!(self.byte(self.at), b'\'' | b'&')
            && let Some(kind) = self.prefixed_string(first)
        {
            return kind;
        }
        if self.dialect == Dialect::Mysql && self.is_directive(start) {
            return self.directive();
        }
        TokenKind::Word
    }

    /// Whether a `.` at the current place comes directly after a name, as in `a.5`.
    fn follows_name(&self) -> bool {
        self.at > 0
            && (WORD[usize::from(self.byte(self.at - 1))]
                || matches!(self.byte(self.at - 1), b'"' | b'`' | b']'))
    }

    fn number(&mut self) -> TokenKind {
        let start = self.at;
        let hexadecimal = matches!(self.bare(start + 1), b'x' | b'X');
        loop {
            let byte = self.bare(self.at);
            let continues = match byte {
                // A dollar quote may stand right after a number.
                b'$' => self.dialect != Dialect::Postgres,
                // Two dots are a range.
                b'.' => self.bare(self.at + 1) != b'.',
                b'+' | b'-' => {
                    !hexadecimal
                        && matches!(self.byte(self.at - 1), b'e' | b'E')
                        && self.bare(self.at + 1).is_ascii_digit()
                }
                _ => WORD[usize::from(byte)],
            };
            if !continues {
                return TokenKind::Number;
            }
            self.at += 1;
        }
    }

    fn operator(&mut self) -> TokenKind {
        let start = self.at;
        if start < self.signs_end {
            return self.single(TokenKind::Operator);
        }
        let mut keeps_signs = false;
        loop {
            let byte = self.bare(self.at);
            let ends = self.opens_comment(self.at) || self.closes_executable(self.at);
            if !self.leads[usize::from(byte)].is_operator() || (ends && self.at > start) {
                break;
            }
            keeps_signs |= !matches!(byte, b'+' | b'-' | b'*' | b'/' | b'<' | b'>' | b'=');
            self.at += 1;
        }
        if !keeps_signs {
            // Remembered, because reading a long run of signs again for each of them would take quadratic time.
            self.signs_end = self.at;
            while self.at > start + 1 && matches!(self.byte(self.at - 1), b'+' | b'-') {
                self.at -= 1;
            }
        }
        TokenKind::Operator
    }

    fn colon(&mut self) -> TokenKind {
        match self.bare(self.at + 1) {
            b':' | b'=' => {
                self.at += 2;
                TokenKind::Punctuation
            }
            _ if self.dialect == Dialect::Sqlite => self.sqlite_variable(b':'),
            _ => self.single(TokenKind::Punctuation),
        }
    }

    /// `?`, `?1`, `:a`, `@a`, `#a` or `$a`.
    fn sqlite_variable(&mut self, first: u8) -> TokenKind {
        let start = self.at;
        self.at += 1;
        self.word();
        match first {
            _ if self.at > start + 1 => TokenKind::Variable,
            b'?' => TokenKind::Variable,
            b':' => TokenKind::Punctuation,
            _ => TokenKind::Other,
        }
    }

    /// `?`, `@a`, `@'a'`, `@@a` or `@@global.a`; also the host of `'user'@'host'`.
    fn mysql_variable(&mut self, first: u8) -> TokenKind {
        self.at += 1;
        if first == b'?' {
            return TokenKind::Variable;
        }
        if self.bare(self.at) == b'@' {
            self.at += 1;
        }
        let quote = self.bare(self.at);
        if matches!(quote, b'\'' | b'"' | b'`') {
            let is_name =
                quote == b'`' || (quote == b'"' && self.mode.double_quotes == DoubleQuotes::Identifier);
            let backslash = if is_name { Backslash::Character } else { self.mode.backslash };
            return self.quoted(backslash, TokenKind::Variable);
        }
        while WORD[usize::from(self.bare(self.at))] || self.bare(self.at) == b'.' {
            self.at += 1;
        }
        TokenKind::Variable
    }
}

#[cfg(test)]
mod tests;
