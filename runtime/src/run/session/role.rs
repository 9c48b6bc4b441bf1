//! What a run writes about itself, it writes as the role that the connection was opened with, whatever role a revision has
//! taken on.

use crate::backend::{Answer, during};
use crate::error::{Error, Phase};
use crate::run::Session;

/// The role of a session, while a revision may have taken on another one.
#[derive(Debug)]
pub(crate) struct OwnRole {
    /// What the engine has found out about it.
    found: Answer,
    /// The statements with which the revision has taken on its own, where the database cannot be asked for them.
    theirs: Option<String>,
}

impl Session<'_> {
    /// Finds out which role the session has, before a revision that may take on another one.
    pub(crate) async fn remember_role(&mut self) -> Result<(), Error> {
        if let Some(question) = self.engine.role()
            && self.role.is_none()
        {
            let found = self.connection.ask_one(question, Phase::Settings).await?;
            self.role = Some(OwnRole { found, theirs: None });
        }
        Ok(())
    }

    /// A revision has run this outside of a transaction.
    pub(crate) fn note_role(&mut self, sql: &str) {
        if let Some(role) = &mut self.role
            && self.engine.sets_role(sql)
        {
            role.theirs = Some(sql.to_owned());
        }
    }

    /// What makes the transaction that is open one of our own role.
    pub(crate) fn own_role(&self) -> Vec<String> {
        self.role.as_ref().map(|role| self.engine.assume_own_role(&role.found)).unwrap_or_default()
    }

    /// What gives it back to the role of the revision.
    pub(crate) fn their_role(&self) -> Vec<String> {
        self.role
            .as_ref()
            .map(|role| self.engine.restore_revision_role(role.theirs.as_deref()))
            .unwrap_or_default()
    }

    /// A statement of the run itself, outside of a transaction.
    pub(crate) fn by_own_role(&self, text: String) -> Vec<String> {
        let own = self.own_role();
        if own.is_empty() {
            return vec![text];
        }
        let (first, last) = ("BEGIN".to_owned(), "COMMIT".to_owned());
        let texts = std::iter::once(first).chain(own).chain([text]);
        texts.chain(self.their_role()).chain([last]).collect()
    }

    /// Takes the own role again, after a revision.
    pub(crate) async fn take_own_role(&mut self) -> Result<(), Error> {
        let Some(role) = self.role.take() else { return Ok(()) };
        if self.connection().is_silent() {
            return Ok(());
        }
        let texts = self.engine.restore_own_role(&role.found);
        self.connection.ask(&texts).await.map(drop).map_err(during(Phase::Settings))
    }
}
