//! Revisions that share a commit: one transaction, each message of statements behind a savepoint.
//!
//! On SQLite a commit waits for the disk, which takes longer than most revisions. Nobody sees what is in between, so the
//! version rows and the journal are written once for all of them. What is unusual is rolled back and done revision by
//! revision, which tells what the matter is.

use crate::backend::Answer;
use crate::error::{Error, ErrorKind};
use crate::run::runner::finish;
use crate::run::{Advance, DatabaseState, InTurn, RetryDeadline, Runner, Session, SharedMessage};
use crate::script::{Prepared, Statement};
use std::time::Instant;

/// The most revisions in a message, where a database is so small that none of them takes long: some run again when one fails,
/// and a run that is asked to stop waits for the message.
const MESSAGE: usize = 64;

/// Into how many messages the time up to a commit is cut at least, where revisions are as quick as those before them.
const MESSAGES: u32 = 10;

/// What came of revisions that were to share a commit.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SharedCommit {
    /// How many are committed, from the first.
    pub(crate) committed: usize,
    /// How many of those behind them are done one by one.
    pub(crate) one_by_one: usize,
}

/// What was done in the transaction that is open.
#[derive(Debug, Default)]
struct Uncommitted {
    /// When each revision began and ended.
    times: Vec<(Instant, Instant)>,
    /// Why no more are done, unless the time is over.
    ended: Option<Ended>,
}

#[derive(Debug)]
enum Ended {
    /// The run is asked to stop.
    Stopped(Error),
    /// The revision behind those that are done has failed.
    Failed(Error),
}

/// The transaction is gone, and with it what was done in it.
struct Gone {
    /// How many of its revisions are done one by one.
    tried: usize,
}

impl Runner<'_> {
    /// Which of these can share a commit with others.
    pub(crate) fn sharing(&self, prepared: &[Prepared]) -> Vec<bool> {
        let session = &self.session;
        let shares = |statement: &Statement| {
            statement.live.is_none() && session.engine.shares_commit(&session.tables, &statement.sql)
        };
        let alike = |current: &Prepared| {
            let traces = current.units.traces;
            current.is_one_transaction()
                && !traces.lasts()
                && !traces.reads
                && current.statements().all(shares)
        };
        prepared.iter().map(alike).collect()
    }

    /// Runs revisions in one transaction, until the time is over or one has failed, and commits those that are done.
    pub(crate) async fn share_a_commit(
        &mut self,
        several: &[Prepared],
        place: (usize, usize),
    ) -> Result<Advance<SharedCommit>, Error> {
        let Some(start) = several.first() else { return Ok(Advance::Done(SharedCommit::default())) };
        let mut deadline = self.deadline(Some(&start.before));
        let here = DatabaseState::at(start.before.clone());
        match self.session.begin(&self.options, &mut deadline, &here).await {
            Ok(Advance::Done(())) => {}
            Ok(Advance::Moved(found)) => return Ok(Advance::Moved(found)),
            Err(error) => return Err(self.with_state(error).await),
        }
        let one_by_one = |one_by_one| Ok(Advance::Done(SharedCommit { committed: 0, one_by_one }));
        let Some(most) = self.session.may_share_commit().await else {
            self.session.rollback().await;
            return one_by_one(several.len());
        };
        let Uncommitted { times, ended } = match self.behind_savepoints(several, most, place, &deadline).await
        {
            Ok(uncommitted) => uncommitted,
            Err(Gone { tried }) => {
                self.session.rollback().await;
                return one_by_one(tried);
            }
        };
        let done = several.get(..times.len()).unwrap_or_default();
        if !done.is_empty()
            && let Err(error) = self.commit_all(done, &times, &mut deadline).await
        {
            if is_final(&error) {
                return Err(self.with_state(error).await);
            }
            tracing::debug!(%error, "done once more, one revision after the other");
            return one_by_one(done.len());
        }
        self.session.rollback().await;
        for (current, (began, ended)) in done.iter().zip(&times) {
            self.steps.push(finish(&self.options, current, *ended - *began));
        }
        let one_by_one = match ended {
            None => 0,
            Some(Ended::Stopped(error)) => return Err(self.with_state(error).await),
            // Another session holds a lock: it is waited for where every step is waited for.
            Some(Ended::Failed(error)) => match error.busy() {
                Ok(_) => 1,
                Err(error) => return Err(self.with_state(error).await),
            },
        };
        Ok(Advance::Done(SharedCommit { committed: done.len(), one_by_one }))
    }

    /// Runs the statements of revisions in the transaction that is open, at most so many in a message.
    ///
    /// A message goes to SQLite's thread and back, which takes as long as a quick revision: each has twice as many as the one
    /// before, as long as they are quick. When one fails, its message is rolled back, and those before it run again.
    async fn behind_savepoints(
        &mut self,
        several: &[Prepared],
        most: usize,
        (first, steps): (usize, usize),
        deadline: &RetryDeadline,
    ) -> Result<Uncommitted, Gone> {
        let (began, commit_after) = (Instant::now(), self.options.commit_after.0);
        let mut uncommitted = Uncommitted::default();
        let (mut end, mut size, mut has_earlier) = (several.len(), 1, false);
        while uncommitted.times.len() < end {
            let next = uncommitted.times.len();
            let is_again = uncommitted.ended.is_some();
            // Those that run again do so whatever the time, and although the run is asked to stop.
            if next > 0 && !is_again {
                if began.elapsed() >= commit_after {
                    break;
                }
                if let Err(stopped) = deadline.check_stop() {
                    uncommitted.ended = Some(Ended::Stopped(stopped));
                    break;
                }
            }
            let rest = several.get(next..end.min(next + size)).unwrap_or_default();
            let message = SharedMessage::new(&self.session, rest, has_earlier);
            has_earlier = true;
            let sent = Instant::now();
            let stop = (!is_again).then_some(deadline);
            let (times, ended) = self.run_message(&message, (first + next, steps), stop).await;
            let Some(ended) = ended else {
                uncommitted.times.extend(times);
                size = if sent.elapsed() < commit_after / MESSAGES { most.min(2 * size) } else { 1 };
                continue;
            };
            end = next + times.len();
            if !self.session.undo_message().await {
                return Err(Gone { tried: end + 1 });
            }
            uncommitted.ended = Some(ended);
        }
        Ok(uncommitted)
    }

    /// Runs the revisions of a message; gives when each began and ended that is done, and why not all of them are.
    async fn run_message(
        &mut self,
        message: &SharedMessage<'_>,
        place: (usize, usize),
        stop: Option<&RetryDeadline>,
    ) -> (Vec<(Instant, Instant)>, Option<Ended>) {
        let Some(start) = message.revisions().first() else { return (Vec::new(), None) };
        let (context, session) = self.context(&start.before);
        let mut in_turn = InTurn::new((context.options, session.system()), message.revisions(), place)
            .stopped_by(stop.map(|_| context.stop));
        let result = context.send_shared(session, message, &mut in_turn).await;
        let times = in_turn.times().to_vec();
        let ended = match result {
            // Whatever came behind that.
            _ if in_turn.is_stopped() => stop.and_then(|by| by.check_stop().err()).map(Ended::Stopped),
            Err(error) => {
                in_turn.failed(&error);
                Some(Ended::Failed(error))
            }
            Ok(()) => None,
        };
        (times, ended)
    }

    /// Writes down that these are done, and commits them.
    async fn commit_all(
        &mut self,
        done: &[Prepared],
        times: &[(Instant, Instant)],
        deadline: &mut RetryDeadline,
    ) -> Result<(), Error> {
        let Some(start) = done.first() else { return Ok(()) };
        let (context, session) = self.context(&start.before);
        let recorded = context.record_all(session, done, times).await;
        session.rollback_on_error(recorded).await?;
        session.commit(None, deadline).await
    }
}

/// Whether the same would come of revisions that are done one by one.
fn is_final(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Locked { .. } | ErrorKind::Stopped | ErrorKind::LockLost | ErrorKind::CommitUnknown { .. }
    )
}

impl Session<'_> {
    /// How many revisions can be in a message of the transaction that has just begun; `None` where they may not share it.
    async fn may_share_commit(&mut self) -> Option<usize> {
        let questions = self.engine.may_share_commit(&self.tables)?;
        match self.connection().ask(&questions).await {
            Ok(answers) => {
                let [may_share, is_small] = [0, 1].map(|at| answers.get(at).is_some_and(Answer::is_yes));
                may_share.then_some(if is_small { MESSAGE } else { 1 })
            }
            Err(error) => {
                tracing::debug!(error = %error.source, "each revision has a commit of its own");
                None
            }
        }
    }
}
