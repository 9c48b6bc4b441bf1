//! What the user of a connection may not do, found out without writing anything: for a look before a run.

use crate::backend::connection::{Answer, Connection};
use crate::backend::error_help::database_error;
use crate::error::Error;
use crate::error::read_only::ReadOnlyCause;
use crate::run::session::Session;
use std::fmt;

/// What keeps a user from running revisions, as far as the database tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rights {
    /// Why nothing is to be written at all.
    pub read_only: Option<ReadOnlyCause>,
    /// The rights that the user is known to lack.
    pub missing: Vec<MissingRight>,
}

/// A right that the user of a connection lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MissingRight {
    /// As it is granted, as `INSERT`.
    pub right: &'static str,
    /// What it would be a right on, as a message names it.
    pub on: String,
    /// Whether every run needs it; otherwise it depends on what the revisions do.
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

/// Asks for every right that a run needs.
pub(crate) async fn find(session: &mut Session<'_>) -> Result<Rights, Error> {
    let server = session.identify().await?.clone();
    let questions = session.engine.rights(&session.tables, &server);
    let mut rights = Rights { read_only: server.read_only, missing: Vec::new() };
    for RightQuestion { right, texts } in questions {
        if is_missing(session.connection(), &texts).await? {
            rights.missing.push(right);
        }
    }
    Ok(rights)
}

/// Whether it is known to be missing; what cannot be asked is not known.
async fn is_missing(connection: &mut Connection<'_>, texts: &[String]) -> Result<bool, Error> {
    match connection.ask(texts).await {
        Ok(answers) => {
            let first = answers.first().and_then(Answer::first);
            Ok(matches!(first, Some("f" | "false")))
        }
        Err(error) if error.source.as_database_error().is_some() => {
            Ok(connection.engine().says_denied(&error.source))
        }
        Err(error) => Err(database_error(crate::error::phase::Phase::Identify, error.source)),
    }
}
