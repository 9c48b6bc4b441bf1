//! What a model says of its past.

/// Former names of a table, of its columns and of the values in them: they do not belong to the table, and two tables with other hints are equal.
///
/// ```
/// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
/// use servicekit::schema::Hints;
/// let hints = Hints::default().renamed_from("clients").column_renamed_from("country", "nation");
/// assert_eq!(hints.columns, [("country".to_owned(), "nation".to_owned())]);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hints {
    /// The former name of the table.
    pub table: Option<String>,
    /// Columns by their name now, with the former one.
    pub columns: Vec<(String, String)>,
    /// Values that a column of an enum has now, with the former ones.
    pub values: Vec<RenamedValue>,
}

/// A value of an enum that had another name: `#[column(renamed_from = "sent")]` of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RenamedValue {
    /// The column.
    pub column: String,
    /// The value now.
    pub value: String,
    /// The former value.
    pub before: String,
}

impl Hints {
    /// Adds the former name of a column.
    #[must_use]
    pub fn column_renamed_from(mut self, column: impl Into<String>, before: impl Into<String>) -> Self {
        self.columns.push((column.into(), before.into()));
        self
    }

    /// Adds the former name of a value of a column.
    #[must_use]
    pub fn value_renamed_from(
        mut self,
        column: impl Into<String>,
        value: impl Into<String>,
        before: impl Into<String>,
    ) -> Self {
        self.values.push(RenamedValue { column: column.into(), value: value.into(), before: before.into() });
        self
    }
}

setters! {
    Hints:
    /// Sets the former name of the table.
    renamed_from(before: impl Into<String>) => table = Some(before.into());
}
