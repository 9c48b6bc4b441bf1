//! What the journal records when a run ends in the middle of a revision: what was done, and which step failed.

use crate::error::Error;
use crate::run::{Advance, DatabaseState, Records, StagedRevision, StopFlag};
use crate::script::{Stage, StageState};
use std::time::Instant;

/// A step that was refused, with nothing of it done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Failed<'u> {
    pub(crate) index: usize,
    pub(crate) unit: &'u Stage,
    /// Its row in the journal, if it has one.
    pub(crate) seq: Option<i64>,
}

impl StagedRevision<'_, '_> {
    /// Notes that the step before is done, and which step failed, so that a status names what the error of the run named,
    /// and a later run need not find out what this one knows.
    ///
    /// The error of the run counts, whatever becomes of this: then the next run finds out by itself.
    pub(crate) async fn note_end(&mut self, index: usize, failed: Option<Failed<'_>>) {
        self.session.rollback().await;
        let is_news = self.unnoted.is_some() || failed.is_some();
        if !self.marked || !is_news {
            return;
        }
        if let Err(error) = self.write_end(index, failed).await {
            self.session.rollback().await;
            tracing::warn!(%error, "the journal could not note where the run ended");
        }
    }

    async fn write_end(&mut self, index: usize, failed: Option<Failed<'_>>) -> Result<(), Error> {
        // A run that was asked to stop records that too.
        let stop = StopFlag::default();
        let mut deadline = self.deadline_with(&stop);
        let seq = failed.and_then(|failed| failed.seq);
        if let Advance::Moved(_) = self.begin(index, seq, &mut deadline).await? {
            return Ok(());
        }
        let revision = self.revision();
        let context = self.context_at(index);
        let mut records = Records::new(self.session);
        self.note(&mut records);
        if let Some(Failed { index, unit, seq }) = failed {
            let digest = self.digest(unit);
            let mut entry = context.entry(self.current, self.session.time_at(Instant::now()));
            (entry.place, entry.statement_digest, entry.state) =
                (self.place(index), Some(digest.as_str()), StageState::Failed);
            records.ended(self.session, revision, &entry, seq);
        }
        let expected = DatabaseState { is_partial: true, ..self.here() };
        context.write(self.session, Some(revision), records, &expected).await?;
        self.session.commit(Some(revision), &mut deadline).await?;
        self.unnoted = None;
        Ok(())
    }
}
