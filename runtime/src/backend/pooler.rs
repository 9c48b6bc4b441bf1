//! Poolers that hand a session to one client after another: a lock of a session means nothing behind them.

use crate::backend::error_help::database_error;
use crate::backend::silence::Limits;
use crate::error::{Error, ErrorKind};
use servicekit_chain::{Heads, RevisionId};
use std::time::Duration;

/// How another connection of the same kind could be opened, where that is known.
#[derive(Clone, Default)]
pub(crate) enum Probe {
    /// There is no pooler for this kind of database, or only one connection was handed in.
    #[default]
    None,
    #[cfg(feature = "postgres")]
    Postgres(Box<sqlx::postgres::PgConnectOptions>),
    #[cfg(feature = "mysql")]
    MySql(Box<sqlx::mysql::MySqlConnectOptions>),
}

// Not derived: sqlx shows the password of its options.
impl std::fmt::Debug for Probe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Probe").finish_non_exhaustive()
    }
}

impl Probe {
    /// Whether the server answers another connection, whatever it answers; taken for granted where none can be opened.
    pub(crate) async fn answers(&self, limit: Duration) -> bool {
        let _ = limit;
        match self {
            Self::None => true,
            #[cfg(feature = "postgres")]
            Self::Postgres(options) => is_reached::<sqlx::PgConnection>(options, limit).await,
            #[cfg(feature = "mysql")]
            Self::MySql(options) => is_reached::<sqlx::MySqlConnection>(options, limit).await,
        }
    }

    /// What connections are opened with as options of PostgreSQL.
    pub(crate) fn startup_options(&self) -> Option<String> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(options) => options.get_options().map(str::to_owned),
            _ => None,
        }
    }

    /// Refuses a step outside a transaction behind a pooler.
    ///
    /// A server takes any setting with a `.` in its name from a client that connects, and keeps it for that session:
    /// <https://www.postgresql.org/docs/current/runtime-config-custom.html>. A pooler has opened its sessions before,
    /// so it refuses such a client (pgbouncer: "unsupported startup parameter") or loses the setting.
    pub(crate) async fn refuse_pooler(
        &self,
        revision: &RevisionId,
        at: &Heads,
        limits: Limits,
    ) -> Result<(), Error> {
        #[cfg(feature = "postgres")]
        if let Self::Postgres(options) = self {
            use crate::backend::{Engine as _, ErrorClass, postgres::Postgres};
            use crate::error::phase::Phase;
            use sqlx::Connection as _;
            let nonce = ulid::Ulid::generate().to_string();
            let options = options.as_ref().clone().options([("servicekit.probe", nonce.as_str())]);
            let refused = || Error::from(ErrorKind::Pooler { revision: revision.clone() }).at(at);
            let mut other = match limits.answered(sqlx::PgConnection::connect_with(&options)).await {
                Ok(connection) => connection,
                Err(error) if is_unsupported_parameter(&error) => return Err(refused()),
                // A server that is full says so by itself. To wait for room would be to wait for the other starters, who
                // hold a connection each and want another one too.
                Err(error) if Postgres.class(&error) == ErrorClass::TooManyConnections => return Ok(()),
                Err(error) => return Err(database_error(Phase::Connect { file: None }, error)),
            };
            let sql = "SELECT current_setting('servicekit.probe', true)";
            let asked = sqlx::query_scalar(sql).persistent(false).fetch_one(&mut other);
            let kept: Result<Option<String>, _> = limits.answered(asked).await;
            // Nothing hangs on how it is closed.
            let _ = limits.answered(other.close()).await;
            let kept = kept.map_err(|error| database_error(Phase::Identify, error))?;
            return if kept.as_deref() == Some(nonce.as_str()) { Ok(()) } else { Err(refused()) };
        }
        let _ = (revision, at, limits);
        Ok(())
    }
}

#[cfg(any(feature = "postgres", feature = "mysql"))]
async fn is_reached<C: sqlx::Connection>(options: &C::Options, limit: Duration) -> bool {
    match tokio::time::timeout(limit, C::connect_with(options)).await {
        Err(_) | Ok(Err(sqlx::Error::Io(_))) => false,
        Ok(Ok(connection)) => {
            // Nothing hangs on how it is closed.
            let _ = tokio::time::timeout(limit, connection.close()).await;
            true
        }
        // Something was said, as that there is no room.
        Ok(Err(_)) => true,
    }
}

#[cfg(feature = "postgres")]
fn is_unsupported_parameter(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.message().contains("unsupported startup parameter"))
}
