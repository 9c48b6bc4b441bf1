//! SQL text cut into statements.

use super::boundary::Boundary;
use super::lexer::{Tokens, tokens};
use super::{LexicalMode, TokenKind};
use std::ops::Range;

/// One statement of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement<'t> {
    /// Its text, from its first token to the terminator: without comments before it and blanks around it.
    ///
    /// A comment before the terminator stays, because SQLite keeps it with the text of a view.
    pub text: &'t str,
    /// Where its text stands in the input.
    pub span: Range<usize>,
    /// Where its piece stands in the input: the text with the blanks and comments before it and the terminator.
    pub piece: Range<usize>,
}

/// A part of the input: up to a terminator, a `DELIMITER` line or the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where the piece stands; the pieces of a text tile it.
    pub span: Range<usize>,
    /// Where the text of its statement stands; `None` when there is nothing for the database in it.
    pub statement: Option<Range<usize>>,
}

/// Cuts SQL into the statements that a database is given one by one.
///
/// This never fails: a text that is broken, in a string that is never closed for instance, is one statement to its
/// end, and the database (or [`unterminated`]) says what is wrong with it. Empty statements are left out.
///
/// ```
/// use servicekit_chain::sql::{Dialect, split};
/// let sql = "-- two tables\nCREATE TABLE a (x); -- and\nCREATE TABLE b (y DEFAULT ';');\n";
/// let statements: Vec<_> = split(Dialect::Sqlite, sql).into_iter().map(|statement| statement.text).collect();
/// assert_eq!(statements, ["CREATE TABLE a (x)", "CREATE TABLE b (y DEFAULT ';')"]);
/// ```
pub fn split(mode: impl Into<LexicalMode>, sql: &str) -> Vec<Statement<'_>> {
    pieces(mode, sql)
        .filter_map(|piece| {
            let span = piece.statement?;
            Some(Statement { text: sql.get(span.clone())?, span, piece: piece.span })
        })
        .collect()
}

/// Cuts SQL into pieces that tile it, each with at most one statement.
pub fn pieces(mode: impl Into<LexicalMode>, sql: &str) -> Pieces<'_> {
    let mode = mode.into();
    Pieces { tokens: tokens(mode, sql), boundary: Boundary::new(mode.dialect), start: 0 }
}

/// The pieces of a text; see [`pieces`].
#[derive(Debug, Clone)]
pub struct Pieces<'t> {
    tokens: Tokens<'t>,
    boundary: Boundary,
    start: usize,
}

impl Pieces<'_> {
    /// The same from here on, read in another mode of the same dialect.
    pub(super) fn in_mode(&self, mode: LexicalMode) -> Self {
        let mut pieces = self.clone();
        pieces.tokens.set_mode(mode);
        pieces
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let mut statement: Option<Range<usize>> = None;
        let mut end = self.start;
        for token in self.tokens.by_ref() {
            end = token.end();
            let ends = match token.kind {
                TokenKind::Space => continue,
                TokenKind::Comment if statement.is_none() => continue,
                TokenKind::Comment => false,
                TokenKind::Directive => true,
                _ => self.boundary.ends_with(token),
            };
            if ends {
                break;
            }
            match &mut statement {
                Some(statement) => statement.end = end,
                None => statement = Some(token.span()),
            }
        }
        let span = self.start..end;
        self.start = end;
        (!span.is_empty()).then_some(Piece { span, statement })
    }
}

/// Something that is opened and never closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unterminated {
    /// What it is.
    pub kind: UnterminatedKind,
    /// Where it is opened.
    pub start: usize,
}

/// What can be left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnterminatedKind {
    /// A string.
    String,
    /// A quoted identifier or variable.
    Identifier,
    /// A `$$` or `$tag$`.
    DollarString,
    /// A comment; also one that SQLite would take as ended by the end of the text.
    Comment,
    /// A `BEGIN`, `CASE`, `IF`, `LOOP`, … that no `END` closes, or a trigger without a body.
    Block,
    /// A parenthesis around the statements of a rule.
    Parenthesis,
}

/// Finds what is opened and never closed, so that the statements after it were swallowed.
///
/// ```
/// use servicekit_chain::sql::{Dialect, Unterminated, UnterminatedKind, unterminated};
/// let found = unterminated(Dialect::Sqlite, "SELECT 1; SELECT 'it''s; SELECT 2;");
/// assert_eq!(found, Some(Unterminated { kind: UnterminatedKind::String, start: 17 }));
/// ```
pub fn unterminated(mode: impl Into<LexicalMode>, sql: &str) -> Option<Unterminated> {
    let mode = mode.into();
    let mut boundary = Boundary::new(mode.dialect);
    let mut executable = Vec::new();
    for token in tokens(mode, sql) {
        if !token.closed {
            return Some(Unterminated { kind: UnterminatedKind::from_kind(token.kind), start: token.start });
        }
        match token.kind {
            TokenKind::ExecutableStart => executable.push(token.start),
            TokenKind::ExecutableEnd => drop(executable.pop()),
            TokenKind::Delimiter => executable.clear(),
            _ => {}
        }
        if !token.kind.is_trivia() && token.kind != TokenKind::Directive {
            boundary.ends_with(token);
        }
    }
    if let Some(&start) = executable.first() {
        return Some(Unterminated { kind: UnterminatedKind::Comment, start });
    }
    let start = boundary.open_block()?;
    let parenthesis = sql.get(start..).is_some_and(|rest| rest.starts_with('('));
    let kind = if parenthesis { UnterminatedKind::Parenthesis } else { UnterminatedKind::Block };
    Some(Unterminated { kind, start })
}

impl UnterminatedKind {
    fn from_kind(kind: TokenKind) -> Self {
        match kind {
            TokenKind::Identifier | TokenKind::Variable => Self::Identifier,
            TokenKind::DollarString => Self::DollarString,
            TokenKind::Comment | TokenKind::Hint => Self::Comment,
            _ => Self::String,
        }
    }
}

#[cfg(test)]
mod tests;
