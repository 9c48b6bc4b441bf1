//! Revisions that share a commit: one transaction, each revision behind a savepoint.
//!
//! On SQLite a commit waits for the disk, which takes longer than most revisions. Nobody sees what is in between, so the
//! version rows and the journal are written once for all of them. What is unusual is rolled back and done revision by
//! revision, which tells what the matter is.

use crate::backend::{SendError, begin_error, database_error};
use crate::error::{Error, ErrorKind, Phase};
use crate::run::runner::{finish, report_start};
use crate::run::transaction::{CHUNK, goes_along};
use crate::run::{Advance, Context, DatabaseState, RetryDeadline, RevisionSpan, Runner, Session};
use crate::script::{Prepared, Statement};
use std::time::Instant;

/// No revision can have a savepoint of its own, so none has this one.
const SAVEPOINT: &str = "SAVEPOINT servicekit_revision";
const RELEASE: &str = "RELEASE SAVEPOINT servicekit_revision";
const ROLLBACK_TO: &str = "ROLLBACK TO SAVEPOINT servicekit_revision";

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
        let done = several.get(..times.len()).unwrap_or_default();
        if matches!(ended, Some(Ended::Failed(_))) && !done.is_empty() && !self.session.undo_revision().await
        {
            // SQLite has rolled back all of it, as `OR ROLLBACK` and full disks do.
            self.session.rollback().await;
            return one_by_one(done.len() + 1);
        }
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

    /// Runs the statements of revisions in the transaction that is open.
    async fn behind_savepoints(
        &mut self,
        several: &[Prepared],
        (first, steps): (usize, usize),
        deadline: &RetryDeadline,
    ) -> Uncommitted {
        let began = Instant::now();
        let mut uncommitted = Uncommitted::default();
        for (current, step) in several.iter().zip(first..) {
            if step > first {
                if began.elapsed() >= self.options.commit_after.0 {
                    break;
                }
                if let Err(stopped) = deadline.check_stop() {
                    uncommitted.ended = Some(Ended::Stopped(stopped));
                    break;
                }
            }
            report_start(&self.options, current, (step, steps));
            let began = Instant::now();
            let (context, session) = self.context(&current.before);
            let span = RevisionSpan::new(session, current);
            match span.run(context.behind_savepoint(session, current)).await {
                Ok(()) => uncommitted.times.push((began, Instant::now())),
                Err(error) => {
                    uncommitted.ended = Some(Ended::Failed(error));
                    break;
                }
            }
        }
        uncommitted
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

impl Context<'_> {
    /// Runs the statements of a revision in a transaction that it shares.
    async fn behind_savepoint(&self, session: &mut Session<'_>, current: &Prepared) -> Result<(), Error> {
        let statements: Vec<&Statement> = current.statements().collect();
        let length: usize = statements.iter().map(|statement| statement.sql.len()).sum();
        if length > CHUNK || !statements.iter().all(|statement| goes_along(session, statement)) {
            return self.behind_savepoint_in_turn(session, current, &statements).await;
        }
        self.report(statements.iter().map(|statement| (current, *statement)));
        let texts = statements.iter().map(|statement| statement.sql.as_str());
        let texts: Vec<&str> = std::iter::once(SAVEPOINT).chain(texts).chain([RELEASE]).collect();
        match session.connection().run(&texts).await {
            Ok(()) => Ok(()),
            Err(error) if error.index == 0 => Err(begin_error(error.source)),
            Err(error) if error.index <= statements.len() => {
                let error = SendError { index: error.index - 1, ..error };
                Err(self.failed(session, current, &statements, error).await)
            }
            Err(error) => Err(released(current, error)),
        }
    }

    /// The same, as many statements at a time as can be.
    async fn behind_savepoint_in_turn(
        &self,
        session: &mut Session<'_>,
        current: &Prepared,
        statements: &[&Statement],
    ) -> Result<(), Error> {
        session.connection().run(&[SAVEPOINT]).await.map_err(|error| begin_error(error.source))?;
        self.run_all(session, current, statements).await?;
        session.connection().run(&[RELEASE]).await.map_err(|error| released(current, error))
    }
}

fn released(current: &Prepared, error: SendError) -> Error {
    database_error(Phase::Commit { revision: Some(current.step.revision.clone()) }, error.source)
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

    /// Takes back what the revision has done that has failed; false when there is no transaction any more.
    async fn undo_revision(&mut self) -> bool {
        match self.connection().run(&[ROLLBACK_TO, RELEASE]).await {
            Ok(()) => true,
            Err(error) => {
                tracing::debug!(error = %error.source, "nothing is left to roll back to");
                false
            }
        }
    }
}
