//! A database that does not answer: how long a run waits for it, and the error then.
//!
//! A host that vanishes, or a network that swallows what is sent, says nothing at all: TCP would wait for many minutes,
//! and while nothing is sent for ever.

use crate::backend::{Probe, Timeouts};
use crate::error::no_answer;
use futures_util::future::{Either, select};
use std::future::Future;
use std::pin::pin;
use std::time::{Duration, Instant};

/// The least time that an answer gets, however short the acquire timeout is: a server that is busy is not gone.
pub(crate) const LEAST: Duration = Duration::from_secs(2);

/// How often it is looked whether the server is there, while a statement of a revision runs.
const LOOK_EVERY: Duration = Duration::from_secs(15);

/// The pause before the second look, when the first was in vain.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// How long a connection waits for answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AnswerLimits {
    /// For what a run itself asks or writes.
    answer: Duration,
    /// How long the server lets one statement run.
    statement: Option<Duration>,
}

impl AnswerLimits {
    pub(crate) fn new(timeouts: &Timeouts) -> Self {
        // A question may wait for a lock of a table as long as that.
        let lock_timeout = timeouts.lock.saturating_add(Duration::from_secs(1));
        let answer = timeouts.acquire.max(LEAST).max(lock_timeout);
        Self { answer, statement: None }
    }

    /// The same where the server itself ends a statement of a revision after this time.
    pub(crate) fn with_statement_timeout(self, statement: Option<Duration>) -> Self {
        Self { statement, ..self }
    }

    /// An answer to what a run itself asks, in time.
    pub(crate) async fn answered<T>(
        &self,
        answer: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, sqlx::Error> {
        let in_time = tokio::time::timeout(self.answer, answer).await;
        in_time.unwrap_or_else(|_| Err(no_answer::error(self.answer)))
    }

    /// An answer to so many statements of a revision, which may take long: given up when the server should have ended them
    /// by itself, or does not exist any more.
    pub(crate) async fn watched<T>(
        &self,
        statements: usize,
        probe: &Probe,
        answer: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, sqlx::Error> {
        let began = Instant::now();
        let statements = u32::try_from(statements).unwrap_or(u32::MAX);
        let most = self.statement.map(|most| most.saturating_mul(statements).saturating_add(self.answer));
        let is_over = async {
            match most {
                Some(most) => tokio::time::sleep(most).await,
                None => std::future::pending().await,
            }
        };
        // In a box, because it is a large one, and most answers come before it is ever asked.
        let (answer, is_over, is_gone) = (pin!(answer), pin!(is_over), Box::pin(self.is_gone(probe)));
        match select(answer, select(is_over, is_gone)).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => Err(no_answer::error(began.elapsed())),
        }
    }

    /// Ends when the server cannot be reached by another connection either, twice in a row.
    async fn is_gone(&self, probe: &Probe) {
        tokio::time::sleep(self.answer).await;
        loop {
            if !probe.answers(self.answer).await {
                tokio::time::sleep(LOOK_AGAIN).await;
                if !probe.answers(self.answer).await {
                    return;
                }
            }
            tokio::time::sleep(self.answer.max(LOOK_EVERY)).await;
        }
    }
}
