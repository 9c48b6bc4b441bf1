//! MySQL and MariaDB: stored programs, and MariaDB's blocks outside of them.
//!
//! MySQL's client knows nothing of blocks and wants a `DELIMITER`; scripts written for drivers often have none.
//! With another delimiter set no [`TokenKind::Semicolon`] comes here, and only the delimiter ends a statement.
//! `BEGIN` and `END` may be names in MySQL, and `IF` and `REPEAT` are functions as well, so what opens or closes
//! a block is decided by where it stands.

use crate::sql::{Token, TokenKind};

#[derive(Debug, Clone, Default)]
pub(crate) struct Boundary {
    state: State,
    /// What the last token was, as far as it matters.
    last: Last,
    /// How many parentheses are open in the head of a stored program.
    parentheses: usize,
    /// Whether the parameters of a procedure or function have been opened.
    parameters_seen: bool,
    blocks: Vec<Block>,
    /// Whether the next token starts a statement inside a block.
    at_statement: bool,
    handler: Handler,
}

#[derive(Debug, Clone, Copy, Default)]
enum State {
    #[default]
    Start,
    /// After `BEGIN` outside a stored program: a block if `NOT ATOMIC` follows, else a transaction.
    Begin(usize),
    /// After `CREATE` or `ALTER`, before what it is about.
    Create,
    /// In the head of a stored program.
    Head(Program),
    /// Where the first word of the body comes.
    BodyStart,
    /// After a trigger's `FOLLOWS` or `PRECEDES`, which another trigger's name follows.
    TriggerOrder,
    /// After a word that may be the label of a block.
    PerhapsLabel,
    /// In a body made of blocks.
    Body,
    /// Anything else: up to the next `;`.
    Simple,
}

#[derive(Debug, Clone, Copy)]
enum Program {
    Procedure,
    Function,
    Trigger,
    Event,
}

#[derive(Debug, Clone, Copy)]
struct Block {
    kind: BlockKind,
    start: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BlockKind {
    /// `BEGIN`, `LOOP` and `REPEAT`: statements follow at once.
    Statements,
    /// `IF`, `WHILE`, `FOR` and `CASE` as a statement: an expression first, then statements.
    Conditional,
    /// `CASE` as an expression, and `REPEAT` from its `UNTIL` on: the `END` stands after an expression.
    Expression,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Other,
    /// `.`: a keyword that follows is a name.
    Dot,
    /// `=`, as in `DEFINER = name`.
    Equals,
    /// `END`: a keyword that follows says what ends.
    End,
    /// `EACH`, as in `FOR EACH ROW`.
    Each,
}

/// How far into `DECLARE … HANDLER FOR condition, condition statement` we are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Handler {
    #[default]
    No,
    /// After `DECLARE`.
    Declared,
    /// After `HANDLER`.
    Named,
    /// After `FOR` or a comma: a condition comes.
    Condition,
    /// After a condition: a comma or the statement comes.
    AfterCondition,
}

/// What a procedure's head holds between its parameters and its body.
const CHARACTERISTICS: [&str; 13] = [
    "COMMENT",
    "LANGUAGE",
    "SQL",
    "NOT",
    "DETERMINISTIC",
    "CONTAINS",
    "NO",
    "READS",
    "MODIFIES",
    "DATA",
    "SECURITY",
    "DEFINER",
    "INVOKER",
];

impl Boundary {
    pub(super) fn ends_with(&mut self, token: Token<'_>) -> bool {
        match token.kind {
            TokenKind::Delimiter => return true,
            TokenKind::Semicolon if self.blocks.is_empty() => return true,
            // These wrap parts of a statement and are none themselves.
            TokenKind::ExecutableStart | TokenKind::ExecutableEnd | TokenKind::Hint => return false,
            _ => {}
        }
        if !matches!(self.state, State::Simple) {
            self.advance(token);
        }
        false
    }

    pub(super) fn open_block(&self) -> Option<usize> {
        self.blocks.last().map(|block| block.start)
    }

    fn advance(&mut self, token: Token<'_>) {
        let last = match token.kind {
            TokenKind::Punctuation if token.text == "." => Last::Dot,
            TokenKind::Operator if token.text == "=" => Last::Equals,
            _ => Last::Other,
        };
        let last = std::mem::replace(&mut self.last, last);
        match self.state {
            State::Start => self.start(token),
            State::Begin(start) if token.is("NOT") => self.open(BlockKind::Statements, start),
            State::Create => self.create(token, last),
            State::Head(program) => self.head(program, token, last),
            State::BodyStart => self.body_start(token),
            State::TriggerOrder => self.state = State::BodyStart,
            State::PerhapsLabel if token.is_sign(":") => self.state = State::BodyStart,
            State::Body => self.body(token, last),
            State::Begin(_) | State::PerhapsLabel | State::Simple => self.state = State::Simple,
        }
    }

    fn open(&mut self, kind: BlockKind, start: usize) {
        self.state = State::Body;
        self.at_statement = kind == BlockKind::Statements;
        self.blocks.push(Block { kind, start });
    }

    fn start(&mut self, token: Token<'_>) {
        if token.is_any(&["CREATE", "ALTER"]) {
            self.state = State::Create;
        } else if token.is("BEGIN") {
            self.state = State::Begin(token.start);
        } else {
            self.body_start(token);
        }
    }

    /// `CREATE [OR REPLACE] [AGGREGATE] [DEFINER = account]`, up to the word that says what is created.
    fn create(&mut self, token: Token<'_>, last: Last) {
        if token.kind != TokenKind::Word || last == Last::Equals {
            return;
        }
        self.state = match () {
            () if token.is("PROCEDURE") => State::Head(Program::Procedure),
            () if token.is("FUNCTION") => State::Head(Program::Function),
            () if token.is("TRIGGER") => State::Head(Program::Trigger),
            () if token.is("EVENT") => State::Head(Program::Event),
            () if token.is_any(&["OR", "REPLACE", "AGGREGATE", "DEFINER"]) => State::Create,
            () => State::Simple,
        };
    }

    fn head(&mut self, program: Program, token: Token<'_>, last: Last) {
        self.parentheses = token.depth_after(self.parentheses);
        self.parameters_seen |= token.is_sign("(");
        if token.kind != TokenKind::Word || self.parentheses > 0 || last == Last::Dot {
            return;
        }
        match program {
            // The name comes before the parameters, and so does IF NOT EXISTS.
            Program::Procedure | Program::Function if !self.parameters_seen => {}
            Program::Procedure if !token.is_any(&CHARACTERISTICS) => self.body_start(token),
            Program::Function if token.is("RETURN") || block_opened_by(token).is_some() => {
                self.body_start(token);
            }
            Program::Trigger if last == Last::Each && token.is("ROW") => self.state = State::BodyStart,
            Program::Trigger if token.is("EACH") => self.last = Last::Each,
            Program::Event if token.is("DO") => self.state = State::BodyStart,
            _ => {}
        }
    }

    fn body_start(&mut self, token: Token<'_>) {
        if let Some(kind) = block_opened_by(token) {
            self.open(kind, token.start);
        } else if token.is_any(&["FOLLOWS", "PRECEDES"]) {
            self.state = State::TriggerOrder;
        } else {
            self.state = State::PerhapsLabel;
        }
    }

    fn body(&mut self, token: Token<'_>, last: Last) {
        let at_statement = std::mem::replace(&mut self.at_statement, false);
        if token.kind == TokenKind::Semicolon || token.is_sign(";") {
            self.at_statement = true;
            self.handler = Handler::No;
            return;
        }
        self.handler(token, at_statement);
        if token.is_sign(":") {
            // After a label.
            self.at_statement = true;
        }
        if token.kind != TokenKind::Word || last == Last::Dot {
            return;
        }
        if let Some(kind) = block_opened_by(token) {
            if at_statement {
                self.open(kind, token.start);
            } else if last != Last::End && token.is("CASE") {
                self.open(BlockKind::Expression, token.start);
            }
            return;
        }
        let innermost = self.blocks.last_mut();
        let in_expression = innermost.as_ref().is_some_and(|block| block.kind == BlockKind::Expression);
        if token.is("END") && (at_statement || in_expression) {
            self.blocks.pop();
            self.last = Last::End;
        } else if token.is_any(&["THEN", "ELSE"]) {
            self.at_statement = !in_expression;
        } else if token.is("DO") {
            // `WHILE condition DO`; at the start of a statement it is a statement of its own.
            self.at_statement = !at_statement;
        } else if token.is("ATOMIC") {
            self.at_statement = true;
        } else if at_statement
            && token.is("UNTIL")
            && let Some(block) = innermost
        {
            block.kind = BlockKind::Expression;
        }
    }

    fn handler(&mut self, token: Token<'_>, at_statement: bool) {
        self.handler = match self.handler {
            Handler::No if at_statement && token.is("DECLARE") => Handler::Declared,
            Handler::Declared if token.is("HANDLER") => Handler::Named,
            Handler::Named if token.is("FOR") => Handler::Condition,
            Handler::Condition if token.is_any(&["SQLSTATE", "VALUE", "NOT"]) => Handler::Condition,
            Handler::Condition => {
                self.at_statement = true;
                Handler::AfterCondition
            }
            Handler::AfterCondition if token.is_sign(",") => Handler::Condition,
            Handler::AfterCondition => Handler::No,
            unchanged => unchanged,
        };
    }
}

/// The kind of block that a word opens at the start of a statement.
fn block_opened_by(token: Token<'_>) -> Option<BlockKind> {
    if token.is_any(&["BEGIN", "LOOP", "REPEAT"]) {
        Some(BlockKind::Statements)
    } else if token.is_any(&["IF", "CASE", "WHILE", "FOR"]) {
        Some(BlockKind::Conditional)
    } else {
        None
    }
}
