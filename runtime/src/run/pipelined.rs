//! A revision as one message: its transaction begins in it, looks whether the database is where the revision starts from,
//! runs the statements, writes down that they are done, and commits.
//!
//! That is the usual case in one round trip. What is not usual is refused by the database in the middle of the message
//! and rolled back. It is then done once more, one thing after the other, which tells what the matter is.

use crate::backend::SendError;
use crate::backend::lock_holder::OPENED;
use crate::error::{Error, ErrorClass};
use crate::run::transaction::{CHUNK, goes_along};
use crate::run::{Context, Records, RetryDeadline, Session};
use crate::script::{Prepared, Statement};
use std::time::Instant;

/// A transaction that can be sent as a whole.
#[derive(Debug)]
pub(crate) struct PipelinedRevision<'p> {
    current: &'p Prepared,
    statements: Vec<&'p Statement>,
    texts: Vec<String>,
    /// Which of the texts is the first statement of the revision.
    first: usize,
}

impl<'p> PipelinedRevision<'p> {
    /// The message, where the revision can be one.
    ///
    /// The session must have had a transaction in this run: what has to be made or found out first is done then.
    pub(crate) fn new(context: &Context<'_>, session: &Session<'_>, current: &'p Prepared) -> Option<Self> {
        let statements: Vec<&Statement> = current.statements().collect();
        let length: usize = statements.iter().map(|statement| statement.sql.len()).sum();
        let goes_along = statements.iter().all(|statement| goes_along(session, statement));
        // What it leaves has to be seen to.
        if current.units.traces.lasts() || length > CHUNK || !goes_along {
            return None;
        }
        let mut texts = session.opening(context.options, &current.before)?;
        texts.last_mut()?.push_str(OPENED);
        let first = texts.len();
        texts.extend(statements.iter().map(|statement| statement.sql.clone()));
        let mut records = Records::new(session);
        context.record(&mut records, session, current, session.time_in_run(Instant::now()));
        // That the journal takes a row was seen in the transaction before.
        texts.extend(records.texts());
        texts.push(session.require_rows(&current.after)?);
        texts.push("COMMIT".to_owned());
        Some(Self { current, statements, texts, first })
    }

    /// Sends it. Says whether the revision is done; if not, nothing of it is.
    pub(crate) async fn send(
        self,
        context: &Context<'_>,
        session: &mut Session<'_>,
        deadline: &mut RetryDeadline,
    ) -> Result<bool, Error> {
        context.report(self.statements.iter().map(|statement| (self.current, *statement)));
        let Err(error) = session.send_transaction(&self.texts).await else { return Ok(true) };
        let revision = &self.current.step.revision;
        let own = self.first..self.first + self.statements.len();
        if error.index + 1 == self.texts.len() {
            session.committed(Err(error.source), Some(revision), deadline).await?;
            return Ok(true);
        }
        // Answers can be lost on the way, also that of the commit. What the server itself says last is not.
        let is_said = error.source.as_database_error().is_some();
        if !is_said && session.engine.class(&error.source) == ErrorClass::Gone {
            return session.committed(Err(error.source), Some(revision), deadline).await.map(|()| true);
        }
        let result = if own.contains(&error.index) {
            let error = SendError { index: error.index - self.first, ..error };
            Err(context.failed(session, self.current, &self.statements, error).await)
        } else {
            tracing::debug!(error = %error.source, text = error.index, "done once more, one thing after the other");
            Ok(false)
        };
        session.rollback().await;
        result
    }
}
