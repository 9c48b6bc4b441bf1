//! The rights that runs need, and the queries for them.

use std::fmt;

/// A right that the user of a connection lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MissingRight {
    /// The right, for example `INSERT`.
    pub right: &'static str,
    /// The object of the right, as shown in messages.
    pub on: String,
    /// Whether every run needs it; otherwise it depends on the revisions.
    pub is_needed: bool,
}

impl fmt::Display for MissingRight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.right, self.on)
    }
}

/// A right, and what asks for it: it is missing when the first answer is no, or when the database refuses to answer for lack
/// of it. Nothing of it may write.
#[derive(Debug)]
pub(crate) struct RightQuestion {
    pub(crate) right: MissingRight,
    pub(crate) texts: Vec<String>,
}
