//! What a model says of its past.

/// Former names of a table and of its columns: they do not belong to the table, and two tables with other hints are equal.
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
}

impl Hints {
    /// Adds the former name of a column.
    #[must_use]
    pub fn column_renamed_from(mut self, column: impl Into<String>, before: impl Into<String>) -> Self {
        self.columns.push((column.into(), before.into()));
        self
    }
}

setters! {
    Hints:
    /// Sets the former name of the table.
    renamed_from(before: impl Into<String>) => table = Some(before.into());
}
