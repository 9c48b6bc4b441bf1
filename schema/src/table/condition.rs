//! The condition of a check.

use servicekit_chain::Dialect;
use servicekit_chain::sql::{literal, quote_name};
use std::borrow::Cow;

/// The condition of a check constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Condition {
    /// SQL, which is used unchanged on every database.
    Sql(String),
    /// A column has one of these values; each database quotes its name and the texts in its own way. See [`one_of`].
    OneOf {
        /// The column.
        column: String,
        /// The values.
        values: ListedValues,
    },
}

/// The values of a [`Condition::OneOf`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListedValues {
    /// Texts.
    Texts(Vec<String>),
    /// Whole numbers.
    Integers(Vec<i64>),
}

/// The condition that a column has one of these values, texts or whole numbers.
///
/// Names of columns are quoted, each database has other quotes, and a text is the same for all of them.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let mut op = Operations::default();
/// op.create_check_constraint("ck_notes_order", "notes", one_of("order", ["first", "last"]));
/// assert_eq!(
///     op.sql(Dialect::Mysql).unwrap(),
///     ["ALTER TABLE `notes` ADD CONSTRAINT `ck_notes_order` CHECK (`order` IN ('first', 'last'))"]
/// );
/// ```
pub fn one_of(column: impl Into<String>, values: impl Into<ListedValues>) -> Condition {
    Condition::OneOf { column: column.into(), values: values.into() }
}

impl Condition {
    /// The condition in the words of a database.
    ///
    /// ```
    /// use servicekit_schema::{Dialect, table::one_of};
    /// assert_eq!(one_of("size", [1, 2]).sql(Dialect::Postgres), r#""size" IN (1, 2)"#);
    /// ```
    pub fn sql(&self, dialect: Dialect) -> Cow<'_, str> {
        match self {
            Self::Sql(sql) => Cow::Borrowed(sql),
            Self::OneOf { column, values } => {
                let values: Vec<String> = match values {
                    ListedValues::Texts(texts) => texts.iter().map(|text| literal(dialect, text)).collect(),
                    ListedValues::Integers(numbers) => numbers.iter().map(i64::to_string).collect(),
                };
                Cow::Owned(format!("{} IN ({})", quote_name(dialect, column), values.join(", ")))
            }
        }
    }
}

impl ListedValues {
    /// Whether there is no value.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Texts(texts) => texts.is_empty(),
            Self::Integers(numbers) => numbers.is_empty(),
        }
    }
}

from! {
    Condition:
    &str => |sql| Self::Sql(sql.to_owned());
    String => |sql| Self::Sql(sql);
    &String => |sql| Self::Sql(sql.clone());
}

from! {
    ListedValues:
    Vec<String> => |texts| Self::Texts(texts);
    Vec<&str> => |texts| Self::from(texts.as_slice());
    &[&str] => |texts| Self::Texts(texts.iter().map(|text| (*text).to_owned()).collect());
    Vec<i64> => |numbers| Self::Integers(numbers);
    &[i64] => |numbers| Self::Integers(numbers.to_vec());
}

impl<const N: usize> From<[&str; N]> for ListedValues {
    fn from(texts: [&str; N]) -> Self {
        Self::from(texts.as_slice())
    }
}

impl<const N: usize> From<[i64; N]> for ListedValues {
    fn from(numbers: [i64; N]) -> Self {
        Self::Integers(numbers.to_vec())
    }
}
