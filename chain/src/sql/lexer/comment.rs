//! Comments, and what MySQL hides in them.

use super::Tokens;
use crate::Dialect;
use crate::sql::TokenKind;

impl Tokens<'_> {
    /// Whether a comment to the end of the line starts with the dashes at `at`.
    fn dashes_open_comment(&self, at: usize) -> bool {
        if self.byte(at) != b'-' || self.byte(at + 1) != b'-' {
            return false;
        }
        // MySQL reads `5--1` as five minus minus one; past the end, 0 counts as a control character.
        self.dialect != Dialect::Mysql || self.byte(at + 2) == b' ' || self.byte(at + 2).is_ascii_control()
    }

    /// Whether a comment of any kind starts at `at`.
    pub(super) fn opens_comment(&self, at: usize) -> bool {
        (self.byte(at) == b'/' && self.byte(at + 1) == b'*') || self.dashes_open_comment(at)
    }

    /// Whether an executable comment ends at `at`.
    pub(super) fn closes_executable(&self, at: usize) -> bool {
        self.executable > 0 && self.byte(at) == b'*' && self.byte(at + 1) == b'/'
    }

    pub(super) fn line_comment(&mut self) -> TokenKind {
        let ends_at_return = self.dialect == Dialect::Postgres;
        while self.at < self.bytes.len() {
            match self.bytes[self.at] {
                b'\n' => break,
                b'\r' if ends_at_return || self.byte(self.at + 1) == b'\n' => break,
                _ => self.at += 1,
            }
        }
        TokenKind::Comment
    }

    /// Whether a line that frames a dump of PostgreSQL for psql starts here; it says nothing to the server.
    pub(super) fn frames_dump(&self) -> bool {
        if self.dialect != Dialect::Postgres {
            return false;
        }
        let rest = &self.bytes[self.at..];
        let is_command =
            [b"\\restrict ".as_slice(), b"\\unrestrict "].iter().any(|word| rest.starts_with(word));
        is_command && (self.at == 0 || self.byte(self.at - 1) == b'\n')
    }

    /// `/* … */`, and in MySQL also the start of an executable comment.
    pub(super) fn block_comment(&mut self) -> TokenKind {
        let mysql = self.dialect == Dialect::Mysql;
        let kind = match (self.byte(self.at + 2), self.byte(self.at + 3)) {
            (b'!', _) | (b'M', b'!') if mysql => return self.executable_start(),
            (b'+', _) if mysql => TokenKind::Hint,
            _ => TokenKind::Comment,
        };
        let nested = self.dialect == Dialect::Postgres;
        let mut depth = 1_usize;
        let mut at = self.at + 2;
        while at + 1 < self.bytes.len() {
            match (self.bytes[at], self.bytes[at + 1]) {
                (b'*', b'/') => {
                    at += 2;
                    depth -= 1;
                    if depth == 0 {
                        self.at = at;
                        return kind;
                    }
                }
                (b'/', b'*') if nested => {
                    at += 2;
                    depth += 1;
                }
                _ => at += 1,
            }
        }
        self.unclosed(kind)
    }

    fn executable_start(&mut self) -> TokenKind {
        self.at += if self.byte(self.at + 2) == b'M' { 4 } else { 3 };
        while self.byte(self.at).is_ascii_digit() {
            self.at += 1;
        }
        self.executable += 1;
        TokenKind::ExecutableStart
    }

    /// Whether the word from `start` to the current place is `DELIMITER` where MySQL's client looks for it: first
    /// on its line, and not inside a statement.
    pub(super) fn is_directive(&self, start: usize) -> bool {
        if self.statement_started || self.at - start != 9 {
            return false;
        }
        if !self.bytes[start..self.at].eq_ignore_ascii_case(b"DELIMITER") {
            return false;
        }
        let ends_word = self.at == self.bytes.len() || matches!(self.byte(self.at), b' ' | 0x09..=0x0d);
        let blanks =
            self.bytes[..start].iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        let before = &self.bytes[..start - blanks];
        ends_word && (before.is_empty() || before.ends_with(b"\n") || before == "\u{feff}".as_bytes())
    }

    /// Reads the rest of a `DELIMITER` line and does what it says.
    pub(super) fn directive(&mut self) -> TokenKind {
        let argument = self.at;
        self.line_comment();
        let line = self.text.get(argument..self.at).unwrap_or_default();
        let word = line.split_ascii_whitespace().next().unwrap_or_default();
        let quoted = |quote| word.strip_prefix(quote).and_then(|word| word.strip_suffix(quote));
        let word = ['\'', '"', '`'].into_iter().find_map(quoted).unwrap_or(word);
        let delimiter = &word.as_bytes()[..word.floor_char_boundary(MAX_DELIMITER)];
        match delimiter {
            b"" => {}
            b";" => self.set_delimiter(None),
            _ => self.set_delimiter(Some(delimiter)),
        }
        TokenKind::Directive
    }
}

/// The longest delimiter that MySQL's client takes, in bytes; it drops the rest of a longer one.
const MAX_DELIMITER: usize = 15;
