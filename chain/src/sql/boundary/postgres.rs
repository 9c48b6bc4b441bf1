//! PostgreSQL: a routine's `BEGIN ATOMIC … END` and the parentheses of a rule hold statements.
//!
//! All other bodies are strings, which the lexer has already taken whole.

use super::Seen;
use crate::sql::TokenKind;

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
    pub(super) fn ends_with(&mut self, seen: Seen<'_>) -> bool {
        if seen.kind == TokenKind::Semicolon && self.depth == 0 {
            return true;
        }
        match self.state {
            State::Start => self.state = if seen.is("CREATE") { State::Create } else { State::Simple },
            State::Create if seen.is_any(&["OR", "REPLACE"]) => {}
            State::Create if seen.is_any(&["FUNCTION", "PROCEDURE"]) => self.state = State::Routine,
            State::Create if seen.is("RULE") => self.state = State::Rule,
            State::Create => self.state = State::Simple,
            State::Routine => self.routine(seen),
            State::Rule => self.rule(seen),
            State::Simple => {}
        }
        false
    }

    fn routine(&mut self, seen: Seen<'_>) {
        let last = self.last;
        self.last = match seen.kind {
            TokenKind::Word if last == Last::BeforeName => Last::Other,
            TokenKind::Word if seen.is("AS") => Last::BeforeName,
            TokenKind::Punctuation if seen.text == "." => Last::BeforeName,
            TokenKind::Word if self.depth == 0 && seen.is("BEGIN") => {
                self.opened = seen.start;
                Last::Begin
            }
            TokenKind::Word if self.depth == 0 && last == Last::Begin && seen.is("ATOMIC") => {
                self.depth = 1;
                Last::Other
            }
            TokenKind::Word if self.depth > 0 && seen.is("CASE") => {
                self.depth += 1;
                Last::Other
            }
            TokenKind::Word if self.depth > 0 && seen.is("END") => {
                self.depth -= 1;
                Last::Other
            }
            _ => Last::Other,
        };
    }

    fn rule(&mut self, seen: Seen<'_>) {
        if seen.is_punctuation("(") {
            if self.depth == 0 {
                self.opened = seen.start;
            }
            self.depth += 1;
        } else if seen.is_punctuation(")") {
            self.depth = self.depth.saturating_sub(1);
        }
    }

    pub(super) fn open_block(&self) -> Option<usize> {
        (self.depth > 0).then_some(self.opened)
    }
}
