//! Poolers that hand a session to one client after another: a lock of a session means nothing behind them.

use crate::backend::driver::Options;
use crate::backend::{AnswerLimits, AnyPool, Driver, driver_enum, map_driver, with_driver};
use crate::error::Error;
use servicekit_chain::{Heads, RevisionId};
use std::sync::Arc;
use std::time::Duration;

type Shared<D> = Arc<Options<D>>;

driver_enum! {
    /// How a connection is opened.
    #[derive(Clone)]
    enum AnyOptions of Shared
}

/// How another connection of the same kind could be opened; `None` where there is no server, or only one connection was
/// passed in.
#[derive(Clone, Default)]
pub(crate) struct Probe(Option<AnyOptions>);

// Not derived: sqlx shows the password of its options.
impl std::fmt::Debug for Probe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Probe").finish_non_exhaustive()
    }
}

impl Probe {
    /// There is no way.
    pub(crate) const NONE: Self = Self(None);

    /// As this pool opens its connections.
    pub(crate) fn from_pool(pool: &AnyPool) -> Self {
        let options = map_driver!(pool, AnyPool(pool) => AnyOptions(pool.connect_options()));
        let is_server = with_driver!(&options, AnyOptions(_) => D::IS_SERVER);
        Self(is_server.then_some(options))
    }

    /// Whether there is no way to open one.
    pub(crate) fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// Whether the server answers another connection, whatever it answers; taken for granted where none can be opened.
    pub(crate) async fn answers(&self, limit: Duration) -> bool {
        let Some(options) = &self.0 else { return true };
        with_driver!(options, AnyOptions(options) => is_reached::<D>(options, limit).await)
    }

    /// What connections are opened with as options of PostgreSQL.
    pub(crate) fn startup_options(&self) -> Option<String> {
        with_driver!(self.0.as_ref()?, AnyOptions(options) => D::startup_options(options))
    }

    /// Refuses a stage outside a transaction behind a pooler.
    pub(crate) async fn refuse_pooler(
        &self,
        revision: &RevisionId,
        at: &Heads,
        limits: AnswerLimits,
    ) -> Result<(), Error> {
        let Some(options) = &self.0 else { return Ok(()) };
        with_driver!(options, AnyOptions(options) => D::refuse_pooler(options, revision, at, limits).await)
    }
}

async fn is_reached<D: sqlx::Database>(options: &Options<D>, limit: Duration) -> bool {
    use sqlx::Connection as _;
    match tokio::time::timeout(limit, D::Connection::connect_with(options)).await {
        Err(_) | Ok(Err(sqlx::Error::Io(_))) => false,
        Ok(Ok(connection)) => {
            // Nothing hangs on how it is closed.
            let _ = tokio::time::timeout(limit, connection.close()).await;
            true
        }
        // The server answered, if only that it has no room.
        Ok(Err(_)) => true,
    }
}
