//! Poolers that hand a session to one client after another: a lock of a session means nothing behind them.

use crate::backend::answer_limits::AnswerLimits;
use crate::error::Error;
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

    /// Refuses a stage outside a transaction behind a pooler.
    pub(crate) async fn refuse_pooler(
        &self,
        revision: &RevisionId,
        at: &Heads,
        limits: AnswerLimits,
    ) -> Result<(), Error> {
        #[cfg(feature = "postgres")]
        if let Self::Postgres(options) = self {
            return crate::backend::postgres::pooler::refuse(options, revision, at, limits).await;
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
