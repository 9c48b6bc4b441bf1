//! Revisions that share a commit: one transaction, each message of statements behind a savepoint.
//!
//! On SQLite a commit waits for the disk, which takes longer than most revisions. Nobody sees what is in between, so the
//! version rows and the journal are written once for all of them. What is unusual is rolled back and done revision by
//! revision, which tells what the matter is.
//!
//! A message is for several revisions when they are quick: it goes to SQLite's thread and back, which takes as long as one of
//! them. When one fails, its message is rolled back, and those before it are run again.

use crate::backend::{SendError, begin_error};
use crate::error::{Error, ErrorKind};
use crate::run::runner::finish;
use crate::run::transaction::{CHUNK, goes_along};
use crate::run::{Advance, Context, DatabaseState, InTurn, RetryDeadline, Runner, Session};
use crate::script::{Prepared, Statement};
use std::time::Instant;

/// No revision can have a savepoint of its own, so none has this one.
const SAVEPOINT: &str = "SAVEPOINT servicekit_revisions";
const RELEASE: &str = "RELEASE SAVEPOINT servicekit_revisions";
const ROLLBACK_TO: &str = "ROLLBACK TO SAVEPOINT servicekit_revisions";

/// The most revisions in a message.
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
    /// The transaction is gone, and with it what was done in it; so many of its revisions are done one by one.
    Gone(usize),
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
        if !self.session.may_share_commit().await {
            self.session.rollback().await;
            return one_by_one(several.len());
        }
        let Uncommitted { times, ended } = self.behind_savepoints(several, place, &deadline).await;
        if let Some(Ended::Gone(tried)) = ended {
            self.session.rollback().await;
            return one_by_one(tried);
        }
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
            None | Some(Ended::Gone(_)) => 0,
            Some(Ended::Stopped(error)) => return Err(self.with_state(error).await),
            // Another session holds a lock: it is waited for where every step is waited for.
            Some(Ended::Failed(error)) => match error.busy() {
                Ok(_) => 1,
                Err(error) => return Err(self.with_state(error).await),
            },
        };
        Ok(Advance::Done(SharedCommit { committed: done.len(), one_by_one }))
    }

    /// Runs the statements of revisions in the transaction that is open.
    async fn behind_savepoints(
        &mut self,
        several: &[Prepared],
        (first, steps): (usize, usize),
        deadline: &RetryDeadline,
    ) -> Uncommitted {
        let (began, commit_after) = (Instant::now(), self.options.commit_after.0);
        let mut uncommitted = Uncommitted::default();
        let (mut end, mut most, mut has_savepoint) = (several.len(), 1, false);
        while uncommitted.times.len() < end {
            let next = uncommitted.times.len();
            // Those before one that has failed are run again whatever the time.
            if next > 0 && uncommitted.ended.is_none() {
                if began.elapsed() >= commit_after {
                    break;
                }
                if let Err(stopped) = deadline.check_stop() {
                    uncommitted.ended = Some(Ended::Stopped(stopped));
                    break;
                }
            }
            let message = several.get(next..end.min(next + most)).unwrap_or_default();
            let message = message.get(..how_many_together(&self.session, message)).unwrap_or_default();
            let sent = Instant::now();
            let place = (first + next, steps);
            let (times, ended) = self.as_one_message(message, has_savepoint, place, deadline).await;
            has_savepoint = true;
            let Some(ended) = ended else {
                uncommitted.times.extend(times);
                most = if sent.elapsed() < commit_after / MESSAGES { MESSAGE.min(2 * most) } else { 1 };
                continue;
            };
            if !self.session.undo_message().await {
                uncommitted.ended = Some(Ended::Gone(next + times.len() + 1));
                break;
            }
            end = next + times.len();
            uncommitted.ended = Some(ended);
        }
        uncommitted
    }

    /// Runs revisions in one message; gives when each began and ended, up to the one where they have ended too early.
    async fn as_one_message(
        &mut self,
        message: &[Prepared],
        has_savepoint: bool,
        place: (usize, usize),
        deadline: &RetryDeadline,
    ) -> (Vec<(Instant, Instant)>, Option<Ended>) {
        let Some(start) = message.first() else { return (Vec::new(), None) };
        let (context, session) = self.context(&start.before);
        let mut in_turn =
            InTurn::new((context.options, session.system()), message, place).stopped_by(context.stop);
        let result = context.behind_savepoint(session, message, has_savepoint, &mut in_turn).await;
        let times = in_turn.times().to_vec();
        let ended = match result {
            // Whatever came behind that.
            _ if in_turn.is_stopped() => deadline.check_stop().err().map(Ended::Stopped),
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

/// How many revisions go together in one message, at least one.
fn how_many_together(session: &Session<'_>, several: &[Prepared]) -> usize {
    let mut length = 0;
    let fits = |current: &&Prepared| {
        length += text_length(current);
        length <= CHUNK && goes_together(session, current)
    };
    several.iter().take_while(fits).count().max(1)
}

/// Whether all statements of a revision can be in one message.
fn goes_together(session: &Session<'_>, current: &Prepared) -> bool {
    text_length(current) <= CHUNK && current.statements().all(|statement| goes_along(session, statement))
}

fn text_length(current: &Prepared) -> usize {
    current.statements().map(|statement| statement.sql.len()).sum()
}

impl Context<'_> {
    /// Runs the statements of revisions in a transaction that they share, behind a savepoint that takes the place of the
    /// one before.
    async fn behind_savepoint(
        &self,
        session: &mut Session<'_>,
        message: &[Prepared],
        has_savepoint: bool,
        in_turn: &mut InTurn<'_>,
    ) -> Result<(), Error> {
        let savepoint = if has_savepoint { [RELEASE, SAVEPOINT].as_slice() } else { &[SAVEPOINT] };
        in_turn.advance(0);
        if let [current] = message
            && !goes_together(session, current)
        {
            session.connection().run(savepoint).await.map_err(|error| begin_error(error.source))?;
            let statements: Vec<&Statement> = current.statements().collect();
            self.run_all(session, current, &statements).await?;
            in_turn.advance(statements.len());
            return Ok(());
        }
        let statements: Vec<(&Prepared, &Statement)> = message
            .iter()
            .flat_map(|current| current.statements().map(move |statement| (current, statement)))
            .collect();
        self.report(statements.iter().copied());
        let texts = statements.iter().map(|(_, statement)| statement.sql.as_str());
        let texts: Vec<&str> = savepoint.iter().copied().chain(texts).collect();
        let mut is_done = |index: usize| in_turn.advance((index + 1).saturating_sub(savepoint.len()));
        let sent = session.connection().run_telling(&texts, &mut is_done);
        let digests = async {
            for current in message {
                current.digest();
            }
        };
        match futures_util::future::join(sent, digests).await.0 {
            Ok(()) => Ok(()),
            Err(error) => match error.index.checked_sub(savepoint.len()).and_then(|at| statements.get(at)) {
                Some(&(current, statement)) => {
                    let error = SendError { index: 0, ..error };
                    Err(self.failed(session, current, &[statement], error).await)
                }
                None => Err(begin_error(error.source)),
            },
        }
    }
}

impl Session<'_> {
    /// Whether revisions may share the transaction that has just begun.
    async fn may_share_commit(&mut self) -> bool {
        let Some(question) = self.engine.may_share_commit(&self.tables) else { return false };
        match self.connection().ask(&[question]).await {
            Ok(answers) => answers.first().is_some_and(crate::backend::Answer::is_yes),
            Err(error) => {
                tracing::debug!(error = %error.source, "each revision has a commit of its own");
                false
            }
        }
    }

    /// Takes back what the last message has done; false when there is no transaction any more, as SQLite rolls back all of it
    /// for `OR ROLLBACK` and a full disk.
    async fn undo_message(&mut self) -> bool {
        match self.connection().run(&[ROLLBACK_TO]).await {
            Ok(()) => true,
            Err(error) => {
                tracing::debug!(error = %error.source, "nothing is left to roll back to");
                false
            }
        }
    }
}
