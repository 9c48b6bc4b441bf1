//! One revision or several in one transaction, with one commit.

use crate::error::Error;
use crate::run::runner::{finish, report_start};
use crate::run::{Advance, Context, DatabaseState, InTurn, RetryDeadline, RevisionSpan, Runner};
use crate::script::Prepared;
use std::time::Instant;

impl Runner<'_> {
    /// Revisions that share one transaction, with foreign keys off where SQLite rebuilds a table.
    pub(crate) async fn in_one_transaction(
        &mut self,
        several: &[Prepared],
        place: (usize, usize),
    ) -> Result<Advance, Error> {
        if !several.iter().any(Prepared::rebuilds) {
            return self.share_a_transaction(several, place).await;
        }
        self.session.suspend_foreign_keys().await?;
        let result = self.share_a_transaction(several, place).await;
        self.session.restore_foreign_keys().await;
        result
    }

    async fn share_a_transaction(
        &mut self,
        several: &[Prepared],
        (first, steps): (usize, usize),
    ) -> Result<Advance, Error> {
        let Some(start) = several.first() else { return Ok(Advance::Done(())) };
        let mut deadline = self.deadline(Some(&start.before));
        let here = DatabaseState::at(start.before.clone());
        if let Advance::Moved(found) = self.session.begin(&self.options, &mut deadline, &here).await? {
            return Ok(Advance::Moved(found));
        }
        let began = Instant::now();
        self.session.note_violations().await;
        let only = (several.len() == 1).then_some(&start.step.revision);
        let mut result = match several {
            [only] => {
                report_start(&self.options, only, (first, steps));
                let (context, session) = self.context(&start.before);
                RevisionSpan::new(session.system(), only).run(context.apply(session, only)).await
            }
            several => self.one_after_another(several, (first, steps), &deadline).await,
        };
        if result.is_ok() {
            result = self.session.check_violations(only).await;
        }
        self.session.rollback_on_error(result).await?;
        self.session.commit(only, &mut deadline).await?;
        // With a transaction of its own, it is done when that is.
        if only.is_some() {
            self.steps.push(finish(&self.options, start, began.elapsed()));
        }
        Ok(Advance::Done(()))
    }

    /// The statements of each revision, then what is written about all of them.
    async fn one_after_another(
        &mut self,
        several: &[Prepared],
        (first, steps): (usize, usize),
        deadline: &RetryDeadline,
    ) -> Result<(), Error> {
        let Some(before) = several.first().map(|start| &start.before) else { return Ok(()) };
        let queue = Prepared::statements_of(several);
        let system = self.session.system();
        let mut in_turn =
            InTurn::new((&self.options, system), several, (first, steps)).telling(&mut self.steps);
        in_turn.advance(0);
        let (run_id, history, stop) = (&self.run_id, &self.history, &self.stop);
        let options = &self.options;
        let context = Context { run_id, history, options, stop, undone_to: before, stage: None };
        let mut sent = 0;
        for group in by_traces(several) {
            let kept = match group {
                [current] if current.units.traces.lasts() => {
                    self.session.remember_role().await?;
                    Some(self.session.keep(current).await?)
                }
                _ => None,
            };
            let length: usize = group.iter().map(|current| current.statements().count()).sum();
            let part = queue.get(sent..sent + length).unwrap_or_default();
            let mut is_done = |index: usize| in_turn.advance(sent + index + 1);
            let ran = context.run_queue(&mut self.session, part, deadline, &mut is_done).await;
            ran.inspect_err(|error| in_turn.failed(error))?;
            if let Some(kept) = kept {
                self.session.take_own_role().await?;
                self.session.put_back(kept).await?;
            }
            sent += length;
        }
        // Every revision gets its journal row, however many answers there were.
        in_turn.advance(queue.len());
        context.record_all(&mut self.session, several, in_turn.times()).await
    }
}

/// Cuts revisions that share a transaction into groups of which none notices what another has left: each that leaves something
/// is one by itself.
fn by_traces(several: &[Prepared]) -> impl Iterator<Item = &[Prepared]> {
    let leaves = |current: &Prepared| current.units.traces.lasts();
    several.chunk_by(move |one, next| !leaves(one) && !leaves(next))
}
