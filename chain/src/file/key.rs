//! Lines `key: value` of a `.sql` file's header, and lines that look like one.

use super::SQL_KEYS;
use super::blank::{trim_end, trim_start};
use super::fold::{fold, is_quoted};
use super::header::alias;
use crate::diagnostic::suggestions;
use crate::{ModelChange, id};

/// The two sides of a comment `key: value`, trimmed; nothing when what stands before the colon is no name.
pub(super) fn key_value(comment: &str) -> Option<(&str, &str)> {
    let bytes = comment.as_bytes();
    let (mut at, mut is_plain) = (0, true);
    while at < bytes.len() && bytes[at] != b':' {
        if !bytes[at].is_ascii_alphanumeric() && !matches!(bytes[at], b'_' | b'-' | b' ') {
            // Most comments are prose, and soon show it; any blank may stand before the colon.
            if bytes[at].is_ascii_punctuation() {
                return None;
            }
            is_plain = false;
        }
        at += 1;
    }
    let (key, value) = (comment.get(..at)?, comment.get(at + 1..)?);
    let key = trim_end(key);
    let is_name = key.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && key.len() <= 32
        && (is_plain || key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b' ')));
    is_name.then(|| (key, trim_start(value)))
}

/// The key that an unknown one was meant to be; nothing when the line reads like prose.
pub(super) fn meant(written: &str, value: &str) -> Option<&'static str> {
    let lower = written.to_ascii_lowercase().replace([' ', '-'], "_");
    let known = alias(&lower).and_then(|key| key.name(&SQL_KEYS));
    let key = known.or_else(|| suggestions(&lower, SQL_KEYS).first().copied())?;
    // `Decision: drop the table` is prose; `Revison: 7f3c2b1a9d4e` is not.
    let is_value = |piece: &str| id::check(piece.trim()).is_ok();
    let reads_as_value = match key {
        "created" => value.starts_with(|c: char| c.is_ascii_digit()),
        "models" => is_model_changes(value),
        _ => value.split(',').all(is_value),
    };
    (value.is_empty() || reads_as_value || written.contains('_')).then_some(key)
}

/// Whether a value can be one of `models`.
fn is_model_changes(value: &str) -> bool {
    value.split(',').all(|value| value.trim().parse::<ModelChange>().is_ok())
}

/// A header line that is not a comment, `revision: a` or as in an Alembic revision `revision = 'a'`, with its
/// values. Annotated as in `down_revision: Union[str, None] = None` it is understood too.
pub(super) fn python_key(text: &str) -> Option<(&'static str, Vec<&str>)> {
    let length = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    let (name, rest) = text.split_at_checked(length)?;
    let key = SQL_KEYS.iter().find(|key| **key == name).copied()?;
    let rest = rest.trim_start();
    let value = match rest.split_once('=') {
        Some((_, value)) if rest.starts_with([':', '=']) => value,
        _ => rest.strip_prefix(':')?,
    };
    let values = value.split(',').map(|piece| {
        piece.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '\'' | '"' | '(' | ')' | '[' | ']' | ';')
        })
    });
    Some((key, values.filter(|value| !value.is_empty() && *value != "None").collect()))
}

/// The key that a line of the header looks like without being one, with its values: the key in another comment, with
/// an equals sign, in quotes or in letters that only look like those of its name.
///
/// Prose has no underscore before a separator; the keys that are plain words need a value of their kind too.
pub(super) fn disguised_key(written: &str) -> Option<(&'static str, Vec<String>)> {
    // Nearly every line of a title is prose without any of these.
    if !written.bytes().any(|byte| matches!(byte, b'_' | b':' | b'=') || !byte.is_ascii())
        || written.len() > 1000
        || is_quoted(written)
    {
        return None;
    }
    let folded = fold(written);
    let text = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    // `python_key` finds a line without a comment.
    if text.len() == written.len() && !written.contains(['=', ' ']) {
        return None;
    }
    let text = text.split("*/").next().unwrap_or_default();
    let separated = text.find([':', '=']).map(|at| (text.get(..at), text.get(at + 1..)));
    let blank = || text.find(char::is_whitespace).map(|at| (text.get(..at), text.get(at..)));
    let (name, value) = separated.or_else(blank)?;
    let (name, value) = (name?.trim_end_matches(|c: char| !c.is_alphanumeric()), value?);
    let lower = name.to_lowercase().replace([' ', '-'], "_");
    let looks = || suggestions(&lower, SQL_KEYS).first().copied().filter(|_| !lower.is_ascii());
    let key = SQL_KEYS.into_iter().find(|key| *key == lower).or_else(looks)?;
    let quotes = |c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '`' | '(' | ')' | '[' | ']' | ';');
    let value = value.trim_start_matches([':', '=']);
    let values: Vec<String> = value
        .split(',')
        .map(|value| value.trim_matches(quotes))
        .filter(|value| !value.is_empty() && *value != "None")
        .map(str::to_owned)
        .collect();
    let is_value = match key {
        "created" => values.first().is_some_and(|value| value.starts_with(|c: char| c.is_ascii_digit())),
        "models" => is_model_changes(value),
        _ => values.iter().all(|value| id::check_label(value).is_ok()),
    };
    let is_key = match key {
        "revision" | "created" | "models" => separated.is_some() && is_value && !values.is_empty(),
        _ => separated.is_some() || is_value,
    };
    is_key.then_some((key, values))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_key_is_a_name_before_a_colon(comment in "[a_ \\t\\u{a0}é\\-.:]{0,10}") {
            let plain = comment.split_once(':').map(|(key, value)| (key.trim_end(), value.trim_start()));
            let is_name = |key: &str| {
                key.starts_with(|c: char| c.is_ascii_alphabetic())
                    && key.chars().all(|c| c.is_ascii_alphanumeric() || "_- ".contains(c))
            };
            prop_assert_eq!(key_value(&comment), plain.filter(|(key, _)| is_name(key)));
        }
    }
}
