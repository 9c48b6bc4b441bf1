//! SQL text: dialects, a lexer for each, and the cut into statements.

mod dialect;

pub use dialect::Dialect;
