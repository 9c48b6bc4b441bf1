//! Each revision starts from the session as the connection was opened: a run goes on in another one after a revision that
//! has left something in its own, so that a run of several revisions does what as many runs would do.

use crate::backend::{AnyPool, OwnedConnection, database_error};
use crate::error::{Error, ErrorClass, ErrorKind, Phase};
use crate::run::{Options, RetryDeadline, Session};
use servicekit_chain::sql::Traces;
use std::time::Duration;

/// What the revisions of a run have done to the session so far.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wear {
    /// Whether one has run in it.
    is_used: bool,
    /// Whether one has left something.
    is_changed: bool,
}

impl Wear {
    /// Whether a revision would notice.
    pub(crate) fn shows(self, traces: Traces) -> bool {
        self.is_changed || (self.is_used && traces.reads)
    }

    /// A revision is about to run, and may fail and leave something all the same.
    pub(crate) fn add(&mut self, traces: Traces) {
        self.is_used = true;
        self.is_changed |= traces.leaves;
    }
}

impl Session<'_> {
    /// Goes on in another session, which has what this one had when it was opened, and the lock if this one has it.
    pub(crate) async fn renew(
        &mut self,
        source: &AnyPool,
        options: &Options,
        deadline: &mut RetryDeadline,
    ) -> Result<(), Error> {
        self.rollback().await;
        self.leave().await;
        let (mut other, is_ended) = self.open_another(source, options).await?;
        let had_lock = self.has_lock();
        // Whoever else has ended this session wants the run to end.
        if !is_ended && let Err(error) = self.release().await {
            other.close(&options.timeouts).await;
            return Err(database_error(Phase::Lock, error.source));
        }
        self.connection().wire.swap(other.connection().wire);
        other.close(&options.timeouts).await;
        self.forget();
        self.server().await?;
        if had_lock {
            self.lock(options, deadline).await?;
        }
        Ok(())
    }

    /// Lets go of what would keep another session out of the database.
    async fn leave(&mut self) {
        let texts = self.engine.admit_other_sessions();
        if !texts.is_empty()
            && let Err(error) = self.connection().ask(texts).await
        {
            tracing::debug!(error = %error.source, "the session may keep others out");
        }
    }

    /// Opens another one; where the server has room for one only, in the place of this one. Says whether this one was ended.
    async fn open_another(
        &mut self,
        source: &AnyPool,
        options: &Options,
    ) -> Result<(OwnedConnection, bool), Error> {
        let mut at_once = options.timeouts;
        at_once.acquire = Duration::ZERO;
        let error = match OwnedConnection::open(source, &at_once).await {
            Ok(opened) => return Ok((opened, false)),
            Err(error) => error,
        };
        let is_ended = match error.kind() {
            ErrorKind::Database(refused) if refused.class == ErrorClass::TooManyConnections => {
                if let Some(this) = self.session_id().await?
                    && let Some(end) = self.engine.terminate_session(&this)
                {
                    // The answer, if any, is that the session was ended.
                    let _ = self.connection().ask(&[end]).await;
                }
                true
            }
            // The application may be using all of its pool.
            ErrorKind::Database(refused) if matches!(refused.source, sqlx::Error::PoolTimedOut) => false,
            _ => return Err(error),
        };
        Ok((OwnedConnection::open(source, &options.timeouts).await?, is_ended))
    }
}
