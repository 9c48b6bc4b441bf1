//! SQLite: only a trigger holds statements, and it ends at `; END ;`.
//!
//! This is the rule of `sqlite3_complete`, and it needs no count of `CASE … END`: those never follow a `;`.

use crate::sql::{Token, TokenKind};

#[derive(Debug, Clone, Default)]
pub(crate) struct Boundary {
    state: State,
    /// Where the trigger's `BEGIN` stands, or its `TRIGGER` before that was read.
    opened: usize,
}

#[derive(Debug, Clone, Copy, Default)]
enum State {
    #[default]
    Start,
    /// After `EXPLAIN`.
    Explain,
    /// After `CREATE`.
    Create,
    /// In a trigger, before its `BEGIN`.
    TriggerHead,
    /// In a trigger's body.
    Body,
    /// After a `;` in the body.
    BodySemicolon,
    /// After `; END`.
    BodyEnd,
    /// Anything else: up to the next `;`.
    Simple,
}

impl Boundary {
    pub(super) fn ends_with(&mut self, token: Token<'_>) -> bool {
        let semicolon = token.kind == TokenKind::Semicolon;
        self.state = match self.state {
            State::Start | State::Explain if token.is("CREATE") => State::Create,
            State::Start if token.is("EXPLAIN") => State::Explain,
            State::Explain if token.is_any(&["QUERY", "PLAN"]) => State::Explain,
            State::Create if token.is_any(&["TEMP", "TEMPORARY"]) => State::Create,
            State::Create if token.is("TRIGGER") => {
                self.opened = token.start;
                State::TriggerHead
            }
            State::Start | State::Explain | State::Create | State::Simple | State::BodyEnd if semicolon => {
                return true;
            }
            State::Start | State::Explain | State::Create | State::Simple => State::Simple,
            State::TriggerHead if token.is("BEGIN") => {
                self.opened = token.start;
                State::Body
            }
            State::TriggerHead => State::TriggerHead,
            _ if semicolon => State::BodySemicolon,
            State::BodySemicolon if token.is("END") => State::BodyEnd,
            State::Body | State::BodySemicolon | State::BodyEnd => State::Body,
        };
        false
    }

    pub(super) fn open_block(&self) -> Option<usize> {
        match self.state {
            State::TriggerHead | State::Body | State::BodySemicolon => Some(self.opened),
            _ => None,
        }
    }
}
