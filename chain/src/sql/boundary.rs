//! Where a statement ends.
//!
//! A `;` ends a statement unless it stands inside a compound one, and which statements are compound is each
//! database's own affair. A [`Boundary`] is shown the tokens one by one and says when the statement is over.

mod mysql;
mod postgres;
mod sqlite;

use super::{Dialect, Token};

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
    pub(crate) fn ends_with(&mut self, token: Token<'_>) -> bool {
        let ends = match self {
            Self::Sqlite(boundary) => {
                token.significant(Dialect::Sqlite).is_some_and(|token| boundary.ends_with(token))
            }
            Self::Postgres(boundary) => boundary.ends_with(token),
            Self::Mysql(boundary) => boundary.ends_with(token),
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
