//! Finding out that a pooler stands between a run and the server.

use crate::backend::error_help::class;
use crate::backend::{AnswerLimits, database_error};
use crate::error::{Error, ErrorClass, ErrorKind, Phase};
use servicekit_chain::{Heads, RevisionId};
use sqlx::Connection as _;
use sqlx::postgres::PgConnectOptions;

/// Refuses a stage outside a transaction behind a pooler.
///
/// A server takes any setting with a `.` in its name from a client that connects, and keeps it for that session:
/// <https://www.postgresql.org/docs/current/runtime-config-custom.html>. A pooler has opened its sessions before,
/// so it refuses such a client (pgbouncer: "unsupported startup parameter") or loses the setting.
pub(crate) async fn refuse(
    options: &PgConnectOptions,
    revision: &RevisionId,
    at: &Heads,
    limits: AnswerLimits,
) -> Result<(), Error> {
    let nonce = ulid::Ulid::generate().to_string();
    let options = options.clone().options([("servicekit.probe", nonce.as_str())]);
    let refused = || Error::from(ErrorKind::Pooler { revision: revision.clone() }).at(at);
    let mut other = match limits.answered(sqlx::PgConnection::connect_with(&options)).await {
        Ok(connection) => connection,
        Err(error) if is_unsupported_parameter(&error) => return Err(refused()),
        // A server that is full says so by itself. To wait for room would be to wait for the other starters, who
        // hold a connection each and want another one too.
        Err(error) if class(&error) == ErrorClass::TooManyConnections => return Ok(()),
        Err(error) => return Err(database_error(Phase::Connect { file: None }, error)),
    };
    let sql = "SELECT current_setting('servicekit.probe', true)";
    let asked = sqlx::query_scalar(sql).persistent(false).fetch_one(&mut other);
    let kept: Result<Option<String>, _> = limits.answered(asked).await;
    // Nothing hangs on how it is closed.
    let _ = limits.answered(other.close()).await;
    let kept = kept.map_err(|error| database_error(Phase::Identify, error))?;
    if kept.as_deref() == Some(nonce.as_str()) { Ok(()) } else { Err(refused()) }
}

fn is_unsupported_parameter(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.message().contains("unsupported startup parameter"))
}
