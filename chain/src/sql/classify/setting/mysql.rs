//! `sql_mode`. What dumps and careful scripts do with it is followed: keeping it in a variable, adding a mode to it, putting it
//! back.

use super::{Change, Tracker, names};
use crate::Dialect;
use crate::sql::classify::mysql::executable;
use crate::sql::{LexicalMode, Token, TokenCursor, TokenKind, significant};

const NAME: &str = "sql_mode";

/// What an assignment is to.
enum Target {
    Session,
    Server,
    Variable(String),
    Other,
}

impl Tracker {
    pub(super) fn follow_mysql(&mut self, mode: LexicalMode, sql: &str) -> Change {
        let all = significant(mode, sql);
        let mut words = TokenCursor::new(Dialect::Mysql, &all);
        let is_named = names(sql, NAME);
        let Some(command) = words.keyword() else { return Change::None };
        self.is_in_strings |= is_named && all.iter().any(|word| word.is_string() && names(word.text, NAME));
        match command.as_str() {
            "SET" if is_named && !executable::are_read_by_all(mode, sql) => Change::To(None),
            // What follows `FOR` is read before the setting counts, and afterwards it is as it was.
            "SET" if words.is("STATEMENT") => Change::None,
            "SET" => self.assign_mysql(words),
            // The text that is run is not at hand, but it can only be one of this revision.
            "EXECUTE" if self.is_in_strings => {
                self.variables.clear();
                Change::To(None)
            }
            "SELECT" => self.select(words),
            // They may write to the variables that are handed to them. A program itself leaves the mode as it was.
            "CALL" | "EXECUTE" | "FETCH" | "WITH" => {
                self.forget(&all);
                Change::None
            }
            _ => Change::None,
        }
    }

    /// `SET a = …, @b = …`: all values are those from before the statement.
    fn assign_mysql(&mut self, words: TokenCursor<'_, '_>) -> Change {
        let mut is_server = false;
        let before = self.clone();
        let mut change = Change::None;
        for mut part in words.parts() {
            let is_named = part.rest().iter().take(4).any(|word| !word.is_string() && names(word.text, NAME));
            let target = target(&mut part, &mut is_server);
            if !(part.take_sign("=") || part.take_sign(":=")) {
                // Written in a way that is not known here.
                change = if is_named { Change::To(None) } else { change };
                continue;
            }
            let value = before.evaluated(part);
            match target {
                Target::Session => change = Change::To(value),
                Target::Server => self.reset = value,
                Target::Variable(name) => self.keep(name, value),
                Target::Other => {}
            }
        }
        change
    }

    /// `SELECT @@sql_mode INTO @old`.
    fn select(&mut self, words: TokenCursor<'_, '_>) -> Change {
        if let Some((value, [into, variable])) = words.rest().split_last_chunk()
            && into.is("INTO")
            && let Some(name) = variable_name(variable)
        {
            let value = self.evaluated(TokenCursor::new(Dialect::Mysql, value));
            self.keep(name, value);
        } else if words.rest().iter().any(|word| word.is("INTO") || word.is_sign(":=")) {
            self.forget(words.rest());
        }
        Change::None
    }

    fn keep(&mut self, name: String, value: Option<String>) {
        match value {
            Some(value) => self.variables.insert(name, value),
            None => self.variables.remove(&name),
        };
    }

    fn forget(&mut self, words: &[Token<'_>]) {
        for name in words.iter().filter_map(variable_name) {
            self.variables.remove(&name);
        }
    }

    /// What an expression says; `None` when it takes more to tell.
    fn evaluated(&self, mut words: TokenCursor<'_, '_>) -> Option<String> {
        if let [only] = words.rest() {
            return self.single(only);
        }
        if words.is_sign("(") {
            let inside = words.inside()?;
            return if words.is_empty() { self.evaluated(inside) } else { None };
        }
        let function = words.keyword()?;
        if function == "SELECT" {
            return self.evaluated(words);
        }
        let arguments = words.inside()?;
        if !words.is_empty() {
            return None;
        }
        let arguments: Option<Vec<String>> = arguments.parts().map(|part| self.evaluated(part)).collect();
        match (function.as_str(), arguments?.as_slice()) {
            ("CONCAT", texts) => Some(texts.concat()),
            ("CONCAT_WS", [between, texts @ ..]) => Some(texts.join(between)),
            ("REPLACE", [text, from, to]) if !from.is_empty() => Some(text.replace(from.as_str(), to)),
            ("UPPER" | "UCASE", [text]) => Some(text.to_ascii_uppercase()),
            ("TRIM", [text]) => Some(text.trim_matches(' ').to_owned()),
            _ => None,
        }
    }

    fn single(&self, word: &Token<'_>) -> Option<String> {
        match word.kind {
            TokenKind::String if word.text.contains('\\') => None,
            // Hexadecimal digits and the like.
            TokenKind::String if !word.text.starts_with(['\'', '"']) => None,
            TokenKind::String | TokenKind::Identifier => Some(word.unquoted()),
            TokenKind::Word if word.is("DEFAULT") => self.reset.clone(),
            TokenKind::Word => Some(word.text.to_owned()),
            TokenKind::Number if word.text == "0" => Some(String::new()),
            TokenKind::Variable => match word.text.strip_prefix("@@") {
                Some(system) if system_variable(system)? => self.reset.clone(),
                Some(_) => self.value.clone(),
                None => self.variables.get(&variable_name(word)?).cloned(),
            },
            _ => None,
        }
    }
}

/// What one assignment is to; `is_server` is what the ones before it set.
fn target(words: &mut TokenCursor<'_, '_>, is_server: &mut bool) -> Target {
    if words.take_any(&["GLOBAL", "PERSIST", "PERSIST_ONLY"]) {
        *is_server = true;
    } else if words.take_any(&["SESSION", "LOCAL"]) {
        *is_server = false;
    }
    let Some(word) = words.take_token() else { return Target::Other };
    if word.kind != TokenKind::Variable {
        return if word.says(NAME) { of_scope(*is_server) } else { Target::Other };
    }
    let Some(system) = word.text.strip_prefix("@@") else {
        return variable_name(&word).map_or(Target::Other, Target::Variable);
    };
    // A name in quotes is a token of its own.
    let quoted = if system.ends_with('.') { words.take_token() } else { None };
    let name = format!("{system}{}", quoted.map_or("", |name| name.text));
    system_variable(&name).map_or(Target::Other, of_scope)
}

fn of_scope(is_server: bool) -> Target {
    if is_server { Target::Server } else { Target::Session }
}

/// Whether `global.sql_mode` and the like is that of the server; `None` for another variable.
fn system_variable(text: &str) -> Option<bool> {
    let (scope, name) = text.split_once('.').unwrap_or(("session", text));
    let is_it = name.trim_matches('`').eq_ignore_ascii_case(NAME);
    is_it.then(|| !["session", "local"].iter().any(|session| scope.eq_ignore_ascii_case(session)))
}

/// The name of a user's variable.
fn variable_name(word: &Token<'_>) -> Option<String> {
    let name = word
        .text
        .strip_prefix('@')
        .filter(|name| word.kind == TokenKind::Variable && !name.starts_with('@'))?;
    Some(name.trim_matches(['`', '\'', '"']).to_ascii_lowercase())
}
