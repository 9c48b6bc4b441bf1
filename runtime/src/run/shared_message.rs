//! One message with the statements of several revisions behind a savepoint.
//!
//! A savepoint for each revision would be two more answers, or, if they stay open, more pages than SQLite keeps in memory.

use crate::backend::{SendError, begin_error};
use crate::error::Error;
use crate::run::transaction::{CHUNK, goes_along, send};
use crate::run::{Context, InTurn, Session};
use crate::script::{Prepared, Statement};

/// No revision can have a savepoint of its own, so none has this one.
const SAVEPOINT: &str = "SAVEPOINT servicekit_revisions";
const RELEASE: &str = "RELEASE SAVEPOINT servicekit_revisions";
const ROLLBACK_TO: &str = "ROLLBACK TO SAVEPOINT servicekit_revisions";

/// The revisions of a message, and what is sent for them.
#[derive(Debug)]
pub(crate) struct SharedMessage<'p> {
    revisions: &'p [Prepared],
    texts: Vec<&'p str>,
    /// How many of the texts handle the savepoint.
    first: usize,
    statements: Vec<(&'p Prepared, &'p Statement)>,
}

impl<'p> SharedMessage<'p> {
    /// As many of these as go together, at least one; its savepoint takes the place of an earlier one.
    pub(crate) fn new(session: &Session<'_>, several: &'p [Prepared], has_earlier: bool) -> Self {
        let mut length = 0;
        let fits = |current: &&Prepared| {
            length += current.statements().map(|statement| statement.sql.len()).sum::<usize>();
            length <= CHUNK && current.statements().all(|statement| goes_along(session, statement))
        };
        let together = several.iter().take_while(fits).count();
        // What does not fit is sent behind the message.
        let statements = Prepared::statements_of(several.get(..together).unwrap_or_default());
        let savepoint: &[&str] = if has_earlier { &[RELEASE, SAVEPOINT] } else { &[SAVEPOINT] };
        let texts = statements.iter().map(|(_, statement)| statement.sql.as_str());
        let texts = savepoint.iter().copied().chain(texts).collect();
        let revisions = several.get(..together.max(1)).unwrap_or_default();
        Self { revisions, texts, first: savepoint.len(), statements }
    }

    pub(crate) fn revisions(&self) -> &'p [Prepared] {
        self.revisions
    }
}

impl Context<'_> {
    /// Runs the statements of a message.
    pub(crate) async fn send_shared(
        &self,
        session: &mut Session<'_>,
        message: &SharedMessage<'_>,
        in_turn: &mut InTurn<'_>,
    ) -> Result<(), Error> {
        in_turn.advance(0);
        self.report(message.statements.iter().copied());
        let mut is_done = |index: usize| in_turn.advance((index + 1).saturating_sub(message.first));
        if let Err(error) = send(session, &message.texts, &message.statements, &mut is_done).await {
            let at = error.index.checked_sub(message.first);
            let Some(&(current, statement)) = at.and_then(|at| message.statements.get(at)) else {
                return Err(begin_error(error.source));
            };
            return Err(self.failed(session, current, &[statement], SendError { index: 0, ..error }).await);
        }
        if let ([current], true) = (message.revisions, message.statements.is_empty()) {
            let statements: Vec<&Statement> = current.statements().collect();
            self.run_all(session, current, &statements).await?;
            in_turn.advance(statements.len());
        }
        Ok(())
    }
}

impl Session<'_> {
    /// Takes back what the last message has done; false when there is no transaction any more: SQLite rolls back all of it
    /// for `OR ROLLBACK` and a full disk.
    pub(crate) async fn undo_message(&mut self) -> bool {
        match self.connection().run(&[ROLLBACK_TO]).await {
            Ok(()) => true,
            Err(error) => {
                tracing::debug!(error = %error.source, "nothing is left to roll back to");
                false
            }
        }
    }
}
