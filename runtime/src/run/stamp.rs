//! What a run writes without running anything: stamps, and what a person says about a stage.

use crate::backend::database_error;
use crate::error::{Error, ErrorKind, Phase};
use crate::run::transaction::difference;
use crate::run::{Advance, DatabaseState, Resolution, Runner, journal};
use servicekit_chain::{Direction, Heads, StampPlan, StampStep, Target};

impl Runner<'_> {
    /// Writes version rows without running anything.
    pub(crate) async fn stamp(
        &mut self,
        target: &Target,
        purge: bool,
        mut position: DatabaseState,
    ) -> Result<Heads, Error> {
        if self.session.engine.always_locks() || position.is_partial {
            self.session.refuse_read_only(&position.rows).await?;
            self.lock(&position).await?;
            position = self.position().await?;
        }
        let mut deadline = self.deadline(None);
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
            if plan.steps.is_empty() && !position.is_partial {
                return Ok(position.rows);
            }
            self.session.refuse_read_only(&position.rows).await?;
            match self.attempt_stamp(&plan, &position).await {
                Ok(Advance::Done(())) => return Ok(plan.to),
                Ok(Advance::Moved(found)) => position = found,
                Err(error) => self.wait_or(error, &mut deadline, &position.rows).await?,
            }
        }
    }

    /// Makes the tables that are missing.
    pub(crate) async fn ensure_version(&mut self, mut position: DatabaseState) -> Result<Heads, Error> {
        if self.session.has_tables {
            return Ok(position.rows);
        }
        self.session.refuse_read_only(&position.rows).await?;
        if self.session.engine.always_locks() {
            self.lock(&position).await?;
            position = self.position().await?;
        }
        let mut deadline = self.deadline(Some(&position.rows));
        match self.session.begin(&self.options, &mut deadline, &position).await? {
            Advance::Done(()) => self.session.commit(None, &mut deadline).await.map(|()| position.rows),
            // Another session has made them, and has gone on.
            Advance::Moved(found) => Ok(found.rows),
        }
    }

    async fn attempt_stamp(&mut self, plan: &StampPlan, position: &DatabaseState) -> Result<Advance, Error> {
        let mut deadline = self.deadline(Some(&position.rows));
        if let Advance::Moved(found) = self.session.begin(&self.options, &mut deadline, position).await? {
            return Ok(Advance::Moved(found));
        }
        let written = self.write_stamp(plan, position).await;
        self.session.rollback_on_error(written).await?;
        self.session.commit(None, &mut deadline).await?;
        Ok(Advance::Done(()))
    }

    async fn write_stamp(&mut self, plan: &StampPlan, position: &DatabaseState) -> Result<(), Error> {
        let stages = if position.is_partial { self.open_stages().await? } else { Vec::new() };
        let open = stages.last().filter(|stage| stage.is_ours).map(|stage| stage.seq);
        let (context, session) = self.context(&position.rows);
        context.apply_stamp(session, plan, position, open).await
    }

    /// Notes what a person says about the stage that is in doubt.
    pub(crate) async fn resolve(
        &mut self,
        resolution: Resolution,
        position: &DatabaseState,
    ) -> Result<Heads, Error> {
        self.session.refuse_read_only(&position.rows).await?;
        self.lock(position).await?;
        let mut position = self.position().await?;
        loop {
            if !position.is_partial {
                return Err(Error::from(ErrorKind::NothingInDoubt).at(&position.rows));
            }
            let mut deadline = self.deadline(Some(&position.rows));
            match self.session.begin(&self.options, &mut deadline, &position).await? {
                Advance::Moved(found) => position = found,
                Advance::Done(()) => {
                    let written = self.write_resolution(resolution, &position).await;
                    self.session.rollback_on_error(written).await?;
                    self.session.commit(None, &mut deadline).await?;
                    return Ok(position.rows);
                }
            }
        }
    }

    /// In a transaction, so that nobody goes on with the stage meanwhile.
    async fn write_resolution(
        &mut self,
        resolution: Resolution,
        position: &DatabaseState,
    ) -> Result<(), Error> {
        let stages = self.open_stages().await?;
        let Some(last) = stages.last().filter(|stage| stage.is_ours && !stage.state.is_over()) else {
            return Err(Error::from(ErrorKind::NothingInDoubt).at(&position.rows));
        };
        let text = journal::close(self.session.engine, &self.session.tables, last.seq, resolution.state());
        let written = self.session.connection().run(&[text]).await;
        written.map_err(|error| database_error(Phase::WriteJournal { revision: None }, error.source))
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
