//! SQL text: dialects, a lexer for each, and the cut into statements.

mod boundary;
mod dialect;
mod lexer;
mod split;
mod token;

pub use dialect::Dialect;
pub use lexer::{Tokens, tokens};
pub use split::{Piece, Pieces, Statement, Unterminated, UnterminatedKind, pieces, split, unterminated};
pub use token::{Token, TokenKind};
