//! Where a statement ends.
//!
//! A `;` ends a statement unless it stands inside a compound one, and which statements are compound is each
//! database's own affair. A [`Boundary`] is shown the tokens one by one and says when the statement is over.

mod mysql;
mod postgres;
mod sqlite;

use super::{Dialect, TokenKind};

/// One token as the dialects' rules see it.
#[derive(Debug, Clone, Copy)]
struct Seen<'t> {
    kind: TokenKind,
    text: &'t str,
    start: usize,
}

impl Seen<'_> {
    /// Whether it is this keyword, given in capitals.
    fn is(&self, keyword: &str) -> bool {
        self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(keyword)
    }

    /// Whether it is one of these keywords, given in capitals.
    fn is_any(&self, keywords: &[&str]) -> bool {
        self.kind == TokenKind::Word && keywords.iter().any(|keyword| self.text.eq_ignore_ascii_case(keyword))
    }

    fn is_punctuation(&self, text: &str) -> bool {
        self.kind == TokenKind::Punctuation && self.text == text
    }
}

/// Finds the end of each statement.
#[derive(Debug, Clone)]
pub(crate) enum Boundary {
    Sqlite(sqlite::Boundary),
    Postgres(postgres::Boundary),
    Mysql(mysql::Boundary),
}

impl Boundary {
    pub(crate) fn new(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Sqlite => Self::Sqlite(sqlite::Boundary::default()),
            Dialect::Postgres => Self::Postgres(postgres::Boundary::default()),
            Dialect::Mysql => Self::Mysql(mysql::Boundary::default()),
        }
    }

    /// Takes a token that is neither blank nor comment; says whether it ends the statement, itself included.
    pub(crate) fn ends_with(&mut self, kind: TokenKind, text: &str, start: usize) -> bool {
        let seen = Seen { kind, text, start };
        let ends = match self {
            Self::Sqlite(boundary) => boundary.ends_with(seen),
            Self::Postgres(boundary) => boundary.ends_with(seen),
            Self::Mysql(boundary) => boundary.ends_with(seen),
        };
        if ends {
            self.reset();
        }
        ends
    }

    fn reset(&mut self) {
        match self {
            Self::Sqlite(boundary) => *boundary = sqlite::Boundary::default(),
            Self::Postgres(boundary) => *boundary = postgres::Boundary::default(),
            Self::Mysql(boundary) => *boundary = mysql::Boundary::default(),
        }
    }

    /// Where the block or parenthesis starts that would have to be closed before the statement can end.
    pub(crate) fn open_block(&self) -> Option<usize> {
        match self {
            Self::Sqlite(boundary) => boundary.open_block(),
            Self::Postgres(boundary) => boundary.open_block(),
            Self::Mysql(boundary) => boundary.open_block(),
        }
    }
}
