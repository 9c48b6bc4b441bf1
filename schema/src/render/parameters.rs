//! Values in the place of `:name`.

use super::Sql;
use crate::operation::{OperationProblem, Result};
use crate::table::Value;
use servicekit_chain::sql::{LexicalMode, TokenKind, tokens};

/// The text with each parameter that has a value replaced by its literal.
pub(super) fn fill(sql: &dyn Sql, text: &str, parameters: &[(String, Value)]) -> Result<String> {
    if parameters.is_empty() {
        return Ok(text.to_owned());
    }
    for (at, (name, _)) in parameters.iter().enumerate() {
        if parameters.iter().skip(at + 1).any(|(other, _)| other == name) {
            return Err(OperationProblem::new(format!("`:{name}` is bound twice")));
        }
    }
    let mut used = Vec::new();
    let mut filled = String::with_capacity(text.len());
    let mut done = 0;
    for (start, end) in found(sql.mode(), text) {
        let name = text.get(start + 1..end).unwrap_or_default();
        let Some((name, value)) = parameters.iter().find(|(known, _)| known == name) else { continue };
        filled.push_str(text.get(done..start).unwrap_or_default());
        filled.push_str(&sql.operand(value)?);
        used.push(name);
        done = end;
    }
    filled.push_str(text.get(done..).unwrap_or_default());
    match parameters.iter().find(|(name, _)| !used.contains(&name)) {
        Some((name, _)) => {
            Err(OperationProblem::new(format!("a value is bound to `:{name}`, which the text does not have")))
        }
        None => Ok(filled),
    }
}

/// Where something stands that could be a parameter: a colon and a word right after it.
fn found(mode: LexicalMode, text: &str) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    // Where a colon ended that could begin one.
    let mut colon = None;
    for token in tokens(mode, text) {
        match token.kind {
            TokenKind::Variable if token.text.starts_with(':') => places.push((token.start, token.end())),
            TokenKind::Word if colon == Some(token.start) => places.push((token.start - 1, token.end())),
            _ => {}
        }
        colon = (token.text == ":").then_some(token.end());
    }
    places
}
