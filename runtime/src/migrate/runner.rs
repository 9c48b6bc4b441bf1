//! The run itself: one step after another until the database is at the target.

use super::apply::Context;
use super::error::{Error, UnknownRevision};
use super::history::History;
use super::journal;
use super::options::{Options, TransactionMode};
use super::patience::{Obstacle, Patience, StopFlag};
use super::pooler::Probe;
use super::position::Position;
use super::prepared::{Prepared, sharing_a_transaction};
use super::progress::Progress;
use super::report::{Edited, Report, StepReport};
use super::session::{Begun, Session};
use super::steps::{Outcome, Steps};
use servicekit_chain::{Dialect, Heads, Plan, PlanError, StampPlan, Target};
use std::time::{Duration, Instant};
use tracing::Instrument as _;

/// What a run should do.
#[derive(Debug, Clone)]
pub(super) enum Goal {
    /// Run revisions.
    Go(Destination),
    /// Write the version rows of a target without running anything.
    Stamp(Target),
    /// Say what became of a step that is in doubt.
    Resolve(super::resolution::Resolution),
}

/// Where a run that runs revisions should lead.
#[derive(Debug, Clone)]
pub(super) enum Destination {
    /// Forward to a target.
    Up(Target),
    /// Back to a target.
    Down(Target),
}

impl Destination {
    /// Whether it is everything there is.
    pub(super) fn is_head(&self) -> bool {
        matches!(self, Self::Up(target) if *target == Target::heads())
    }
}

/// A run on one session.
#[derive(Debug)]
pub(super) struct Runner<'c> {
    session: Session<'c>,
    history: History,
    options: Options,
    stop: StopFlag,
    probe: Probe,
    run_id: String,
    started: Instant,
    steps: Vec<StepReport>,
}

/// What came of an attempt at a step.
enum Attempt {
    Done,
    /// The database was not where the step starts from.
    Moved(Position),
}

impl From<Outcome> for Attempt {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::Done,
            Outcome::Moved(found) => Self::Moved(found),
        }
    }
}

impl<'c> Runner<'c> {
    pub(super) fn new(
        session: Session<'c>,
        history: History,
        options: Options,
        stop: StopFlag,
        probe: Probe,
    ) -> Self {
        let run_id = ulid::Ulid::generate().to_string();
        Self { session, history, options, stop, probe, run_id, started: Instant::now(), steps: Vec::new() }
    }

    /// Brings the database to the goal, and gives back what the run has taken.
    pub(super) async fn run(mut self, goal: &Goal) -> Result<Report, Error> {
        let folder = self.history.migrations().folder();
        let span = tracing::info_span!("migrate", run = %self.run_id, folder);
        let result = self.reach(goal).instrument(span).await;
        self.session.close().await;
        result
    }

    async fn reach(&mut self, goal: &Goal) -> Result<Report, Error> {
        let start = self.position().await?;
        self.session.server().await?;
        let from = start.rows.clone();
        let to = match goal {
            Goal::Stamp(target) => self.stamp(target, start).await?,
            Goal::Go(to) => self.go(to, start).await?,
            Goal::Resolve(resolution) => self.resolve(*resolution, &start).await?,
        };
        // What the run did stands, whatever becomes of this question.
        let edited = self.edited(&to).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "edited revisions could not be looked for");
            Vec::new()
        });
        for edited in &edited {
            tracing::warn!(revision = %edited.revision, "{edited}");
        }
        let steps = std::mem::take(&mut self.steps);
        Ok(Report { from, to, steps, edited, elapsed: self.started.elapsed() })
    }

    /// Applied revisions whose file says something else now.
    pub(super) async fn edited(&mut self, rows: &Heads) -> Result<Vec<Edited>, Error> {
        if rows.is_base() {
            return Ok(Vec::new());
        }
        // A stamp can have taken back what the journal last says was applied.
        let applied = self.history.applied(rows);
        let tables = self.session.tables.clone();
        let entries = journal::last_entries(self.session.connection(), &tables).await?;
        Ok(entries
            .into_iter()
            .filter(|entry| entry.direction == "upgrade" && applied.contains(entry.revision.as_str()))
            .filter_map(|entry| {
                let revision = self.history.revision(&entry.revision)?;
                let (then, now) = (entry.source_digest?, revision.digest()?);
                let is_edited = then != now.to_string();
                is_edited.then(|| Edited {
                    revision: revision.id(),
                    path: revision.path(),
                    applied_at: entry.finished_at,
                })
            })
            .collect())
    }

    /// The plan from these rows; rows that this binary does not know are an error of their own.
    pub(super) async fn plan(&mut self, to: &Destination, rows: &Heads) -> Result<Plan, Error> {
        self.check_known(rows).await?;
        self.graph_plan(to, rows).map_err(|source| self.no_plan(rows, source))
    }

    fn graph_plan(&self, to: &Destination, rows: &Heads) -> Result<Plan, PlanError> {
        match to {
            Destination::Up(target) => self.history.graph().upgrade(rows, target),
            Destination::Down(target) => self.history.graph().downgrade(rows, target),
        }
    }

    fn no_plan(&self, rows: &Heads, source: PlanError) -> Error {
        Error::Plan { at: rows.clone(), source, folder: self.history.migrations().folder() }
    }

    async fn check_known(&mut self, rows: &Heads) -> Result<(), Error> {
        let unknown: Vec<_> =
            rows.iter().filter(|id| self.history.revision(id.as_str()).is_none()).cloned().collect();
        if unknown.is_empty() {
            return Ok(());
        }
        // The journal only adds detail: without it the error still says what matters.
        let tables = self.session.tables.clone();
        let entries = journal::last_entries(self.session.connection(), &tables).await.unwrap_or_default();
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
        Err(Error::Ahead { at: rows.clone(), unknown, folder: self.history.migrations().folder() })
    }

    fn dialect(&self) -> Dialect {
        self.session.engine.dialect()
    }

    fn patience(&self, rows: Option<&Heads>) -> Patience {
        Patience::new(&self.options, &self.stop, self.dialect(), rows)
    }

    /// Where the database is.
    pub(super) async fn position(&mut self) -> Result<Position, Error> {
        let mut patience = self.patience(None);
        self.session.position_in_time(&mut patience).await
    }

    /// Runs revisions until the database is at the target.
    async fn go(&mut self, to: &Destination, mut position: Position) -> Result<Heads, Error> {
        loop {
            let prepared = self.prepare(to, &position).await?;
            if prepared.is_empty() {
                return Ok(self.announce(&prepared, &position.rows));
            }
            if self.take_lock(&prepared, &position).await? {
                let now = self.position().await?;
                if now != position {
                    position = now;
                    continue;
                }
            }
            self.make_room(&prepared, &position).await?;
            match self.follow(&prepared, to, position).await? {
                Followed::There(rows) => return Ok(rows),
                Followed::Elsewhere(found) => position = found,
            }
        }
    }

    /// Takes the lock of the run where the plan needs it; whether it was taken just now.
    async fn take_lock(&mut self, prepared: &[Prepared], position: &Position) -> Result<bool, Error> {
        let engine = self.session.engine;
        let is_needed = engine.always_locks() || prepared.iter().any(Prepared::needs_lock);
        if !is_needed || self.session.has_lock() {
            return Ok(false);
        }
        let outside = prepared.iter().find(|current| current.needs_lock());
        if let Some(outside) = outside {
            self.probe.refuse_pooler(&outside.step.revision, &position.rows).await?;
        }
        self.lock(position).await?;
        Ok(self.session.has_lock())
    }

    async fn lock(&mut self, position: &Position) -> Result<(), Error> {
        let mut patience = self.patience(Some(&position.rows));
        self.session.lock(&self.options, &mut patience).await?;
        self.session.make_tables_beforehand().await
    }

    /// Makes the version column wide enough for the ids of the plan, before any step.
    async fn make_room(&mut self, prepared: &[Prepared], position: &Position) -> Result<(), Error> {
        let Some(width) = self.session.server().await?.width else { return Ok(()) };
        let ids = prepared.iter().flat_map(|current| current.after.iter());
        let longest = ids.map(|id| id.as_str().chars().count()).max().unwrap_or_default();
        let texts = self.session.engine.widen(&self.session.tables);
        if longest <= width || texts.is_empty() {
            return Ok(());
        }
        let mut patience = self.patience(Some(&position.rows));
        loop {
            let result = self.session.widen(&self.options, &texts, &mut patience, position).await;
            match result {
                Ok(()) => return Ok(()),
                Err(error) => self.wait_or(error, &mut patience, &position.rows).await?,
            }
        }
    }

    /// Runs the steps, as long as the database is where they start from.
    async fn follow(
        &mut self,
        prepared: &[Prepared],
        to: &Destination,
        start: Position,
    ) -> Result<Followed, Error> {
        let destination = self.announce(prepared, &start.rows);
        let mut rows = start.rows;
        let mut next = 0;
        while let Some(current) = prepared.get(next) {
            let together = self.how_many_together(prepared, next);
            let done = self.steps.len();
            match self.attempt(prepared, next, together).await? {
                Attempt::Done => {
                    next += together.max(1);
                    rows = prepared.get(next - 1).unwrap_or(current).after.clone();
                }
                Attempt::Moved(found) => {
                    self.steps.truncate(done);
                    // Usually another process is applying the same plan: go on from where it is.
                    if found.is_at(&destination) {
                        return Ok(Followed::There(destination));
                    }
                    let is_before = |later: &Prepared| later.begun.is_empty() && found.is_at(&later.before);
                    let ahead = prepared.iter().skip(next).position(is_before);
                    if let Some(ahead) = ahead.filter(|&ahead| ahead > 0) {
                        next += ahead;
                        rows = found.rows;
                    } else if self.steps.is_empty() || to.is_head() {
                        return Ok(Followed::Elsewhere(found));
                    } else {
                        return Err(Error::Moved { expected: rows, found: found.rows });
                    }
                }
            }
        }
        Ok(Followed::There(rows))
    }

    /// How many of the steps from this one on share a transaction; 0 for one that is done step by step.
    fn how_many_together(&self, prepared: &[Prepared], next: usize) -> usize {
        let rest = prepared.get(next..).unwrap_or_default();
        let sharing = sharing_a_transaction(rest, self.dialect());
        match self.options.transaction {
            TransactionMode::PerRevision => sharing.min(1),
            TransactionMode::PerRun => sharing,
        }
    }

    /// One transaction, or one revision that is done step by step; tried again while somebody else holds the
    /// database.
    async fn attempt(
        &mut self,
        prepared: &[Prepared],
        next: usize,
        together: usize,
    ) -> Result<Attempt, Error> {
        let Some(current) = prepared.get(next) else { return Ok(Attempt::Done) };
        let mut patience = self.patience(Some(&current.before));
        loop {
            let done = self.steps.len();
            let result = if together == 0 {
                self.in_steps(current, (next + 1, prepared.len())).await
            } else {
                let several = prepared.get(next..next + together).unwrap_or_default();
                self.in_one_transaction(several, (next + 1, prepared.len())).await
            };
            match result {
                Ok(attempt) => return Ok(attempt),
                Err(error) if together == 0 => return Err(self.with_state(error).await),
                Err(error) => {
                    self.steps.truncate(done);
                    self.wait_or(error, &mut patience, &current.before).await?;
                }
            }
        }
    }

    /// Revisions that share one transaction.
    async fn in_one_transaction(
        &mut self,
        several: &[Prepared],
        (first, steps): (usize, usize),
    ) -> Result<Attempt, Error> {
        let Some(start) = several.first() else { return Ok(Attempt::Done) };
        let mut patience = self.patience(Some(&start.before));
        let here = Position::at(start.before.clone());
        if let Begun::Moved(found) = self.session.begin(&self.options, &mut patience, &here).await? {
            return Ok(Attempt::Moved(found));
        }
        let only = (several.len() == 1).then_some(&start.step.revision);
        let mut began = Instant::now();
        for (index, current) in several.iter().enumerate() {
            began = Instant::now();
            let result = match patience.check_stop() {
                Ok(()) => {
                    report_start(&self.options, current, (first + index, steps));
                    let context = Context {
                        run_id: &self.run_id,
                        history: &self.history,
                        undone_to: &start.before,
                        half_done: None,
                    };
                    context.apply(&mut self.session, current).instrument(revision_span(current)).await
                }
                Err(stopped) => Err(stopped),
            };
            if let Err(error) = result {
                self.session.rollback().await;
                return Err(error);
            }
            // With a transaction of its own, it is done when that is.
            if only.is_none() {
                self.steps.push(finish(&self.options, current, began.elapsed()));
            }
        }
        self.session.commit(only, &mut patience).await?;
        if only.is_some() {
            self.steps.push(finish(&self.options, start, began.elapsed()));
        }
        Ok(Attempt::Done)
    }

    /// A revision that is done step by step.
    async fn in_steps(&mut self, current: &Prepared, place: (usize, usize)) -> Result<Attempt, Error> {
        self.patience(Some(&current.before)).check_stop()?;
        let began = Instant::now();
        report_start(&self.options, current, place);
        let (session, history) = (&mut self.session, &self.history);
        let steps = Steps::new(session, current, history, &self.options, &self.stop, &self.run_id);
        let outcome = steps.run().instrument(revision_span(current)).await;
        if outcome.is_err() {
            self.session.rollback().await;
        }
        let outcome = outcome?;
        if matches!(outcome, Outcome::Done) {
            self.steps.push(finish(&self.options, current, began.elapsed()));
        }
        Ok(outcome.into())
    }

    /// Writes version rows without running anything.
    async fn stamp(&mut self, target: &Target, mut position: Position) -> Result<Heads, Error> {
        if self.session.engine.always_locks() || position.half_done {
            self.lock(&position).await?;
            position = self.position().await?;
        }
        let mut patience = self.patience(None);
        loop {
            self.check_known(&position.rows).await?;
            let plan = self.history.graph().stamp(&position.rows, target);
            let plan = plan.map_err(|source| self.no_plan(&position.rows, source))?;
            if plan.steps.is_empty() && !position.half_done {
                return Ok(position.rows);
            }
            match self.attempt_stamp(&plan, &position).await {
                Ok(Attempt::Done) => return Ok(plan.to),
                Ok(Attempt::Moved(found)) => position = found,
                Err(error) => self.wait_or(error, &mut patience, &position.rows).await?,
            }
        }
    }

    async fn attempt_stamp(&mut self, plan: &StampPlan, position: &Position) -> Result<Attempt, Error> {
        let mut patience = self.patience(Some(&position.rows));
        if let Begun::Moved(found) = self.session.begin(&self.options, &mut patience, position).await? {
            return Ok(Attempt::Moved(found));
        }
        let result = async {
            let half_done =
                if position.half_done { Some(journal::last_seq(&mut self.session).await?) } else { None };
            let context = Context {
                run_id: &self.run_id,
                history: &self.history,
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
    async fn resolve(
        &mut self,
        resolution: super::resolution::Resolution,
        position: &Position,
    ) -> Result<Heads, Error> {
        self.lock(position).await?;
        let position = self.position().await?;
        if !position.half_done {
            return Err(Error::NothingInDoubt { at: position.rows });
        }
        let tables = self.session.tables.clone();
        let steps = journal::open_steps(self.session.connection(), &tables).await?;
        let Some(last) = steps.last().filter(|step| !step.state.is_over()) else {
            return Err(Error::NothingInDoubt { at: position.rows });
        };
        let text = journal::close(self.session.engine, &tables, last.seq, resolution.state());
        let mut patience = self.patience(Some(&position.rows));
        if let Begun::Moved(found) = self.session.begin(&self.options, &mut patience, &position).await? {
            return Err(Error::Moved { expected: position.rows, found: found.rows });
        }
        let written = self.session.connection().run(&[text]).await;
        if let Err(error) = written {
            self.session.rollback().await;
            return Err(Error::database(super::doing::Doing::WriteJournal { revision: None }, error.source));
        }
        self.session.commit(None, &mut patience).await?;
        Ok(position.rows)
    }

    /// Pauses when a statement met a lock that the transaction does not cover (a shared cache, an attached
    /// file, a table of a server), so that the caller tries again; any other error is final, and says where the database
    /// is then rather than where it should be.
    async fn wait_or(&mut self, error: Error, patience: &mut Patience, rows: &Heads) -> Result<(), Error> {
        match error.busy(self.session.engine) {
            Ok(source) => {
                let paused = patience.pause(Obstacle::Said(source)).await;
                paused.map_err(|error| error.with_state(rows.clone()))
            }
            Err(error) => Err(self.with_state(error).await),
        }
    }

    async fn with_state(&mut self, error: Error) -> Error {
        match self.session.position().await {
            Ok(now) => error.with_state(now.rows),
            Err(_) => error,
        }
    }

    /// Plans, and finds every statement of every step before the first of them runs. What is half done comes first.
    async fn prepare(&mut self, to: &Destination, position: &Position) -> Result<Vec<Prepared>, Error> {
        let mut prepared = Vec::new();
        let mut rows = position.rows.clone();
        let mut begun = Vec::new();
        if position.half_done {
            self.check_known(&rows).await?;
            let unfinished = self.unfinished(position).await?;
            let same = |step: &servicekit_chain::Step| {
                step.revision == unfinished.step.revision && step.direction == unfinished.step.direction
            };
            if self.graph_plan(to, &rows).is_ok_and(|plan| plan.steps.first().is_some_and(same)) {
                begun = unfinished.begun;
            } else {
                rows = unfinished.after.clone();
                prepared.push(unfinished);
            }
        }
        let plan = self.plan(to, &rows).await?;
        for note in &plan.notes {
            tracing::warn!("{note}");
        }
        for step in plan.steps {
            let dialect = self.dialect();
            let Some(mut current) = Prepared::of(&self.history, dialect, step, &rows, &position.rows)? else {
                continue;
            };
            current.begun = std::mem::take(&mut begun);
            rows = current.after.clone();
            prepared.push(current);
        }
        Ok(prepared)
    }

    /// The revision that is half done, in the direction in which it was begun.
    async fn unfinished(&mut self, position: &Position) -> Result<Prepared, Error> {
        let tables = self.session.tables.clone();
        let steps = journal::open_steps(self.session.connection(), &tables).await?;
        let Some(last) = steps.last() else {
            return Err(tables.corrupt("the mark row stands in it, and the journal tells of no step"));
        };
        let step = self.history.graph().step(&position.rows, &last.revision, last.direction);
        let of_step = |step| {
            Prepared::of(&self.history, self.session.engine.dialect(), step, &position.rows, &position.rows)
        };
        match step.map(of_step).transpose()?.flatten() {
            Some(mut unfinished) => {
                unfinished.begun = steps;
                Ok(unfinished)
            }
            None => Err(Error::HalfDoneUnknown {
                revision: last.revision.clone(),
                direction: last.direction,
                application: last.application.clone(),
                at: position.rows.clone(),
                folder: self.history.migrations().folder(),
            }),
        }
    }

    /// Tells what is going to happen; gives the rows at the end of it.
    fn announce(&self, prepared: &[Prepared], rows: &Heads) -> Heads {
        let destination = prepared.last().map_or(rows, |last| &last.after).clone();
        self.options.report(&Progress::Planned {
            from: rows.clone(),
            to: destination.clone(),
            steps: prepared.len(),
        });
        destination
    }
}

/// Where following a plan has led.
enum Followed {
    /// To its end.
    There(Heads),
    /// Off it, so that another plan is needed.
    Elsewhere(Position),
}

fn revision_span(current: &Prepared) -> tracing::Span {
    tracing::info_span!(
        "revision",
        id = %current.step.revision,
        direction = %current.step.direction,
        message = current.revision.message()
    )
}

fn report_start(options: &Options, current: &Prepared, (step, steps): (usize, usize)) {
    options.report(&Progress::Started {
        direction: current.step.direction,
        revision: current.step.revision.clone(),
        message: current.revision.message(),
        step,
        steps,
    });
}

fn finish(options: &Options, current: &Prepared, elapsed: Duration) -> StepReport {
    let (direction, revision) = (current.step.direction, current.step.revision.clone());
    let message = current.revision.message();
    tracing::info!(%revision, ?elapsed, "done");
    options.report(&Progress::Finished { direction, revision: revision.clone(), message, elapsed });
    StepReport { direction, revision, message, elapsed }
}
