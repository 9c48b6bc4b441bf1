//! The run itself: one transaction after another until the database is at the target.

use super::apply::{Context, Prepared};
use super::error::{Error, UnknownRevision};
use super::history::History;
use super::options::{Options, TransactionMode};
use super::patience::{Patience, StopFlag};
use super::progress::Progress;
use super::report::{Edited, Report, StepReport};
use super::sqlite;
use super::statement;
use super::tables::Tables;
use super::transaction::Transaction;
use servicekit_chain::{Dialect, Heads, Plan, PlanError, StampPlan, Target};
use sqlx::SqliteConnection;
use std::time::{Duration, Instant};
use tracing::Instrument as _;

/// What a run should do.
#[derive(Debug, Clone)]
pub(super) enum Goal {
    /// Run revisions.
    Go(Destination),
    /// Write the version rows of a target without running anything.
    Stamp(Target),
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
            let from = self.rows().await?;
            let to = match (goal, self.options.transaction) {
                (Goal::Stamp(target), _) => self.stamp(target, from.clone()).await?,
                (Goal::Go(to), TransactionMode::PerRevision) => self.step_by_step(to, from.clone()).await?,
                (Goal::Go(to), TransactionMode::PerRun) => self.all_at_once(to, from.clone()).await?,
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
        // A stamp can have taken back what the journal last says was applied.
        let applied = self.history.applied(rows);
        let entries = sqlite::last_entries(self.connection, &self.tables).await?;
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
        let graph = self.history.graph();
        let plan = match to {
            Destination::Up(target) => graph.upgrade(rows, target),
            Destination::Down(target) => graph.downgrade(rows, target),
        };
        plan.map_err(|source| self.no_plan(rows, source))
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

    fn patience(&self, rows: Option<&Heads>) -> Patience {
        Patience::new(&self.options, &self.stop, rows)
    }

    /// The version rows.
    pub(super) async fn rows(&mut self) -> Result<Heads, Error> {
        let mut patience = self.patience(None);
        read_rows(self.connection, &self.tables, &mut patience).await
    }

    /// Each revision in a transaction of its own.
    async fn step_by_step(&mut self, to: &Destination, mut rows: Heads) -> Result<Heads, Error> {
        let mut prepared = self.prepare(to, &rows).await?;
        let mut destination = self.announce(&prepared, &rows);
        let mut next = 0;
        while let Some(current) = prepared.get(next) {
            match self.step(current, (next + 1, prepared.len())).await? {
                Attempt::Done => {
                    rows = current.after.clone();
                    next += 1;
                }
                Attempt::Moved(found) => {
                    // Usually another process is applying the same plan: go on from where it is.
                    if found == destination {
                        rows = found;
                        break;
                    }
                    let ahead = prepared.iter().skip(next).position(|later| later.before == found);
                    if let Some(ahead) = ahead {
                        next += ahead;
                    } else if self.steps.is_empty() || to.is_head() {
                        prepared = self.prepare(to, &found).await?;
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

    /// One revision in a transaction of its own, tried again while somebody else holds the database.
    async fn step(&mut self, current: &Prepared, place: (usize, usize)) -> Result<Attempt, Error> {
        let span = tracing::info_span!(
            "revision",
            id = %current.step.revision,
            direction = %current.step.direction,
            message = current.revision.message()
        );
        async {
            let mut patience = self.patience(Some(&current.before));
            loop {
                match self.attempt(current, place).await {
                    Ok(attempt) => return Ok(attempt),
                    Err(error) => self.wait_or(error, &mut patience, &current.before).await?,
                }
            }
        }
        .instrument(span)
        .await
    }

    async fn attempt(&mut self, current: &Prepared, place: (usize, usize)) -> Result<Attempt, Error> {
        let mut patience = self.patience(Some(&current.before));
        let mut transaction =
            match lock(self.connection, &self.tables, &mut patience, &current.before).await? {
                Locked::Here(transaction) => transaction,
                Locked::Moved(found) => return Ok(Attempt::Moved(found)),
            };
        let began = Instant::now();
        report_start(&self.options, current, place);
        let context = Context::new(&self.tables, &self.run_id, &self.history, &current.before);
        if let Err(error) = context.apply(&mut transaction, current, !self.tables_exist, began).await {
            transaction.rollback().await;
            return Err(error);
        }
        transaction.commit(Some(&current.step.revision), &mut patience).await?;
        self.tables_exist = true;
        self.steps.push(finish(&self.options, current, began.elapsed()));
        Ok(Attempt::Done)
    }

    /// Every revision in one transaction.
    async fn all_at_once(&mut self, to: &Destination, mut rows: Heads) -> Result<Heads, Error> {
        let mut patience = self.patience(None);
        loop {
            let prepared = self.prepare(to, &rows).await?;
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
                Ok(Attempt::Moved(found)) => rows = found,
                Err(error) => self.wait_or(error, &mut patience, &rows).await?,
            }
        }
    }

    async fn attempt_all(&mut self, prepared: &[Prepared], rows: &Heads) -> Result<Attempt, Error> {
        let mut patience = self.patience(Some(rows));
        let mut transaction = match lock(self.connection, &self.tables, &mut patience, rows).await? {
            Locked::Here(transaction) => transaction,
            Locked::Moved(found) => return Ok(Attempt::Moved(found)),
        };
        let context = Context::new(&self.tables, &self.run_id, &self.history, rows);
        for (index, current) in prepared.iter().enumerate() {
            let began = Instant::now();
            let result = match patience.check_stop() {
                Ok(()) => {
                    report_start(&self.options, current, (index + 1, prepared.len()));
                    context.apply(&mut transaction, current, index == 0, began).await
                }
                Err(stopped) => Err(stopped),
            };
            if let Err(error) = result {
                transaction.rollback().await;
                return Err(error);
            }
            self.steps.push(finish(&self.options, current, began.elapsed()));
        }
        transaction.commit(None, &mut patience).await?;
        Ok(Attempt::Done)
    }

    /// Writes version rows without running anything.
    async fn stamp(&mut self, target: &Target, mut rows: Heads) -> Result<Heads, Error> {
        let mut patience = self.patience(None);
        loop {
            self.check_known(&rows).await?;
            let plan = self.history.graph().stamp(&rows, target);
            let plan = plan.map_err(|source| self.no_plan(&rows, source))?;
            if plan.steps.is_empty() {
                return Ok(rows);
            }
            match self.attempt_stamp(&plan, &rows).await {
                Ok(Attempt::Done) => return Ok(plan.to),
                Ok(Attempt::Moved(found)) => rows = found,
                Err(error) => self.wait_or(error, &mut patience, &rows).await?,
            }
        }
    }

    async fn attempt_stamp(&mut self, plan: &StampPlan, rows: &Heads) -> Result<Attempt, Error> {
        let mut patience = self.patience(Some(rows));
        let mut transaction = match lock(self.connection, &self.tables, &mut patience, rows).await? {
            Locked::Here(transaction) => transaction,
            Locked::Moved(found) => return Ok(Attempt::Moved(found)),
        };
        let context = Context::new(&self.tables, &self.run_id, &self.history, rows);
        if let Err(error) = context.apply_stamp(&mut transaction, plan).await {
            transaction.rollback().await;
            return Err(error);
        }
        transaction.commit(None, &mut patience).await?;
        Ok(Attempt::Done)
    }

    /// Pauses when a statement met a lock that the transaction does not cover (a shared cache, an attached
    /// file), so that the caller tries again; any other error is final, and says where the database is then
    /// rather than where it should be.
    async fn wait_or(&mut self, error: Error, patience: &mut Patience, rows: &Heads) -> Result<(), Error> {
        match error.busy() {
            Ok(source) => patience.pause(source).await.map_err(|error| error.with_state(rows.clone())),
            Err(error) => {
                let now = sqlite::version_rows(self.connection, &self.tables).await;
                Err(match now {
                    Ok(now) => error.with_state(now),
                    Err(_) => error,
                })
            }
        }
    }

    /// Plans, and finds every statement of every step before the first of them runs.
    async fn prepare(&mut self, to: &Destination, rows: &Heads) -> Result<Vec<Prepared>, Error> {
        let plan = self.plan(to, rows).await?;
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
            prepared.push(Prepared { step, revision, statements, before, after: after.clone() });
            before = after;
        }
        Ok(prepared)
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

/// The version rows, waited for when somebody writes.
pub(super) async fn read_rows(
    connection: &mut SqliteConnection,
    tables: &Tables,
    patience: &mut Patience,
) -> Result<Heads, Error> {
    patience.begin();
    loop {
        match sqlite::version_rows(connection, tables).await {
            Ok(rows) => return Ok(rows),
            Err(error) => patience.pause(error.busy()?).await?,
        }
    }
}

/// The write lock, or where the database is when that is not where the plan starts from.
enum Locked<'c> {
    Here(Transaction<'c>),
    Moved(Heads),
}

/// Takes the write lock and looks where the database is then.
async fn lock<'c>(
    connection: &'c mut SqliteConnection,
    tables: &Tables,
    patience: &mut Patience,
    expected: &Heads,
) -> Result<Locked<'c>, Error> {
    let mut transaction = Transaction::begin(connection, patience).await?;
    // The lock may have taken long to come.
    patience.check_stop()?;
    let found = sqlite::version_rows(transaction.connection(), tables).await?;
    if found == *expected {
        return Ok(Locked::Here(transaction));
    }
    transaction.rollback().await;
    Ok(Locked::Moved(found))
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
