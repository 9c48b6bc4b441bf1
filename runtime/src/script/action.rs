//! What a revision does besides sending texts: it is begun when the run comes to it, inside the transaction.

use crate::backend::ErrorClass;
use crate::backend::connection::{Connection, SendError, Wire};
use crate::backend::sqlite::rebuild::Rebuilding;
use crate::error::work::WorkErrorKind;
use crate::history::embedded::{Body, Revision};
use crate::operation::{self, Operation, OperationError, Operations, Work};
use crate::run::session::Session;
use crate::work;
use servicekit_chain::{Dialect, Direction};
use std::sync::Arc;

/// Tells whether work has ended the transaction that it runs in: then this is gone.
const SAVEPOINT: &str = "servicekit_work";

/// Something that is done instead of sending a text.
#[derive(Debug, Clone)]
pub(crate) enum LiveAction {
    Work(RecordedWork),
    Rebuild(Arc<Rebuilding>),
}

/// Why it could not be done.
#[derive(Debug)]
pub(crate) enum ActionError {
    Work {
        name: String,
        why: WorkErrorKind,
    },
    /// The database is not as the operation needs it.
    Refused(OperationError),
    /// The database refused this statement.
    Statement {
        sql: String,
        error: SendError,
    },
}

impl LiveAction {
    /// Does it.
    pub(crate) async fn perform(&self, session: &mut Session<'_>) -> Result<(), ActionError> {
        match self {
            Self::Work(work) => work.perform(session).await.map_err(|why| {
                let name = work.run.name().to_owned();
                ActionError::Work { name, why }
            }),
            Self::Rebuild(rebuilding) => rebuilding.perform(session).await,
        }
    }

    /// Whether foreign keys must be off meanwhile.
    pub(crate) fn rebuilds(&self) -> bool {
        matches!(self, Self::Rebuild(_))
    }
}

/// Work of a revision.
#[derive(Debug, Clone)]
pub(crate) struct RecordedWork {
    run: Work,
    revision: &'static Revision,
    direction: Direction,
    dialect: Dialect,
    /// Which work of the revision it is.
    index: usize,
}

impl RecordedWork {
    pub(crate) fn new(
        run: Work,
        revision: &'static Revision,
        direction: Direction,
        dialect: Dialect,
        index: usize,
    ) -> Self {
        Self { run, revision, direction, dialect, index }
    }

    async fn perform(&self, session: &mut Session<'_>) -> Result<(), WorkErrorKind> {
        // Work can be begun once. When it is tried again the revision is recorded again.
        let Some(work) = work::take(&self.run).or_else(|| work::take(&self.recorded_again()?)) else {
            return Err(WorkErrorKind::NotRepeatable);
        };
        tracing::debug!(name = %self.run.name(), "work");
        let database = |error: SendError| WorkErrorKind::Failed(Box::new(error.source));
        let savepoint = format!("SAVEPOINT {SAVEPOINT}");
        let before: Vec<String> =
            [session.idling(true), session.own_settings_for_work(true), vec![savepoint]].concat();
        session.connection().ask(&before).await.map_err(database)?;
        let result = work.run(session.connection().lend()).await;
        let engine = session.engine;
        let released = session.connection().run(&[format!("RELEASE SAVEPOINT {SAVEPOINT}")]).await;
        session.expect_no_idling().await;
        match (result, released) {
            (_, Err(error)) if engine.says_no_savepoint(&error.source) => {
                Err(WorkErrorKind::EndedTransaction)
            }
            (Err(error), _) => Err(WorkErrorKind::Failed(error)),
            (Ok(()), Err(error)) if engine.class(&error.source) == ErrorClass::Gone => Err(database(error)),
            (Ok(()), Err(error)) => Err(WorkErrorKind::WentOn(error.source)),
            (Ok(()), Ok(())) => Ok(()),
        }
    }

    fn recorded_again(&self) -> Option<Work> {
        let Body::Rust(functions) = self.revision.body() else { return None };
        let record = match self.direction {
            Direction::Upgrade => functions.upgrade(),
            Direction::Downgrade => functions.downgrade()?,
        };
        let mut operations = Operations::default();
        record(&mut operations);
        let mut runs =
            operations.into_recorded(self.dialect).filter_map(|recorded| match recorded.operation {
                Operation::Work(run) => Some(run),
                _ => None,
            });
        runs.nth(self.index).filter(|run| *run == self.run)
    }
}

impl Connection<'_> {
    /// The connection for work of a revision.
    fn lend(&mut self) -> operation::Connection<'_> {
        match &mut self.wire {
            #[cfg(feature = "sqlite")]
            Wire::Sqlite(connection) => operation::Connection::from_sqlite(connection),
            #[cfg(feature = "postgres")]
            Wire::Postgres(connection) => operation::Connection::from_postgres(connection),
            #[cfg(feature = "mysql")]
            Wire::MySql(connection, _) => operation::Connection::from_mysql(connection),
        }
    }
}
