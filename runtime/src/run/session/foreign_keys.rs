//! Foreign keys of SQLite, off while a table is rebuilt.

use crate::backend::sqlite::foreign_keys::Suspended;
use crate::error::Error;
use crate::run::Session;
use servicekit_chain::RevisionId;

impl Session<'_> {
    /// Puts foreign keys off for the transaction that is about to begin.
    pub(crate) async fn suspend_foreign_keys(&mut self) -> Result<(), Error> {
        Suspended::suspend(&mut self.suspended, &mut self.connection).await
    }

    /// Puts everything back, after the transaction.
    pub(crate) async fn restore_foreign_keys(&mut self) {
        let Some(suspended) = &self.suspended else { return };
        let texts = suspended.restore();
        if let Err(error) = self.connection().run(&texts).await {
            tracing::warn!(error = %error.source, "foreign keys could not be put on again");
        }
        self.suspended = None;
    }

    /// Notes what is wrong before anything is done in the transaction.
    pub(crate) async fn note_violations(&mut self) {
        if let Some(suspended) = &mut self.suspended {
            suspended.note_violations(&mut self.connection).await;
        }
    }

    /// An error when something is wrong that was not before.
    pub(crate) async fn check_violations(&mut self, revision: Option<&RevisionId>) -> Result<(), Error> {
        match &mut self.suspended {
            Some(suspended) => suspended.check_violations(&mut self.connection, revision).await,
            None => Ok(()),
        }
    }
}
