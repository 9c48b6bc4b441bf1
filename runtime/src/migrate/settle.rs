//! What a run writes without running anything: stamps, and what a person says about a step.

use super::apply::{Context, HalfDoneAt, difference};
use super::doing::Doing;
use super::error::Error;
use super::journal;
use super::position::Position;
use super::resolution::Resolution;
use super::runner::{Attempt, Runner};
use super::session::Begun;
use servicekit_chain::{Direction, Heads, StampPlan, StampStep, Target};

impl Runner<'_> {
    /// Writes version rows without running anything.
    pub(super) async fn stamp(
        &mut self,
        target: &Target,
        purge: bool,
        mut position: Position,
    ) -> Result<Heads, Error> {
        if self.session.engine.always_locks() || position.half_done {
            self.session.refuse_read_only(&position.rows).await?;
            self.lock(&position).await?;
            position = self.position().await?;
        }
        let mut patience = self.patience(None);
        loop {
            if !purge {
                self.check_known(&position.rows).await?;
            }
            let from = if purge { Heads::base() } else { position.rows.clone() };
            let plan = self.history.graph().stamp(&from, target);
            let mut plan = plan.map_err(|source| self.no_plan(&position.rows, source))?;
            if purge {
                plan = purged(&position.rows, plan.to);
            }
            if plan.steps.is_empty() && !position.half_done {
                return Ok(position.rows);
            }
            self.session.refuse_read_only(&position.rows).await?;
            match self.attempt_stamp(&plan, &position).await {
                Ok(Attempt::Done) => return Ok(plan.to),
                Ok(Attempt::Moved(found)) => position = found,
                Err(error) => self.wait_or(error, &mut patience, &position.rows).await?,
            }
        }
    }

    /// Makes the tables that are missing.
    pub(super) async fn ensure_version(&mut self, mut position: Position) -> Result<Heads, Error> {
        if self.session.has_tables() {
            return Ok(position.rows);
        }
        self.session.refuse_read_only(&position.rows).await?;
        if self.session.engine.always_locks() {
            self.lock(&position).await?;
            position = self.position().await?;
        }
        let mut patience = self.patience(Some(&position.rows));
        match self.session.begin(&self.options, &mut patience, &position).await? {
            Begun::Here => self.session.commit(None, &mut patience).await.map(|()| position.rows),
            // Somebody else has made them, and has gone on.
            Begun::Moved(found) => Ok(found.rows),
        }
    }

    async fn attempt_stamp(&mut self, plan: &StampPlan, position: &Position) -> Result<Attempt, Error> {
        let mut patience = self.patience(Some(&position.rows));
        if let Begun::Moved(found) = self.session.begin(&self.options, &mut patience, position).await? {
            return Ok(Attempt::Moved(found));
        }
        let result = async {
            let half_done = if position.half_done {
                let steps = self.open_steps().await?;
                let last = steps.last().filter(|step| step.is_ours);
                Some(HalfDoneAt { seq: last.map(|step| step.seq) })
            } else {
                None
            };
            let context = Context {
                run_id: &self.run_id,
                history: &self.history,
                options: &self.options,
                undone_to: &position.rows,
                half_done: None,
            };
            context.apply_stamp(&mut self.session, plan, half_done).await
        };
        if let Err(error) = result.await {
            self.session.rollback().await;
            return Err(error);
        }
        self.session.commit(None, &mut patience).await?;
        Ok(Attempt::Done)
    }

    /// Notes what a person says about the step that is in doubt.
    pub(super) async fn resolve(
        &mut self,
        resolution: Resolution,
        position: &Position,
    ) -> Result<Heads, Error> {
        self.session.refuse_read_only(&position.rows).await?;
        self.lock(position).await?;
        let mut position = self.position().await?;
        loop {
            if !position.half_done {
                return Err(Error::NothingInDoubt { at: position.rows });
            }
            let mut patience = self.patience(Some(&position.rows));
            match self.session.begin(&self.options, &mut patience, &position).await? {
                Begun::Moved(found) => position = found,
                Begun::Here => {
                    if let Err(error) = self.write_resolution(resolution, &position).await {
                        self.session.rollback().await;
                        return Err(error);
                    }
                    self.session.commit(None, &mut patience).await?;
                    return Ok(position.rows);
                }
            }
        }
    }

    /// In a transaction, so that nobody goes on with the step meanwhile.
    async fn write_resolution(&mut self, resolution: Resolution, position: &Position) -> Result<(), Error> {
        let steps = self.open_steps().await?;
        let Some(last) = steps.last().filter(|step| step.is_ours && !step.state.is_over()) else {
            return Err(Error::NothingInDoubt { at: position.rows.clone() });
        };
        let text = journal::close(self.session.engine, &self.session.tables, last.seq, resolution.state());
        let written = self.session.connection().run(&[text]).await;
        written.map_err(|error| Error::database(Doing::WriteJournal { revision: None }, error.source))
    }
}

/// All rows go, whatever they say, and these come.
fn purged(rows: &Heads, to: Heads) -> StampPlan {
    let step = StampStep {
        direction: Direction::Upgrade,
        from: rows.as_slice().to_vec(),
        to: to.as_slice().to_vec(),
        rows: difference(rows, &to),
    };
    let steps = if *rows == to { Vec::new() } else { vec![step] };
    StampPlan { from: rows.clone(), steps, to }
}
