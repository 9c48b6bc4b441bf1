//! The run itself: one step after another until the database is at the target.

use crate::backend::{AnswerLimits, AnyPool, Probe};
use crate::error::{Error, ErrorKind};
use crate::history::{Destination, History};
use crate::progress::Progress;
use crate::report::{EditedRevision, Report, RevisionReport};
use crate::run::session::put_back::Kept;
use crate::run::session::renewal::Wear;
use crate::run::{
    Advance, Blocker, Context, DatabaseState, Options, PipelinedRevision, RetryDeadline, RevisionSpan,
    Session, StagedRevision, StopFlag, TransactionMode, journal,
};
use crate::script::Prepared;
use crate::script::prepared::sharing_a_transaction;
use servicekit_chain::sql::Traces;
use servicekit_chain::{Direction, Heads, RevisionId, Target};
use std::time::{Duration, Instant};
use tracing::Instrument as _;

/// What a run should do.
#[derive(Debug, Clone)]
pub(crate) enum Goal {
    /// Run revisions.
    Go(Destination),
    /// Write the version rows of a target without running anything.
    Stamp { target: Target, purge: bool },
    /// Make the tables that are missing.
    EnsureVersion,
    /// Say what became of a step that is in doubt.
    Resolve(crate::options::Resolution),
}

/// The way of a run that runs revisions.
#[derive(Debug, Clone)]
pub(crate) enum Route {
    To(Destination),
    /// Over these revisions: where a relative target led when it was first looked at.
    Over(Vec<(RevisionId, Direction)>, Heads),
}

impl Route {
    /// The same place, also when others have moved the database: what a relative target means is settled by the first look at
    /// the version rows. All others are one place wherever a run comes from.
    fn fixed(self, prepared: &[Prepared], rows: &Heads) -> Self {
        let direction = match &self {
            Self::To(to) if to.target.is_relative() => to.direction,
            _ => return self,
        };
        // What was partially applied the other way is ended on the way.
        let steps = prepared.iter().map(|current| &current.step).filter(|step| step.direction == direction);
        Self::Over(steps.map(|step| (step.revision.clone(), direction)).collect(), rows.clone())
    }
}

/// A run on one session.
#[derive(Debug)]
pub(crate) struct Runner<'c> {
    pub(crate) session: Session<'c>,
    pub(crate) history: History,
    pub(crate) options: Options,
    pub(crate) stop: StopFlag,
    probe: Probe,
    /// Where another connection comes from.
    source: Option<AnyPool>,
    /// What this run's revisions have done to its session.
    wear: Wear,
    /// Where the database was seen last.
    seen: Option<Heads>,
    pub(crate) run_id: String,
    started: Instant,
    pub(crate) steps: Vec<RevisionReport>,
}

impl<'c> Runner<'c> {
    pub(crate) fn new(
        session: Session<'c>,
        history: History,
        options: Options,
        stop: StopFlag,
        probe: Probe,
        source: Option<AnyPool>,
    ) -> Self {
        let run_id = ulid::Ulid::generate().to_string();
        let (wear, started, steps) = (Wear::default(), Instant::now(), Vec::new());
        Self { session, history, options, stop, probe, source, wear, seen: None, run_id, started, steps }
    }

    /// Brings the database to the goal, and gives back what the run has taken.
    pub(crate) async fn run(mut self, goal: &Goal) -> Result<Report, Error> {
        let folder = self.history.embedded.folder;
        let span = tracing::info_span!("migrate", run = %self.run_id, folder);
        let result = self.reach(goal).instrument(span).await;
        let result = result.map_err(|error| error.seen_at(self.seen.take()));
        self.session.close().await;
        result
    }

    async fn reach(&mut self, goal: &Goal) -> Result<Report, Error> {
        let start = self.position().await?;
        self.session.server().await?;
        self.refuse_elsewhere(&start).await?;
        let from = start.rows.clone();
        let to = match goal {
            Goal::Stamp { target, purge } => self.stamp(target, *purge, start).await?,
            Goal::EnsureVersion => self.ensure_version(start).await?,
            Goal::Go(to) => self.go(to, start).await?,
            Goal::Resolve(resolution) => self.resolve(*resolution, &start).await?,
        };
        // What the run did stands, whatever becomes of this question.
        let edited = if self.options.ignores_edits { Ok(Vec::new()) } else { self.edited(&to).await };
        let edited = edited.unwrap_or_else(|error| {
            tracing::warn!(%error, "edited revisions could not be looked for");
            Vec::new()
        });
        for edited in &edited {
            tracing::warn!(revision = %edited.revision, "{edited}");
        }
        let steps = std::mem::take(&mut self.steps);
        Ok(Report { from, to, steps, edited, elapsed: self.started.elapsed() })
    }

    /// Applied revisions that are something else now.
    pub(crate) async fn edited(&mut self, rows: &Heads) -> Result<Vec<EditedRevision>, Error> {
        if rows.is_base() {
            return Ok(Vec::new());
        }
        // A stamp can have taken back what the journal last says was applied.
        let applied = self.history.applied(rows);
        let entries = journal::last_entries(&mut self.session).await?;
        Ok(entries
            .into_iter()
            .filter(|entry| entry.direction == "upgrade" && applied.contains(entry.revision.as_str()))
            // What this run has applied is what the file says.
            .filter(|entry| entry.run_id != self.run_id)
            .filter_map(|entry| {
                let revision = self.history.revision(&entry.revision)?;
                Some(EditedRevision {
                    difference: entry.difference(revision, self.session.engine.dialect())?,
                    revision: revision.id(),
                    path: revision.path().to_owned(),
                    applied_at: entry.finished_at,
                })
            })
            .collect())
    }

    pub(crate) fn deadline(&self, rows: Option<&Heads>) -> RetryDeadline {
        RetryDeadline::new(&self.options, &self.stop, self.session.engine, rows)
    }

    /// Where the database is.
    pub(crate) async fn position(&mut self) -> Result<DatabaseState, Error> {
        let mut deadline = self.deadline(None);
        let position = self.session.position_in_time(&mut deadline).await?;
        self.seen = Some(position.rows.clone());
        Ok(position)
    }

    /// Runs revisions until the database is at the target.
    async fn go(&mut self, to: &Destination, mut position: DatabaseState) -> Result<Heads, Error> {
        let mut route = Route::To(to.clone());
        loop {
            let prepared = match self.prepare(&route, &position).await {
                Ok(prepared) => prepared,
                Err(error) if position.is_partial && !self.session.has_lock() => {
                    // Another run may have gone on between the look at the rows and the one at the journal.
                    let now = self.position().await?;
                    if now == position {
                        return Err(error);
                    }
                    position = now;
                    continue;
                }
                Err(error) => return Err(error),
            };
            route = route.fixed(&prepared, &position.rows);
            if prepared.is_empty() {
                return Ok(self.announce(&prepared, &position.rows));
            }
            self.session.refuse_read_only(&position.rows).await?;
            if self.take_lock(&prepared, &position).await? {
                let now = self.position().await?;
                // What is partially applied may be further than it was, with the rows still the same.
                if now != position || now.is_partial {
                    position = now;
                    continue;
                }
            }
            self.make_room(&prepared, &position).await?;
            match self.follow(&prepared, position).await? {
                Followed::There(rows) => return Ok(rows),
                Followed::Elsewhere { left, found } => {
                    if let Route::Over(_, from) = &mut route {
                        *from = left;
                    }
                    position = found;
                }
            }
        }
    }

    /// Takes the lock of the run where the plan needs it; whether it was taken just now.
    async fn take_lock(&mut self, prepared: &[Prepared], position: &DatabaseState) -> Result<bool, Error> {
        let engine = self.session.engine;
        let is_needed = engine.always_locks() || prepared.iter().any(Prepared::needs_lock);
        if !is_needed || self.session.has_lock() {
            return Ok(false);
        }
        let outside = prepared.iter().find(|current| current.needs_lock());
        if let Some(outside) = outside {
            self.probe
                .refuse_pooler(
                    &outside.step.revision,
                    &position.rows,
                    AnswerLimits::new(&self.options.timeouts),
                )
                .await?;
            if self.probe.is_none() && self.session.is_pooled().await? {
                let revision = outside.step.revision.clone();
                return Err(Error::from(ErrorKind::Pooler { revision }).at(&position.rows));
            }
        }
        self.lock(position).await?;
        Ok(self.session.has_lock())
    }

    pub(crate) async fn lock(&mut self, position: &DatabaseState) -> Result<(), Error> {
        let mut deadline = self.deadline(Some(&position.rows));
        self.session.lock(&self.options, &mut deadline).await?;
        loop {
            match self.session.make_tables_beforehand().await {
                Ok(()) => return Ok(()),
                // Another history may be writing to the journal that is to get a column.
                Err(error) => deadline.pause_if_busy(error).await?,
            }
        }
    }

    /// Makes the version column wide enough for the ids of the plan, before any step.
    async fn make_room(&mut self, prepared: &[Prepared], position: &DatabaseState) -> Result<(), Error> {
        let Some(width) = self.session.server().await?.width else { return Ok(()) };
        let ids = prepared.iter().flat_map(|current| current.after.iter());
        let longest = ids.map(|id| id.as_str().chars().count()).max().unwrap_or_default();
        let texts = self.session.engine.widen_version_column(&self.session.tables);
        if longest <= width || texts.is_empty() {
            return Ok(());
        }
        let mut deadline = self.deadline(Some(&position.rows));
        loop {
            let result = self.session.widen(&self.options, &texts, &mut deadline, position).await;
            match result {
                Ok(()) => return Ok(()),
                Err(error) => self.wait_or(error, &mut deadline, &position.rows).await?,
            }
        }
    }

    /// Runs the steps, as long as the database is where they start from.
    async fn follow(&mut self, prepared: &[Prepared], start: DatabaseState) -> Result<Followed, Error> {
        let destination = self.announce(prepared, &start.rows);
        let mut rows = start.rows;
        let mut way = Way { sharing: self.sharing(prepared), next: 0, one_by_one: 0, is_alone: false };
        while way.next < prepared.len() {
            let done = self.steps.len();
            match self.advance(prepared, &mut way).await? {
                Advance::Done(count) => {
                    way.next += count;
                    if let Some(last) = prepared.get(..way.next).and_then(<[Prepared]>::last) {
                        rows = last.after.clone();
                        self.seen = Some(rows.clone());
                    }
                }
                Advance::Moved(found) => {
                    way.is_alone = false;
                    self.steps.truncate(done);
                    // Usually another process is applying the same plan: go on from where it is.
                    if found.is_at(&destination) {
                        return Ok(Followed::There(destination));
                    }
                    let is_before = |later: &Prepared| later.begun.is_empty() && found.is_at(&later.before);
                    let ahead = prepared.iter().skip(way.next).position(is_before);
                    if let Some(ahead) = ahead.filter(|&ahead| ahead > 0) {
                        way.next += ahead;
                        rows = found.rows;
                    } else {
                        return Ok(Followed::Elsewhere { left: rows, found });
                    }
                }
            }
        }
        Ok(Followed::There(rows))
    }

    /// The next steps: several with one commit, one as one message, or what shares a transaction; gives how many are done.
    async fn advance(&mut self, prepared: &[Prepared], way: &mut Way) -> Result<Advance<usize>, Error> {
        let next = way.next;
        let place = (next + 1, prepared.len());
        let shared = self.how_many_share_a_commit(way);
        if shared > 1 {
            let several = prepared.get(next..next + shared).unwrap_or_default();
            let shared = match self.share_a_commit(several, place).await? {
                Advance::Done(shared) => shared,
                Advance::Moved(found) => return Ok(Advance::Moved(found)),
            };
            self.wear(Traces::default());
            way.one_by_one = next + shared.committed + shared.one_by_one;
            way.is_alone |= shared.committed > 0;
            return Ok(Advance::Done(shared.committed));
        }
        let together = self.how_many_together(prepared, next);
        if let Some(current) = prepared.get(next)
            && way.is_alone
            && together == 1
            && !self.wear.shows(current.units.traces)
            && self.at_once(current, place).await?
        {
            return Ok(Advance::Done(1));
        }
        Ok(match self.attempt(prepared, next, together).await? {
            Advance::Done(()) => {
                way.is_alone = together == 1;
                Advance::Done(together.max(1))
            }
            Advance::Moved(found) => Advance::Moved(found),
        })
    }

    /// How many of the steps from this one on can share a commit; 0 where each has its own.
    fn how_many_share_a_commit(&self, way: &Way) -> usize {
        let has_time = self.options.commit_after.0 > Duration::ZERO;
        let is_meant = self.options.transaction == TransactionMode::PerRevision && has_time;
        if !is_meant || way.next < way.one_by_one || self.wear.shows(Traces::default()) {
            return 0;
        }
        way.sharing.iter().skip(way.next).take_while(|&&shares| shares).count()
    }

    /// How many of the steps from this one on share a transaction; 0 for one that is done stage by stage.
    fn how_many_together(&self, prepared: &[Prepared], next: usize) -> usize {
        let rest = prepared.get(next..).unwrap_or_default();
        match self.options.transaction {
            TransactionMode::PerRevision => {
                usize::from(rest.first().is_some_and(Prepared::is_one_transaction))
            }
            TransactionMode::PerRun => sharing_a_transaction(rest),
        }
    }

    /// One transaction, or one revision that is done stage by stage; tried again while another session holds the
    /// database.
    async fn attempt(
        &mut self,
        prepared: &[Prepared],
        next: usize,
        together: usize,
    ) -> Result<Advance, Error> {
        let Some(current) = prepared.get(next) else { return Ok(Advance::Done(())) };
        let mut deadline = self.deadline(Some(&current.before));
        loop {
            let done = self.steps.len();
            let several = prepared.get(next..next + together.max(1)).unwrap_or_default();
            if !self.freshen(several, &mut deadline).await? {
                return Ok(Advance::Moved(self.position().await?));
            }
            let kept = self.keep(several).await?;
            let result = if together == 0 {
                self.in_steps(current, (next + 1, prepared.len())).await
            } else {
                self.in_one_transaction(several, (next + 1, prepared.len())).await
            };
            if let (Ok(Advance::Done(())), Some(last)) = (&result, several.last()) {
                self.seen = Some(last.after.clone());
            }
            let normalized = self.settle_session(kept).await;
            match result {
                Ok(attempt) => return normalized.map(|()| attempt),
                Err(error) if together == 0 => return Err(self.with_state(error).await),
                Err(error) => {
                    self.steps.truncate(done);
                    self.wait_or(error, &mut deadline, &current.before).await?;
                }
            }
        }
    }

    /// Sees to it that revisions find a session as it was opened, where they could notice that it is not. False when it reads
    /// them in another way than was planned: a revision may have changed the default.
    async fn freshen(&mut self, several: &[Prepared], deadline: &mut RetryDeadline) -> Result<bool, Error> {
        let traces =
            several.iter().fold(Traces::default(), |traces, current| traces.and(current.units.traces));
        if self.wear.shows(traces)
            && let Some(source) = &self.source
        {
            let planned = self.session.mode_setting();
            self.session.renew(source, &self.options, deadline).await?;
            self.wear = Wear::default();
            if self.session.mode_setting() != planned {
                return Ok(false);
            }
        }
        self.wear(traces);
        if traces.lasts() {
            self.session.remember_role().await?;
        }
        Ok(true)
    }

    /// Notes that revisions with these traces run in the session.
    fn wear(&mut self, traces: Traces) {
        // Where there is no other session, it is put back each time.
        if self.source.is_some() {
            self.wear.add(traces);
        }
    }

    /// Notes what the session is before a revision that leaves something in it, where there can be no other session.
    async fn keep<'p>(&mut self, several: &'p [Prepared]) -> Result<Option<Kept<'p>>, Error> {
        match several {
            // Several see to it between them.
            [current] if current.units.traces.leaves && self.source.is_none() => {
                self.session.keep(current).await.map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Makes the session what it was, whatever came of the revision.
    async fn settle_session(&mut self, kept: Option<Kept<'_>>) -> Result<(), Error> {
        let mut normalized = self.session.take_own_role().await;
        if let (Ok(()), Some(kept)) = (&normalized, kept) {
            normalized = self.session.put_back(kept).await;
        }
        if let Err(error) = &normalized {
            // Where the revision has failed, that is the error instead.
            tracing::debug!(%error, "the session is not what it was");
        }
        normalized
    }

    /// A revision as one message, if it can be one; whether it is done. If not, nothing of it is.
    async fn at_once(&mut self, current: &Prepared, place: (usize, usize)) -> Result<bool, Error> {
        let mut deadline = self.deadline(Some(&current.before));
        deadline.check_stop()?;
        let (context, session) = self.context(&current.before);
        let Some(message) = PipelinedRevision::new(&context, session, current) else { return Ok(false) };
        let began = Instant::now();
        report_start(context.options, current, place);
        let span = RevisionSpan::new(session.system(), current);
        match span.run(message.send(&context, session, &mut deadline)).await {
            Ok(true) => {
                self.steps.push(finish(&self.options, current, began.elapsed()));
                Ok(true)
            }
            Ok(false) => Ok(false),
            // Another session holds a lock: it is waited for where every step is waited for.
            Err(error) => match error.busy() {
                Ok(_) => Ok(false),
                Err(error) => Err(self.with_state(error).await),
            },
        }
    }

    /// What a step needs, and the session that it runs on.
    pub(crate) fn context<'a>(&'a mut self, undone_to: &'a Heads) -> (Context<'a>, &'a mut Session<'c>) {
        let Self { session, history, options, stop, run_id, .. } = self;
        (Context { run_id, history, options, stop, undone_to, stage: None }, session)
    }

    /// A revision that is done stage by stage.
    async fn in_steps(&mut self, current: &Prepared, place: (usize, usize)) -> Result<Advance, Error> {
        self.deadline(Some(&current.before)).check_stop()?;
        let began = Instant::now();
        report_start(&self.options, current, place);
        let (context, session) = self.context(&current.before);
        let span = RevisionSpan::new(session.system(), current);
        let steps = StagedRevision::new(session, current, context);
        let outcome = span.run(steps.run()).await;
        let outcome = self.session.rollback_on_error(outcome).await?;
        if matches!(outcome, Advance::Done(())) {
            self.steps.push(finish(&self.options, current, began.elapsed()));
        }
        Ok(outcome)
    }

    /// Pauses when a statement met a lock that the transaction does not cover (a shared cache, an attached
    /// file, a table of a server), so that the caller tries again; any other error is final, and says where the database
    /// is then rather than where it should be.
    pub(crate) async fn wait_or(
        &mut self,
        error: Error,
        deadline: &mut RetryDeadline,
        rows: &Heads,
    ) -> Result<(), Error> {
        match error.busy() {
            Ok(source) => {
                let paused = deadline.pause(Blocker::Said(source)).await;
                paused.map_err(|error| error.at(rows))
            }
            Err(error) => Err(self.with_state(error).await),
        }
    }

    pub(crate) async fn with_state(&mut self, error: Error) -> Error {
        match self.session.position().await {
            Ok(now) => error.at(&now.rows),
            Err(_) => error,
        }
    }

    /// Tells what is going to happen; gives the rows at the end of it.
    fn announce(&self, prepared: &[Prepared], rows: &Heads) -> Heads {
        let destination = prepared.last().map_or(rows, |last| &last.after).clone();
        self.options.report(|| Progress::Planned {
            from: rows.clone(),
            to: destination.clone(),
            steps: prepared.len(),
        });
        destination
    }
}

/// How far a plan has been followed.
struct Way {
    /// Which of the steps can share a commit.
    sharing: Vec<bool>,
    /// The step that comes next.
    next: usize,
    /// Up to which step each has a commit of its own, because some before it could not share one.
    one_by_one: usize,
    /// Whether the last transaction was one of this run, and nobody else has come in between since.
    is_alone: bool,
}

/// Where following a plan has led.
enum Followed {
    /// To its end.
    There(Heads),
    /// Off it, so that another plan is needed.
    Elsewhere {
        /// Where this run has left the database.
        left: Heads,
        /// Where it is.
        found: DatabaseState,
    },
}

pub(crate) fn report_start(options: &Options, current: &Prepared, (step, steps): (usize, usize)) {
    options.report(|| Progress::Started {
        direction: current.step.direction,
        revision: current.step.revision.clone(),
        message: current.revision.message().to_owned(),
        step,
        steps,
    });
}

pub(crate) fn finish(options: &Options, current: &Prepared, elapsed: Duration) -> RevisionReport {
    let (direction, revision) = (current.step.direction, current.step.revision.clone());
    tracing::info!(%revision, ?elapsed, "done");
    let done =
        RevisionReport { direction, revision, message: current.revision.message().to_owned(), elapsed };
    options.report(|| Progress::Finished(done.clone()));
    done
}
