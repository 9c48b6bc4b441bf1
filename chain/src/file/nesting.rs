//! What a line of a section stands in: between the statements, or in what is nobody's but the database's.

use crate::Dialect;
use crate::sql::{Boundary, LexicalMode, Token, TokenKind, Tokens, tokens};

/// A section's SQL, lexed as far as it was asked about, by the rules of each database that it serves.
pub(super) struct Nesting<'t> {
    readers: Vec<Reader<'t>>,
    /// Where the SQL begins in the file.
    start: usize,
}

/// What one database sees at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// A comment that is in nothing else.
    Comment,
    /// Where a statement begins.
    Start,
    /// The middle of a statement, or of a quoted string or name.
    Inside,
    /// The body of a routine or trigger.
    Body,
}

impl<'t> Nesting<'t> {
    /// The SQL from `start` on, up to the next directive.
    pub(super) fn new(text: &'t str, start: usize, dialects: &[Dialect]) -> Self {
        let rest = text.get(start..).unwrap_or_default();
        let ends = ["-- +upgrade", "-- +downgrade"].map(|line| rest.find(line).unwrap_or(rest.len()));
        let sql = rest.get(..ends.into_iter().min().unwrap_or(rest.len())).unwrap_or_default();
        let modes = dialects.iter().flat_map(|dialect| LexicalMode::readings(*dialect, sql));
        let readers = modes.map(|mode| Reader::new(mode, sql)).collect();
        Self { readers, start }
    }

    /// Whether what stands at `at`, on a line that begins at `line`, can be a directive.
    ///
    /// Places are asked for in ascending order. Where the databases differ, a body is one for all of them: only one
    /// of them has such bodies at all. A string must be one for each, since quotes are known to all. `is_word` says
    /// that it is a mere word, which in parentheses describes a column.
    pub(super) fn may_steer(&mut self, line: usize, at: usize, is_word: bool) -> bool {
        let (line, at) = (line.saturating_sub(self.start), at.saturating_sub(self.start));
        let seen: Vec<Seen> = self.readers.iter_mut().map(|reader| reader.at(line, at, is_word)).collect();
        !seen.contains(&Seen::Body) && seen.iter().any(|seen| matches!(seen, Seen::Comment | Seen::Start))
    }
}

/// One database's view.
struct Reader<'t> {
    tokens: Tokens<'t>,
    boundary: Boundary,
    /// The tokens that were read last: up to the end of a statement.
    piece: Vec<Mark<'t>>,
    end: usize,
    /// Where the first token of that statement stands that is no comment.
    first: Option<usize>,
    /// Whether a block that it opened was closed.
    is_closed: bool,
}

/// A token, and what was open before it.
struct Mark<'t> {
    token: Token<'t>,
    in_block: bool,
    in_parentheses: bool,
}

impl<'t> Reader<'t> {
    fn new(mode: LexicalMode, sql: &'t str) -> Self {
        Self {
            tokens: tokens(mode, sql),
            boundary: Boundary::new(mode.dialect),
            piece: Vec::new(),
            end: 0,
            first: None,
            is_closed: true,
        }
    }

    /// Reads on to the end of the next statement; false at the end of the text.
    fn advance(&mut self) -> bool {
        let (start, mut parentheses) = (self.end, 0_usize);
        self.piece.clear();
        self.first = None;
        self.is_closed = true;
        for token in self.tokens.by_ref() {
            self.end = token.end();
            let mut mark = Mark {
                token,
                in_block: self.boundary.open_block().is_some(),
                in_parentheses: parentheses > 0,
            };
            let mut ends = token.kind == TokenKind::Directive;
            if !token.kind.is_trivia() && !ends {
                self.first.get_or_insert(token.start);
                ends = self.boundary.ends_with(token);
                mark.in_block |= self.boundary.open_block().is_some();
            }
            parentheses = token.depth_after(parentheses);
            if token.kind != TokenKind::Space {
                self.piece.push(mark);
            }
            if ends {
                return true;
            }
        }
        self.is_closed = self.boundary.open_block().is_none();
        self.end > start
    }

    fn at(&mut self, line: usize, at: usize, is_word: bool) -> Seen {
        while self.end <= at && self.advance() {}
        let after = self.piece.partition_point(|mark| mark.token.start <= at);
        let Some(mark) = after.checked_sub(1).and_then(|index| self.piece.get(index)) else {
            return Seen::Start;
        };
        let token = mark.token;
        let covers = token.span().contains(&at);
        let in_string = covers && token.kind == TokenKind::DollarString && token.closed;
        if in_string || (mark.in_block && self.is_closed) {
            return Seen::Body;
        }
        match token.kind {
            TokenKind::Comment | TokenKind::Hint if covers && is_word && mark.in_parentheses => Seen::Inside,
            TokenKind::Comment | TokenKind::Hint if covers => Seen::Comment,
            TokenKind::String | TokenKind::Identifier | TokenKind::Variable
                if covers && token.closed && token.start < at =>
            {
                Seen::Inside
            }
            _ if covers && !token.closed => Seen::Comment,
            _ if self.first.is_none_or(|first| first >= line) => Seen::Start,
            _ => Seen::Inside,
        }
    }
}
