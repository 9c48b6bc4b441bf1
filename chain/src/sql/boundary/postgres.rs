//! PostgreSQL: a routine's `BEGIN ATOMIC … END` and the parentheses of a rule hold statements.
//!
//! All other bodies are strings, which the lexer has already taken whole.

use crate::sql::{Token, TokenKind};

#[derive(Debug, Clone, Default)]
pub(crate) struct Boundary {
    state: State,
    /// What the last token was, as far as it matters.
    last: Last,
    /// How many `BEGIN ATOMIC`, `CASE` or parentheses are open.
    depth: usize,
    /// Where the first of them opened.
    opened: usize,
}

#[derive(Debug, Clone, Copy, Default)]
enum State {
    #[default]
    Start,
    /// After `CREATE`, `CREATE OR` or `CREATE OR REPLACE`.
    Create,
    /// In `CREATE FUNCTION` or `CREATE PROCEDURE`.
    Routine,
    /// In `CREATE RULE`.
    Rule,
    /// Anything else: up to the next `;`.
    Simple,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Other,
    Begin,
    /// `.` or `AS`: a keyword that follows is a name.
    BeforeName,
}

impl Boundary {
    pub(super) fn ends_with(&mut self, token: Token<'_>) -> bool {
        if token.kind == TokenKind::Semicolon && self.depth == 0 {
            return true;
        }
        match self.state {
            State::Start => self.state = if token.is("CREATE") { State::Create } else { State::Simple },
            State::Create if token.is_any(&["OR", "REPLACE"]) => {}
            State::Create if token.is_any(&["FUNCTION", "PROCEDURE"]) => self.state = State::Routine,
            State::Create if token.is("RULE") => self.state = State::Rule,
            State::Create => self.state = State::Simple,
            State::Routine => self.routine(token),
            State::Rule => self.rule(token),
            State::Simple => {}
        }
        false
    }

    fn routine(&mut self, token: Token<'_>) {
        let last = std::mem::replace(&mut self.last, Last::Other);
        let is_name = last == Last::BeforeName && token.kind == TokenKind::Word;
        if token.is_sign(".") || (token.is("AS") && !is_name) {
            self.last = Last::BeforeName;
        } else if is_name {
            // It is no keyword here.
        } else if self.depth > 0 && token.is("CASE") {
            self.depth += 1;
        } else if self.depth > 0 && token.is("END") {
            self.depth -= 1;
        } else if self.depth == 0 && token.is("BEGIN") {
            self.opened = token.start;
            self.last = Last::Begin;
        } else if self.depth == 0 && last == Last::Begin && token.is("ATOMIC") {
            self.depth = 1;
        }
    }

    fn rule(&mut self, token: Token<'_>) {
        if self.depth == 0 {
            self.opened = token.start;
        }
        self.depth = token.depth_after(self.depth);
    }

    pub(super) fn open_block(&self) -> Option<usize> {
        (self.depth > 0).then_some(self.opened)
    }
}
