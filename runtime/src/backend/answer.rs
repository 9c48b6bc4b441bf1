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
