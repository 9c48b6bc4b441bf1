//! The plan of a run, from where the database is.

use crate::confine::Guard;
use crate::error::{Error, ErrorKind, UnknownRevision};
use crate::run::{DatabaseState, Route, Runner, journal};
use crate::script::{OpenStage, Prepared, Refused};
use servicekit_chain::{Direction, Heads, Plan, PlanError, RevisionId};

impl Runner<'_> {
    /// The plan from these rows; rows that this binary does not know are an error of their own.
    pub(crate) async fn plan(&mut self, route: &Route, rows: &Heads) -> Result<Plan, Error> {
        self.check_known(rows).await?;
        self.plan_of_route(route, rows)
    }

    fn plan_of_route(&self, route: &Route, rows: &Heads) -> Result<Plan, Error> {
        match route {
            Route::To(to) => self.history.plan(rows, to),
            Route::Over(steps, from) => {
                let moved = || ErrorKind::Moved { expected: from.clone(), found: rows.clone() };
                self.rest(steps, rows).ok_or_else(|| Error::from(moved()).at(rows))
            }
        }
    }

    /// What is left to do of these steps; `None` where another run went somewhere else, from which they do not go on.
    fn rest(&self, steps: &[(RevisionId, Direction)], from: &Heads) -> Option<Plan> {
        let mut plan = Plan::empty(from.clone());
        let applied = self.history.applied(from);
        let is_left = |(id, direction): &&(RevisionId, Direction)| {
            applied.contains(id.as_str()) != (*direction == Direction::Upgrade)
        };
        for (id, direction) in steps.iter().filter(is_left) {
            let step = self.history.graph().step(&plan.to, id.as_str(), *direction)?;
            step.rows.apply(&mut plan.to);
            plan.steps.push(step);
        }
        Some(plan)
    }

    pub(crate) fn no_plan(&self, rows: &Heads, source: PlanError) -> Error {
        Error::from(ErrorKind::Plan { source, folder: self.history.embedded.folder }).at(rows)
    }

    pub(crate) async fn check_known(&mut self, rows: &Heads) -> Result<(), Error> {
        let unknown: Vec<_> =
            rows.iter().filter(|id| self.history.revision(id.as_str()).is_none()).cloned().collect();
        if unknown.is_empty() {
            return Ok(());
        }
        // The journal only adds detail: without it the error still says what matters.
        let entries = journal::last_entries(&mut self.session).await.unwrap_or_default();
        let unknown = unknown
            .into_iter()
            .map(|revision| {
                let entry = entries.iter().find(|entry| entry.revision == revision.as_str());
                UnknownRevision {
                    applied_at: entry.map(|entry| entry.finished_at.clone()),
                    application: entry.and_then(|entry| entry.application.clone()),
                    revision,
                }
            })
            .collect();
        let folder = self.history.embedded.folder;
        Err(Error::from(ErrorKind::Ahead { unknown, folder }).at(rows))
    }

    /// Plans, and finds every statement of every step before the first of them runs. What is partially applied comes first.
    pub(crate) async fn prepare(
        &mut self,
        route: &Route,
        position: &DatabaseState,
    ) -> Result<Vec<Prepared>, Error> {
        let mut prepared = Vec::new();
        let mut rows = position.rows.clone();
        let mut begun = Vec::new();
        if position.is_partial {
            self.check_known(&rows).await?;
            let unfinished = self.unfinished(position).await?;
            let same = |step: &servicekit_chain::Step| {
                step.revision == unfinished.step.revision && step.direction == unfinished.step.direction
            };
            if self.plan_of_route(route, &rows).is_ok_and(|plan| plan.steps.first().is_some_and(same)) {
                begun = unfinished.begun;
            } else {
                rows = unfinished.after.clone();
                prepared.push(unfinished);
            }
        }
        let plan = self.plan(route, &rows).await?;
        for note in &plan.notes {
            tracing::warn!("{note}");
        }
        let mut refused = Refused::default();
        let dialect = self.session.mode_setting().dialect();
        let mut guard = self.options.confinement.as_ref().map(|confinement| Guard::new(dialect, confinement));
        for step in plan.steps {
            // Each revision begins with the session as the run has it.
            let mode = self.session.mode_setting();
            let found = Prepared::new(&self.history, &mode, step, &rows, &position.rows);
            let Some(mut current) = refused.collect(found)? else { continue };
            if let Some(server) = self.session.server_version() {
                current.lacking(server).for_each(|lacking| refused.add(lacking));
            }
            let outside = guard.iter_mut().flat_map(|guard| guard.refusals(&current));
            outside.for_each(|outside| refused.add(outside));
            current.begun = std::mem::take(&mut begun);
            rows = current.after.clone();
            prepared.push(current);
        }
        refused.finish()?;
        Ok(prepared)
    }

    /// The stages of the revision that is partially applied.
    pub(crate) async fn open_stages(&mut self) -> Result<Vec<OpenStage>, Error> {
        let history = &self.history;
        journal::open_stages(&mut self.session, &|id| history.revision(id).is_some()).await
    }

    /// The revision that is partially applied, in the direction in which it was begun.
    async fn unfinished(&mut self, position: &DatabaseState) -> Result<Prepared, Error> {
        let stages = self.open_stages().await?;
        let Some(last) = stages.last() else {
            let tables = &self.session.tables;
            return Err(tables.corrupt("it has the mark row, but the journal has no stage"));
        };
        let step = self.history.graph().step(&position.rows, &last.revision, last.direction);
        let of_step = |step| {
            Prepared::new(&self.history, &self.session.mode_setting(), step, &position.rows, &position.rows)
        };
        match step.map(of_step).transpose()?.flatten() {
            Some(mut unfinished) => {
                unfinished.begun = stages;
                Ok(unfinished)
            }
            None => Err(Error::from(ErrorKind::PartialUnknown {
                revision: last.revision.clone(),
                direction: last.direction,
                application: last.application.clone(),
                folder: self.history.embedded.folder,
            })
            .at(&position.rows)),
        }
    }
}
