//! The rights that the user of a connection lacks, found out without writing.

use crate::backend::{Answer, Connection, MissingRight, RightQuestion, database_error};
use crate::error::{Error, Phase, ReadOnlyCause};
use crate::run::Session;

/// What prevents a user from running revisions, as far as the database shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rights {
    /// Why the database is read-only, if it is.
    pub read_only: Option<ReadOnlyCause>,
    /// Known missing rights.
    pub missing: Vec<MissingRight>,
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
            Ok(connection.engine().is_denied(&error.source))
        }
        Err(error) => Err(database_error(Phase::Identify, error.source)),
    }
}
