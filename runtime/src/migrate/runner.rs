//! The run itself: one transaction after another until the database is at the target.

use super::error::{Error, UnknownRevision};
use super::history::History;
use super::options::{Options, TransactionMode};
use super::progress::Progress;
use super::report::{Edited, Report, StepReport};
use super::sqlite;
use super::statement;
use super::tables::Tables;
use super::transaction::{Context, Prepared, begin, commit, rollback};
use servicekit_chain::{Dialect, Heads, Plan, StampPlan, Target};
use sqlx::{Connection as _, SqliteConnection};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tracing::Instrument as _;

/// Where a run should lead.
#[derive(Debug, Clone)]
pub(super) enum Goal {
    /// Forward to a target.
    Upgrade(Target),
    /// Back to a target.
    Downgrade(Target),
    /// To a target without running anything.
    Stamp(Target),
}

impl Goal {
    /// Whether the goal is everything there is.
    pub(super) fn is_head(&self) -> bool {
        matches!(self, Self::Upgrade(target) if *target == Target::heads())
    }
}

/// Told to a run from outside: stop at the next step boundary.
#[derive(Debug, Clone, Default)]
pub(super) struct StopFlag(Arc<AtomicBool>);

impl StopFlag {
    pub(super) fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A run on one connection.
#[derive(Debug)]
pub(super) struct Runner<'c> {
    connection: &'c mut SqliteConnection,
    history: History,
    options: Options,
    tables: Tables,
    stop: StopFlag,
    run_id: String,
    /// Whether this run has seen to it that the version table and the journal are there.
    tables_exist: bool,
    started: Instant,
    steps: Vec<StepReport>,
}

/// What came of an attempt at a step.
enum Attempt {
    Done,
    /// The version rows were not those the step starts from.
    Moved(Heads),
}

impl<'c> Runner<'c> {
    pub(super) fn new(
        connection: &'c mut SqliteConnection,
        history: History,
        options: Options,
        stop: StopFlag,
    ) -> Self {
        Self {
            connection,
            tables: Tables::of(history.migrations().embedded()),
            history,
            options,
            stop,
            run_id: ulid::Ulid::generate().to_string(),
            tables_exist: false,
            started: Instant::now(),
            steps: Vec::new(),
        }
    }

    /// Brings the database to the goal.
    pub(super) async fn run(mut self, goal: &Goal) -> Result<Report, Error> {
        let span =
            tracing::info_span!("migrate", run = %self.run_id, folder = self.history.migrations().folder());
        async move {
            if self.connection.is_in_transaction() {
                return Err(Error::InTransaction);
            }
            let from = self.rows().await?;
            let to = match (goal, self.options.transaction) {
                (Goal::Stamp(target), _) => self.stamp(target).await?,
                (_, TransactionMode::PerRevision) => self.step_by_step(goal, from.clone()).await?,
                (_, TransactionMode::PerRun) => self.all_at_once(goal).await?,
            };
            // What the run did stands, whatever becomes of this question.
            let edited = self.edited(&to).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "edited revisions could not be looked for");
                Vec::new()
            });
            for edited in &edited {
                tracing::warn!(revision = %edited.revision, "{edited}");
            }
            Ok(Report { from, to, steps: self.steps, edited, elapsed: self.started.elapsed() })
        }
        .instrument(span)
        .await
    }

    /// Applied revisions whose file says something else now.
    pub(super) async fn edited(&mut self, rows: &Heads) -> Result<Vec<Edited>, Error> {
        if rows.is_base() {
            return Ok(Vec::new());
        }
        let entries = sqlite::last_entries(self.connection, &self.tables).await?;
        Ok(entries
            .into_iter()
            .filter_map(|entry| {
                let revision = self.history.revision(&entry.revision)?;
                let (applied, now) = (entry.source_digest?, revision.digest()?);
                let is_edited = entry.direction == "upgrade" && applied != now.to_string();
                is_edited.then(|| Edited {
                    revision: revision.id(),
                    path: revision.path(),
                    applied_at: entry.finished_at,
                })
            })
            .collect())
    }

    /// The plan from these rows; rows that this binary does not know are an error of their own.
    pub(super) async fn plan(&mut self, goal: &Goal, rows: &Heads) -> Result<Plan, Error> {
        self.check_known(rows).await?;
        let graph = self.history.graph();
        let plan = match goal {
            Goal::Upgrade(target) | Goal::Stamp(target) => graph.upgrade(rows, target),
            Goal::Downgrade(target) => graph.downgrade(rows, target),
        };
        plan.map_err(|source| Error::Plan { at: rows.clone(), source })
    }

    async fn check_known(&mut self, rows: &Heads) -> Result<(), Error> {
        let unknown: Vec<_> =
            rows.iter().filter(|id| self.history.revision(id.as_str()).is_none()).cloned().collect();
        if unknown.is_empty() {
            return Ok(());
        }
        // The journal only adds detail: without it the error still says what matters.
        let entries = sqlite::last_entries(self.connection, &self.tables).await.unwrap_or_default();
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

    /// The version rows; no table is the same as no rows.
    pub(super) async fn rows(&mut self) -> Result<Heads, Error> {
        let started = Instant::now();
        loop {
            match sqlite::version_rows(self.connection, &self.tables).await {
                Ok(rows) => return Ok(rows.unwrap_or_default()),
                Err(Error::Database { source, .. }) if sqlite::is_busy(&source) => {
                    wait(&self.options, started, source, None).await?;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Each revision in a transaction of its own.
    async fn step_by_step(&mut self, goal: &Goal, mut rows: Heads) -> Result<Heads, Error> {
        let mut prepared = self.prepare(goal, &rows).await?;
        let mut destination = self.announce(&prepared, &rows);
        let mut next = 0;
        while let Some(current) = prepared.get(next) {
            if self.stop.is_set() {
                return Err(Error::Stopped { at: Some(rows) });
            }
            match self.step(current, (next + 1, prepared.len())).await? {
                Attempt::Done => {
                    current.step.rows.apply(&mut rows);
                    next += 1;
                }
                Attempt::Moved(found) => {
                    // Usually another process is applying the same plan: go on from where it is.
                    if found == destination {
                        rows = found;
                        break;
                    }
                    if let Some(ahead) = (next..prepared.len()).find(|&at| prepared[at].before == found) {
                        next = ahead;
                    } else if self.steps.is_empty() || goal.is_head() {
                        prepared = self.prepare(goal, &found).await?;
                        destination = self.announce(&prepared, &found);
                        next = 0;
                    } else {
                        return Err(Error::Moved { expected: rows, found });
                    }
                    rows = found;
                }
            }
        }
        Ok(rows)
    }

    /// Every revision in one transaction.
    async fn all_at_once(&mut self, goal: &Goal) -> Result<Heads, Error> {
        let started = Instant::now();
        loop {
            let rows = self.rows().await?;
            let prepared = self.prepare(goal, &rows).await?;
            if prepared.is_empty() {
                return Ok(rows);
            }
            let destination = self.announce(&prepared, &rows);
            let attempt = self.attempt_all(&prepared, &rows).await;
            if !matches!(attempt, Ok(Attempt::Done)) {
                self.steps.clear();
            }
            match attempt {
                Ok(Attempt::Done) => return Ok(destination),
                Ok(Attempt::Moved(_)) => {}
                Err(error) => self.wait_or(error, started, &rows).await?,
            }
        }
    }

    async fn attempt_all(&mut self, prepared: &[Prepared], rows: &Heads) -> Result<Attempt, Error> {
        let mut transaction = begin(self.connection).await?;
        let found = sqlite::version_rows(&mut transaction, &self.tables).await?.unwrap_or_default();
        if found != *rows {
            rollback(transaction).await;
            return Ok(Attempt::Moved(found));
        }
        let context = Context::new(&self.tables, &self.run_id, &self.history, rows);
        for (index, current) in prepared.iter().enumerate() {
            let stopped = self.stop.is_set();
            let began = Instant::now();
            report_start(&self.options, current, (index + 1, prepared.len()));
            let result = if stopped {
                Err(Error::Stopped { at: Some(rows.clone()) })
            } else {
                context.apply(&mut transaction, current, index == 0, began).await
            };
            if let Err(error) = result {
                rollback(transaction).await;
                return Err(error);
            }
            self.steps.push(finish(&self.options, current, began.elapsed()));
        }
        commit(transaction, None).await?;
        Ok(Attempt::Done)
    }

    /// One revision in a transaction of its own, tried again while somebody else holds the database.
    async fn step(&mut self, current: &Prepared, place: (usize, usize)) -> Result<Attempt, Error> {
        let started = Instant::now();
        let span = tracing::info_span!(
            "revision",
            id = %current.step.revision,
            direction = %current.step.direction,
            message = current.revision.message()
        );
        async {
            loop {
                match self.attempt(current, place).await {
                    Ok(attempt) => return Ok(attempt),
                    Err(error) => self.wait_or(error, started, &current.before).await?,
                }
            }
        }
        .instrument(span)
        .await
    }

    async fn attempt(&mut self, current: &Prepared, place: (usize, usize)) -> Result<Attempt, Error> {
        let mut transaction = begin(self.connection).await?;
        let rows = sqlite::version_rows(&mut transaction, &self.tables).await?.unwrap_or_default();
        if rows != current.before {
            rollback(transaction).await;
            return Ok(Attempt::Moved(rows));
        }
        let began = Instant::now();
        report_start(&self.options, current, place);
        let context = Context::new(&self.tables, &self.run_id, &self.history, &current.before);
        if let Err(error) = context.apply(&mut transaction, current, !self.tables_exist, began).await {
            rollback(transaction).await;
            return Err(error);
        }
        commit(transaction, Some(&current.step.revision)).await?;
        self.tables_exist = true;
        self.steps.push(finish(&self.options, current, began.elapsed()));
        Ok(Attempt::Done)
    }

    /// Writes version rows without running anything.
    async fn stamp(&mut self, target: &Target) -> Result<Heads, Error> {
        let started = Instant::now();
        loop {
            let rows = self.rows().await?;
            self.check_known(&rows).await?;
            let plan = self.history.graph().stamp(&rows, target);
            let plan = plan.map_err(|source| Error::Plan { at: rows.clone(), source })?;
            if plan.steps.is_empty() {
                return Ok(rows);
            }
            match self.attempt_stamp(&plan, &rows).await {
                Ok(Attempt::Done) => return Ok(plan.to),
                Ok(Attempt::Moved(_)) => {}
                Err(error) => self.wait_or(error, started, &rows).await?,
            }
        }
    }

    async fn attempt_stamp(&mut self, plan: &StampPlan, rows: &Heads) -> Result<Attempt, Error> {
        let mut transaction = begin(self.connection).await?;
        let found = sqlite::version_rows(&mut transaction, &self.tables).await?.unwrap_or_default();
        if found != *rows {
            rollback(transaction).await;
            return Ok(Attempt::Moved(found));
        }
        if let Err(error) = Context::new(&self.tables, &self.run_id, &self.history, rows)
            .apply_stamp(&mut transaction, plan)
            .await
        {
            rollback(transaction).await;
            return Err(error);
        }
        commit(transaction, None).await?;
        Ok(Attempt::Done)
    }

    /// Pauses when the database was only busy, so that the caller tries again; any other error is final, and
    /// says where the database is then rather than where it should be.
    async fn wait_or(&mut self, error: Error, started: Instant, rows: &Heads) -> Result<(), Error> {
        match error.busy() {
            Ok(source) => wait(&self.options, started, source, Some(rows)).await,
            Err(error) => {
                let now = sqlite::version_rows(self.connection, &self.tables).await;
                Err(error.with_state(now.ok().map_or_else(|| rows.clone(), Option::unwrap_or_default)))
            }
        }
    }

    /// Plans, and finds every statement of every step before the first of them runs.
    async fn prepare(&mut self, goal: &Goal, rows: &Heads) -> Result<Vec<Prepared>, Error> {
        let plan = self.plan(goal, rows).await?;
        for note in &plan.notes {
            tracing::warn!("{note}");
        }
        let mut before = plan.from;
        let mut prepared = Vec::with_capacity(plan.steps.len());
        for step in plan.steps {
            let Some(revision) = self.history.revision(step.revision.as_str()) else { continue };
            let statements = statement::statements(revision, step.direction, Dialect::Sqlite, rows)?;
            let mut after = before.clone();
            step.rows.apply(&mut after);
            prepared.push(Prepared { step, revision, statements, before });
            before = after;
        }
        Ok(prepared)
    }

    /// Tells what is going to happen; gives the rows at the end of it.
    fn announce(&self, prepared: &[Prepared], rows: &Heads) -> Heads {
        let destination = prepared.last().map_or_else(
            || rows.clone(),
            |last| {
                let mut rows = last.before.clone();
                last.step.rows.apply(&mut rows);
                rows
            },
        );
        self.options.report(&Progress::Planned {
            from: rows.clone(),
            to: destination.clone(),
            steps: prepared.len(),
        });
        destination
    }
}

/// Pauses before the next attempt, or gives up when the lock timeout has passed.
async fn wait(
    options: &Options,
    started: Instant,
    source: sqlx::Error,
    rows: Option<&Heads>,
) -> Result<(), Error> {
    let waited = started.elapsed();
    if waited >= options.lock_timeout {
        return Err(Error::Locked { waited, at: rows.cloned(), source });
    }
    options.report(&Progress::Waiting { waited });
    // The connection's own busy timeout has been waited out already, so a short pause is enough.
    let left = options.lock_timeout.saturating_sub(waited);
    tokio::time::sleep(left.min(Duration::from_millis(20))).await;
    Ok(())
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
    tracing::info!(?elapsed, "done");
    options.report(&Progress::Finished { direction, revision: revision.clone(), message, elapsed });
    StepReport { direction, revision, message, elapsed }
}
