//! The session that holds a lock.

use nanoserde::{DeJson, SerJson};
use std::fmt;

/// The session that holds a lock, as the server reports it; unknown parts are `None`.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
#[non_exhaustive]
pub struct LockHolder {
    /// The id of the session: its process on PostgreSQL, its connection id on MySQL.
    pub session: String,
    /// The user.
    pub user: Option<String>,
    /// The application name.
    pub application: Option<String>,
    /// The client address.
    pub client: Option<String>,
    /// The start of its transaction or session, or of its statement on MySQL, in UTC.
    pub since: Option<String>,
    /// Its current or last statement.
    pub statement: Option<String>,
}

/// The most of a statement that a message shows.
const SHOWN: usize = 120;

impl fmt::Display for LockHolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "session {}", self.session)?;
        for (word, value) in [("of", &self.application), ("as", &self.user), ("from", &self.client)] {
            if let Some(value) = value {
                write!(f, " {word} {value}")?;
            }
        }
        if let Some(since) = &self.since {
            write!(f, " since {since}")?;
        }
        if let Some(statement) = &self.statement {
            let text = statement.split_whitespace().collect::<Vec<_>>().join(" ");
            let shown: String = text.chars().take(SHOWN).collect();
            let more = if shown.len() < text.len() { "…" } else { "" };
            write!(f, ", with `{shown}{more}`")?;
        }
        Ok(())
    }
}
