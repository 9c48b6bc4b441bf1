//! What SQL is cut into.

use super::Dialect;
use std::ops::Range;

/// One token: what it is, and its part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'t> {
    /// What it is.
    pub kind: TokenKind,
    /// Its text with quotes and all, never empty.
    pub text: &'t str,
    /// The byte at which it begins.
    pub start: usize,
    /// Whether what it opens is closed; `false` only for a last token that reaches to the end of the text.
    pub closed: bool,
}

impl Token<'_> {
    /// The bytes it covers.
    pub fn span(&self) -> Range<usize> {
        self.start..self.end()
    }

    /// The byte after it.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this keyword, in any case; a name in quotes is none.
    pub fn is(&self, keyword: &str) -> bool {
        self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(keyword)
    }

    /// Whether it is one of these keywords, in any case.
    pub fn is_any(&self, keywords: &[&str]) -> bool {
        self.kind == TokenKind::Word && keywords.iter().any(|keyword| self.text.eq_ignore_ascii_case(keyword))
    }

    /// Whether it is this punctuation or operator.
    pub fn is_sign(&self, sign: &str) -> bool {
        matches!(self.kind, TokenKind::Punctuation | TokenKind::Operator) && self.text == sign
    }

    /// Whether it can be a name.
    pub fn is_name(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Identifier)
    }

    /// The name of the system variable of MySQL that it is, without `@@` and the scope.
    pub(super) fn system_variable(&self) -> Option<&str> {
        let name = self.text.rsplit(['@', '.']).next()?;
        (self.kind == TokenKind::Variable && self.text.starts_with("@@")).then_some(name)
    }

    pub(super) fn is_string(&self) -> bool {
        matches!(self.kind, TokenKind::String | TokenKind::DollarString)
    }

    pub(super) fn is_semicolon(&self) -> bool {
        matches!(self.kind, TokenKind::Semicolon | TokenKind::Punctuation) && self.text == ";"
    }

    /// How many parentheses are open after it, of so many before it.
    pub fn depth_after(&self, depth: usize) -> usize {
        if self.is_sign("(") {
            depth + 1
        } else if self.is_sign(")") {
            depth.saturating_sub(1)
        } else {
            depth
        }
    }

    /// It as a statement means it; `None` when it counts for nothing there, as blanks, comments, hints and the frame of an
    /// executable comment do.
    pub(super) fn significant(mut self, dialect: Dialect) -> Option<Self> {
        if dialect == Dialect::Sqlite {
            // SQLite takes a byte order mark for a blank wherever a token can begin. The lexer, which digests depend on,
            // leaves it with the word behind it.
            let text = self.text.trim_start_matches('\u{feff}');
            self.start = self.end() - text.len();
            self.text = text;
        }
        let is_idle = self.kind.is_trivia()
            || matches!(
                self.kind,
                TokenKind::Hint
                    | TokenKind::ExecutableStart
                    | TokenKind::ExecutableEnd
                    | TokenKind::Directive
                    | TokenKind::Delimiter
            );
        (!is_idle && !self.text.is_empty()).then_some(self)
    }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenKind {
    /// Blanks and line ends; also a byte order mark at the very start.
    Space,
    /// A comment, without the line end when it is one to the end of the line.
    Comment,
    /// `/*+ … */` in MySQL: a comment that the optimizer reads.
    Hint,
    /// `/*!`, `/*!50003` or `/*M!100100` in MySQL: what follows up to [`Self::ExecutableEnd`] is executed.
    ExecutableStart,
    /// The `*/` of an executable comment.
    ExecutableEnd,
    /// A keyword or an identifier without quotes.
    Word,
    /// An identifier in quotes.
    Identifier,
    /// A string, with its prefix: `'a'`, `E'a'`, `X'61'`, `U&'a'`; in MySQL also `"a"`.
    String,
    /// `$$…$$` or `$tag$…$tag$` in PostgreSQL.
    DollarString,
    /// A number; also what a database would refuse because a number runs into a word.
    Number,
    /// A placeholder or variable: `?`, `:a`, `$1`, `@a`, `@@global.a`.
    Variable,
    /// A run of operator characters.
    ///
    /// PostgreSQL's rule is used for all: the longest run that opens no comment, without the signs at its end
    /// unless it holds one of `` ~ ! @ # % ^ & | ` ? ``. What another database reads as several operators may
    /// therefore be one token, never the other way round.
    Operator,
    /// One of `( ) [ ] { } , . :`, or `::` or `:=`; also a `;` while another delimiter is set.
    Punctuation,
    /// A `;`, which ends a statement unless it stands in a compound one.
    Semicolon,
    /// The delimiter that a `DELIMITER` line has set; it always ends a statement.
    Delimiter,
    /// A `DELIMITER …` line in MySQL, without the line end. It is for the client and no part of a statement.
    Directive,
    /// A character that starts no token.
    Other,
}

impl TokenKind {
    /// Whether the database ignores it.
    pub const fn is_trivia(self) -> bool {
        matches!(self, Self::Space | Self::Comment)
    }
}
