//! The rows of an answer in one text, because the driver hands rows over one by one, from thread to thread.
//!
//! A value is its length in characters, a colon and the value; a null is a `-`. Its length in bytes would depend on the
//! encoding of the database.

use crate::backend::Answer;
use crate::error::IntrospectionError;

/// A question whose answer is one text, or null where there are no rows.
pub(super) fn question(columns: &[&str], from: &str, order: &str) -> String {
    let value = |column: &&str| format!("coalesce(length({column}) || ':' || {column}, '-')");
    let row: Vec<String> = columns.iter().map(value).collect();
    let order = if order.is_empty() { String::new() } else { format!(" ORDER BY {order}") };
    format!("SELECT group_concat({}, ''{order}) FROM {from}", row.join(" || "))
}

/// The values of an answer: rows of so many.
#[derive(Debug)]
pub(super) struct Values<'a> {
    values: Vec<Option<&'a str>>,
    width: usize,
}

impl<'a> Values<'a> {
    /// The values of this answer.
    pub(super) fn new(answers: &'a [Answer], at: usize, width: usize) -> Result<Self, IntrospectionError> {
        let mut rest = answers.get(at).and_then(Answer::first).unwrap_or_default();
        let mut values = Vec::new();
        while !rest.is_empty() {
            values.push(take(&mut rest)?);
        }
        if values.len().is_multiple_of(width) { Ok(Self { values, width }) } else { Err(unknown(rest)) }
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &[Option<&'a str>]> {
        self.values.chunks_exact(self.width)
    }
}

/// A text that has more characters than SQLite has counted, as it counts up to one that is zero.
fn unknown(rest: &str) -> IntrospectionError {
    let found = format!("`{}` in place of a value", rest.chars().take(40).collect::<String>());
    IntrospectionError::UnknownCatalogue { catalogue: "sqlite_schema", found }
}

/// Takes the first value.
fn take<'a>(rest: &mut &'a str) -> Result<Option<&'a str>, IntrospectionError> {
    if let Some(after) = rest.strip_prefix('-') {
        *rest = after;
        return Ok(None);
    }
    let (value, after) = split(rest).ok_or_else(|| unknown(rest))?;
    *rest = after;
    Ok(Some(value))
}

/// The first value, which is no null, and what comes after it.
fn split(rest: &str) -> Option<(&str, &str)> {
    let (length, after) = rest.split_once(':')?;
    let length: usize = length.parse().ok()?;
    // Most texts have a byte for each character.
    let ascii = after.get(..length).filter(|value| value.is_ascii()).map(str::len);
    let end = ascii.or_else(|| after.char_indices().map(|(at, _)| at).chain([after.len()]).nth(length))?;
    after.split_at_checked(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn answer(text: &str) -> Vec<Answer> {
        vec![Answer { rows: vec![vec![Some(text.to_owned())]], affected: 0 }]
    }

    #[test]
    fn rows_are_taken_apart() {
        let answers = answer("1:a-1:é0:1::1:-");
        let values = Values::new(&answers, 0, 3).unwrap();
        let rows: Vec<_> = values.rows().collect();
        assert_eq!(rows, [[Some("a"), None, Some("é")], [Some(""), Some(":"), Some("-")]]);
        assert_eq!(Values::new(&[], 0, 3).unwrap().rows().count(), 0);
        for broken in ["1:a", "2:a--", "a", "1:a-1", ":"] {
            assert!(Values::new(&answer(broken), 0, 3).is_err(), "{broken}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_taken_apart(text in ".{0,40}|([-:0-9]{0,20})") {
            let answers = answer(&text);
            if let Ok(values) = Values::new(&answers, 0, 2) {
                prop_assert!(values.rows().count() <= text.len());
            }
        }
    }
}
