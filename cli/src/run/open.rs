//! Opening a database.

use super::error::connect_failure;
use super::url::DatabaseUrl;
use crate::failure::{DatabaseFailure, Failure};
use servicekit::Database;
use servicekit::ErrorKind;
use servicekit::database::{AnyBackend, DatabaseBuilder};
use servicekit_chain::diagnostic::Diagnostic;
use std::time::Duration;

/// How long a server has to answer.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A run has a connection of its own, and a look at the database in the meantime another.
const CONNECTIONS: u32 = 2;

/// What becomes of a SQLite file that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MissingFile {
    /// It is created.
    Create,
    /// It is an error.
    Refuse,
}

/// Opens a pool.
pub(super) async fn open(url: &DatabaseUrl, missing: MissingFile) -> Result<Database<AnyBackend>, Failure> {
    let builder = Database::from_url(&url.text).map_err(|error| match error.kind() {
        ErrorKind::Url { reason, .. } => url.bad(reason),
        ErrorKind::UrlRefused { source: error, .. } => {
            DatabaseFailure::RefusedUrl { source: url.source.clone(), error: error.clone() }
        }
        _ => url.bad(error),
    })?;
    let has_server = url.dialect.select(false, true, true);
    if has_server {
        // A pool goes on trying for half a minute, and then does not say why.
        let answer = tokio::time::timeout(CONNECT_TIMEOUT, try_once(&builder)).await;
        let late =
            |_| Some(reason(format!("the server did not answer within {} s", CONNECT_TIMEOUT.as_secs())));
        if let Some(reason) = answer.unwrap_or_else(late) {
            return Err(DatabaseFailure::Connect { database: url.shown(), reason }.into());
        }
    } else {
        check_file(url, missing)?;
    }
    let database = builder.with_max_connections(CONNECTIONS).build();
    match database.init().await {
        Ok(_) => Ok(database),
        Err(error) => Err(connect_failure(url.shown(), &error).into()),
    }
}

/// A command that cannot have anything to do on an empty database does not make one.
#[cfg(feature = "sqlite")]
fn check_file(url: &DatabaseUrl, missing: MissingFile) -> Result<(), Failure> {
    use servicekit::sqlx::sqlite::SqliteConnectOptions;
    let options: SqliteConnectOptions = url.text.parse().map_err(|error| url.bad(error))?;
    let file = options.get_filename();
    let is_memory = url.text.contains(":memory:") || url.text.contains("mode=memory");
    if missing == MissingFile::Create || is_memory || file.exists() {
        return Ok(());
    }
    Err(DatabaseFailure::NoFile { database: url.shown(), file: file.to_owned() }.into())
}

#[cfg(not(feature = "sqlite"))]
#[allow(clippy::unnecessary_wraps, reason = "there are no files to look for")]
fn check_file(_: &DatabaseUrl, _: MissingFile) -> Result<(), Failure> {
    Ok(())
}

/// Opens one connection and closes it again; what is wrong otherwise. A server without room is waited for later.
async fn try_once(builder: &DatabaseBuilder<AnyBackend>) -> Option<Diagnostic> {
    let error = builder.try_once().await.err()?;
    match error.as_database_error() {
        // PostgreSQL's and MySQL's words for "too many connections".
        Some(said) if said.code().is_some_and(|code| code == "53300" || code == "08004") => None,
        Some(said) => Some(reason(said.message()).notes(servicekit::__private::notes(&error))),
        None => Some(reason(error.to_string())),
    }
}

fn reason(words: impl Into<String>) -> Diagnostic {
    Diagnostic::new("cannot_connect", words)
}
