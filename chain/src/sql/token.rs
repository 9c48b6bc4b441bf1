//! What SQL is cut into.

use std::ops::Range;

/// One token: what it is and which bytes of the text it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// The bytes it covers, at character boundaries, never empty.
    pub span: Range<usize>,
    /// Whether what it opens is closed; `false` only for a last token that reaches to the end of the text.
    pub closed: bool,
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
