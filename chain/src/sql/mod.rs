//! SQL text: dialects, a lexer for each, the cut into statements, and how a statement goes with transactions.
//!
//! - [`split`] and [`split_following`] cut a text into statements, [`classify`] and [`traces`] say what one does,
//! - [`significant`] gives the tokens of a statement, and [`TokenCursor`] walks them,
//! - [`quote_name`] and [`literal`] write what others wrote into SQL, [`Token::unquoted`] reads it,
//! - [`LexicalMode`] says where strings end in a session.

mod boundary;
mod classify;
mod client;
mod cursor;
mod dialect;
mod follow;
mod lexer;
mod loss;
mod mode;
mod quote;
mod split;
mod token;

pub(crate) use boundary::Boundary;
pub use classify::{
    Change, Effect, Named, Object, ObjectKind, ObjectName, Part, PartKind, Recovery, StatementClass, Traces,
    TransactionBehavior, added_enum_value, classify, mentions_string, named_traces, traces,
};
pub(crate) use client::copy_from_stdin;
pub use client::{Client, ClientCommand, client_commands};
pub use cursor::{TokenCursor, closing, mentions_name, parts, significant, without_parentheses};
use cursor::{calls, goes_on, has_pair, quotes};
pub use dialect::Dialect;
pub use follow::{ModeFollower, ModeProblem, ModeProblemKind, ReadStatement, left_open, split_following};
pub(crate) use lexer::Tokens;
pub use lexer::tokens;
pub use loss::drops_data;
pub use mode::{Backslash, DoubleQuotes, LexicalMode, ModeSetting, Programs};
pub use quote::{
    backquoted, catalogue_literal, from_hexadecimal, hexadecimal, literal, literal_in_any_session,
    plain_string, quote_name,
};
pub use split::{Piece, Statement, Unterminated, UnterminatedKind, pieces, split, unterminated};
pub use token::{Token, TokenKind};
