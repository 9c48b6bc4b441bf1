//! Poolers that hand a session to one client after another: a lock of a session means nothing behind them.

use super::error::Error;
use servicekit_chain::{Heads, RevisionId};

/// How another connection of the same kind could be opened, where that is known.
#[derive(Clone, Default)]
pub(super) enum Probe {
    /// There is no pooler for this kind of database, or only one connection was handed in.
    #[default]
    None,
    #[cfg(feature = "postgres")]
    Postgres(Box<sqlx::postgres::PgConnectOptions>),
}

// Not derived: sqlx shows the password of its options.
impl std::fmt::Debug for Probe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Probe").finish_non_exhaustive()
    }
}

impl Probe {
    /// Refuses a step outside a transaction behind a pooler.
    ///
    /// A server takes any setting with a `.` in its name from a client that connects, and keeps it for that session:
    /// <https://www.postgresql.org/docs/current/runtime-config-custom.html>. A pooler has opened its sessions before,
    /// so it refuses such a client (pgbouncer: "unsupported startup parameter") or loses the setting.
    pub(super) async fn refuse_pooler(&self, revision: &RevisionId, at: &Heads) -> Result<(), Error> {
        #[cfg(feature = "postgres")]
        if let Self::Postgres(options) = self {
            use super::doing::Doing;
            use super::engine::{Engine as _, Trouble, postgres::Postgres};
            use sqlx::Connection as _;
            let nonce = ulid::Ulid::generate().to_string();
            let options = options.as_ref().clone().options([("servicekit.probe", nonce.as_str())]);
            let refused = || Error::Pooler { revision: revision.clone(), at: at.clone() };
            let mut other = match sqlx::PgConnection::connect_with(&options).await {
                Ok(connection) => connection,
                Err(error) if is_unsupported_parameter(&error) => return Err(refused()),
                // A server that is full says so by itself. To wait for room would be to wait for the other starters, who
                // hold a connection each and want another one too.
                Err(error) if Postgres.trouble(&error) == Trouble::TooManyConnections => return Ok(()),
                Err(error) => return Err(Error::database(Doing::Connect { file: None }, error)),
            };
            let sql = "SELECT current_setting('servicekit.probe', true)";
            let kept: Result<Option<String>, _> =
                sqlx::query_scalar(sql).persistent(false).fetch_one(&mut other).await;
            // Nothing hangs on how it is closed.
            let _ = other.close().await;
            let kept = kept.map_err(|error| Error::database(Doing::Identify, error))?;
            return if kept.as_deref() == Some(nonce.as_str()) { Ok(()) } else { Err(refused()) };
        }
        let _ = (revision, at);
        Ok(())
    }
}

#[cfg(feature = "postgres")]
fn is_unsupported_parameter(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.message().contains("unsupported startup parameter"))
}
