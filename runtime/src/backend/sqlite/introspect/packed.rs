//! The rows of an answer in one text, because the driver hands rows over one by one, from thread to thread.
//!
//! A value is its length in characters, a colon and the value; a null is a `-`. Its length in bytes would depend on the
//! encoding of the database. Rows inside of a row end with a `;`, so that nothing is written once for each of them.

use crate::backend::Answer;
use crate::error::IntrospectionError;

/// A column of a row.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value {
    /// Null reads as an empty text.
    Always(&'static str),
    OrNull(&'static str),
}

/// A question whose answer is one text, or null where there are no rows.
pub(super) fn question(row: &str, from: &str) -> String {
    format!("SELECT group_concat({row}, '') FROM {from}")
}

/// Values as one text. One function makes it: operators would make a text for each value.
pub(super) fn row(values: &[Value]) -> String {
    let (mut format, mut arguments) = (String::new(), Vec::new());
    for value in values {
        match value {
            Value::Always(column) => {
                format.push_str("%d:%s");
                arguments.push(format!("length({column}), {column}"));
            }
            Value::OrNull(column) => {
                format.push_str("%s");
                arguments.push(format!("coalesce(length({column}) || ':' || {column}, '-')"));
            }
        }
    }
    format!("printf('{format}', {})", arguments.join(", "))
}

/// All rows of these inside of a row.
pub(super) fn rows(row: &str, from: &str) -> String {
    format!("coalesce((SELECT group_concat({row}, '') FROM {from}), '') || ';'")
}

/// An answer that is being taken apart.
#[derive(Debug)]
pub(super) struct Packed<'a>(&'a str);

impl<'a> Packed<'a> {
    pub(super) fn new(answers: &'a [Answer], at: usize) -> Self {
        Self(answers.get(at).and_then(Answer::first).unwrap_or_default())
    }

    /// Reads each row of the answer.
    pub(super) fn each(
        mut self,
        mut read: impl FnMut(&mut Self) -> Result<(), IntrospectionError>,
    ) -> Result<(), IntrospectionError> {
        while !self.0.is_empty() {
            read(&mut self)?;
        }
        Ok(())
    }

    /// Reads each row of those inside of a row.
    pub(super) fn rows<T>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Result<T, IntrospectionError>,
    ) -> Result<Vec<T>, IntrospectionError> {
        let mut rows = Vec::new();
        loop {
            if let Some(after) = self.0.strip_prefix(';') {
                self.0 = after;
                return Ok(rows);
            }
            rows.push(read(self)?);
        }
    }

    /// The next value.
    pub(super) fn optional(&mut self) -> Result<Option<&'a str>, IntrospectionError> {
        if let Some(after) = self.0.strip_prefix('-') {
            self.0 = after;
            return Ok(None);
        }
        let (value, after) = split(self.0).ok_or_else(|| unknown(self.0))?;
        self.0 = after;
        Ok(Some(value))
    }

    /// The next value, which is an empty text where it is null.
    pub(super) fn text(&mut self) -> Result<&'a str, IntrospectionError> {
        Ok(self.optional()?.unwrap_or_default())
    }

    pub(super) fn number(&mut self) -> Result<usize, IntrospectionError> {
        let before = self.0;
        self.text()?.parse().map_err(|_| unknown(before))
    }

    pub(super) fn is_set(&mut self) -> Result<bool, IntrospectionError> {
        Ok(self.text()? == "1")
    }
}

/// A text that has more characters than SQLite has counted, as it counts up to one that is zero.
fn unknown(rest: &str) -> IntrospectionError {
    let found = format!("`{}` in place of a value", rest.chars().take(40).collect::<String>());
    IntrospectionError::UnknownCatalogue { catalogue: "sqlite_schema", found }
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
        let answers = answer("1:a-1:é;0:;");
        let mut packed = Packed::new(&answers, 0);
        let rows = packed.rows(Packed::optional).unwrap();
        assert_eq!(rows, [Some("a"), None, Some("é")]);
        assert_eq!(packed.rows(Packed::text).unwrap(), [""]);
    }

    #[test]
    fn what_is_no_value_is_refused() {
        for text in ["", "1", "2:a", "x:a", ":", "é"] {
            assert!(Packed::new(&answer(text), 0).text().is_err(), "{text}");
        }
        assert!(Packed::new(&answer("1:a"), 0).rows(Packed::text).is_err());
        assert!(Packed::new(&answer("1:a"), 0).number().is_err());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[0-9:;é-]{0,8}|.*") {
            let _ = Packed::new(&answer(&text), 0).each(|row| row.rows(Packed::optional).map(drop));
        }

        #[test]
        fn what_is_packed_is_read(values in prop::collection::vec(any::<Option<String>>(), 0..6)) {
            let one = |value: &Option<String>| match value {
                Some(text) => format!("{}:{text}", text.chars().count()),
                None => "-".to_owned(),
            };
            let packed: String = values.iter().map(one).chain([";".to_owned()]).collect();
            let answers = answer(&packed);
            let read = Packed::new(&answers, 0).rows(Packed::optional).unwrap();
            let values: Vec<Option<&str>> = values.iter().map(Option::as_deref).collect();
            prop_assert_eq!(read, values);
        }
    }
}
