//! What a database answers.

/// What a statement was answered: its rows as text, and how many rows it changed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) rows: Vec<Vec<Option<String>>>,
    pub(crate) affected: u64,
}

impl Answer {
    /// The first value of the first row.
    pub(crate) fn first(&self) -> Option<&str> {
        self.rows.first()?.first()?.as_deref()
    }

    /// Whether that means yes.
    pub(crate) fn is_yes(&self) -> bool {
        is_yes(self.first())
    }
}

/// A statement that was refused; the ones before it are done.
#[derive(Debug)]
pub(crate) struct SendError {
    /// The statement among those that were sent together.
    pub(crate) index: usize,
    /// The byte of the statement that the database points at.
    #[cfg_attr(not(feature = "postgres"), allow(dead_code, reason = "only PostgreSQL points at one"))]
    pub(crate) at: Option<usize>,
    pub(crate) source: sqlx::Error,
}

impl From<SendError> for sqlx::Error {
    fn from(error: SendError) -> Self {
        error.source
    }
}

/// Whether a value that a database answers means yes.
pub(crate) fn is_yes(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "t" | "true"))
}

/// The value in this column of the first row of an answer.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) fn value(answers: &[Answer], answer: usize, column: usize) -> Option<&str> {
    answers.get(answer)?.rows.first()?.get(column)?.as_deref()
}
