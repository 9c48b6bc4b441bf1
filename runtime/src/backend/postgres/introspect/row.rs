//! Rows of the catalogue, value by value.

use crate::backend::Answer;
use crate::error::IntrospectionError;
use std::str::FromStr;

/// What is read, or why it is none of PostgreSQL's.
pub(super) type Read<T> = Result<T, IntrospectionError>;

/// The answer to one question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows<'a> {
    /// The catalogue table that it is from.
    pub(super) catalogue: &'static str,
    pub(super) answer: &'a Answer,
}

impl<'a> Rows<'a> {
    /// Reads each row.
    pub(super) fn map<T>(self, mut read: impl FnMut(&mut Row<'a>) -> Read<T>) -> Read<Vec<T>> {
        let row = |values: &'a Vec<_>| Row { catalogue: self.catalogue, values: values.iter() };
        let mut all = Vec::with_capacity(self.answer.rows.len());
        for values in &self.answer.rows {
            all.push(read(&mut row(values))?);
        }
        Ok(all)
    }
}

/// A row whose values are taken one after the other.
#[derive(Debug)]
pub(super) struct Row<'a> {
    catalogue: &'static str,
    values: std::slice::Iter<'a, Option<String>>,
}

impl<'a> Row<'a> {
    /// An error about what is not known.
    pub(super) fn unknown(&self, found: impl Into<String>) -> IntrospectionError {
        IntrospectionError::UnknownCatalogue { catalogue: self.catalogue, found: found.into() }
    }

    pub(super) fn optional(&mut self) -> Read<Option<&'a str>> {
        match self.values.next() {
            Some(value) => Ok(value.as_deref()),
            None => Err(self.unknown("a column is missing")),
        }
    }

    pub(super) fn text(&mut self) -> Read<&'a str> {
        self.optional()?.ok_or_else(|| self.unknown("a null"))
    }

    /// What a function has written. It looks at the catalogue of now: a null means that the object went in between.
    pub(super) fn written(&mut self) -> Read<&'a str> {
        self.optional()?.ok_or(IntrospectionError::Changing)
    }

    pub(super) fn number<T: FromStr>(&mut self) -> Read<T> {
        let text = self.text()?;
        text.parse().map_err(|_| self.unknown(format!("`{text}` in place of a number")))
    }

    pub(super) fn optional_number<T: FromStr>(&mut self) -> Read<Option<T>> {
        let Some(text) = self.optional()? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| self.unknown(format!("`{text}` in place of a number")))
    }

    pub(super) fn flag(&mut self) -> Read<bool> {
        match self.text()? {
            "t" | "true" => Ok(true),
            "f" | "false" => Ok(false),
            other => Err(self.unknown(format!("`{other}` in place of a boolean"))),
        }
    }

    /// The numbers of an array, `{1,2}`, or of a vector, `1 2`; none of a null.
    pub(super) fn numbers<T: FromStr>(&mut self) -> Read<Vec<T>> {
        let text = self.optional()?.unwrap_or_default();
        let numbers = text.trim_matches(['{', '}']).split([',', ' ']).filter(|number| !number.is_empty());
        numbers
            .map(|number| number.parse().map_err(|_| self.unknown(format!("`{text}` in place of numbers"))))
            .collect()
    }

    /// The texts of an array; none of a null.
    pub(super) fn texts(&mut self) -> Read<Vec<String>> {
        let text = self.optional()?.unwrap_or_default();
        elements(text).ok_or_else(|| self.unknown(format!("`{text}` in place of texts")))
    }
}

/// The elements of an array of texts as PostgreSQL writes it (manual, 8.15.6).
fn elements(text: &str) -> Option<Vec<String>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let (mut all, mut element) = (Vec::new(), String::new());
    let (mut is_quoted, mut letters) = (false, inner.chars());
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => element.push(letters.next()?),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => all.push(std::mem::take(&mut element)),
            other => element.push(other),
        }
    }
    if !inner.is_empty() {
        all.push(element);
    }
    (!is_quoted).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_are_read_with_their_quotes() {
        let read = |text| elements(text).map(|all| all.join("|"));
        assert_eq!(read("{a=1,\"b=c,d\",\"e\\\"f\\\\\"}").as_deref(), Some("a=1|b=c,d|e\"f\\"));
        assert_eq!(elements("{}"), Some(Vec::new()));
        assert_eq!(elements(""), Some(Vec::new()));
        for broken in ["{\"a", "a", "{\"a}", "{a\\}"] {
            assert_eq!(elements(broken), None, "{broken}");
        }
    }
}
