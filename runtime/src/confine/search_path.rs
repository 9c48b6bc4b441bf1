//! Search paths of PostgreSQL that lead to schemas of the replay only, as `pg_dump` writes them at its beginning.

use super::Text;
use servicekit_chain::sql::TokenKind;

/// Schemas that are not emptied after a replay, so that nothing may be created in them without being named.
const OF_THE_SERVER: [&str; 2] = ["pg_catalog", "information_schema"];

/// Whether names without a schema mean something of the replay, or nothing.
fn is_inside(names: &[String], own: &[String]) -> bool {
    let creates = names.first();
    names.iter().all(|name| own.contains(name))
        && creates.is_none_or(|name| !OF_THE_SERVER.contains(&name.as_str()))
}

/// The same for the text at this token, which a function is given as the value of the setting.
pub(super) fn value_is_inside(text: Text<'_, '_>, at: usize, own: &[String]) -> bool {
    let Some(value) = plain_text(text, at) else { return false };
    // The next token is not a second part of the text.
    text.is_sign(at + 1, ",") && listed(&value).is_some_and(|names| is_inside(&names, own))
}

/// The same for a `SET`, from the token behind the name of the setting.
pub(super) fn assignment_is_inside(text: Text<'_, '_>, mut at: usize, own: &[String]) -> bool {
    if !(text.is_sign(at, "=") || text.is(at, &["TO"])) {
        return false;
    }
    let is_end = |at: usize| text.at(at).is_none_or(|token| token.text == ";");
    if text.is(at + 1, &["DEFAULT"]) {
        return is_end(at + 2);
    }
    let mut names = Vec::new();
    loop {
        let Some(token) = text.at(at + 1) else { return false };
        match plain_text(text, at + 1) {
            // A text is one name here, and an empty one is none.
            Some(name) if name.is_empty() => {}
            Some(name) => names.push(name),
            None if token.is_name() && !token.text.contains('\\') => names.push(exact(token.text)),
            None => return false,
        }
        if !text.is_sign(at + 2, ",") {
            return is_end(at + 2) && is_inside(&names, own);
        }
        at += 2;
    }
}

/// What a text in simple quotes says, if it is all there.
fn plain_text(text: Text<'_, '_>, at: usize) -> Option<String> {
    let token = text.at(at).filter(|token| token.kind == TokenKind::String)?;
    (token.text.starts_with('\'') && !token.text.contains('\\')).then(|| token.unquoted())
}

/// The names of a list; `None` for what is not simple.
fn listed(value: &str) -> Option<Vec<String>> {
    if value.trim().is_empty() {
        return Some(Vec::new());
    }
    let names = value.split(',').map(str::trim).map(|name| {
        let bare = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name);
        let is_simple =
            !bare.is_empty() && bare.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        is_simple.then(|| exact(name))
    });
    names.collect()
}

/// A name as PostgreSQL compares it.
fn exact(name: &str) -> String {
    match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(quoted) => quoted.to_owned(),
        None => name.to_ascii_lowercase(),
    }
}
