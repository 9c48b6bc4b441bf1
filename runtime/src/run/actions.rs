//! What a revision does besides sending texts, begun when the run comes to it, inside the transaction.

use crate::backend::SendError;
use crate::backend::sqlite::rebuild::{RebuildError, Rebuilding};
use crate::error::{ErrorClass, WorkErrorKind};
use crate::operation;
use crate::run::Session;
use crate::script::{LiveAction, RecordedWork};
use crate::work;

/// Tells whether work has ended the transaction that it runs in: then this is gone.
const SAVEPOINT: &str = "servicekit_work";

/// Why it could not be done.
#[derive(Debug)]
pub(crate) enum ActionError {
    Work { name: String, why: WorkErrorKind },
    Rebuild(RebuildError),
}

/// Does it.
pub(crate) async fn perform(action: &LiveAction, session: &mut Session<'_>) -> Result<(), ActionError> {
    match action {
        LiveAction::Work(recorded) => work(recorded, session).await.map_err(|why| {
            let name = recorded.run.name().to_owned();
            ActionError::Work { name, why }
        }),
        LiveAction::Rebuild(recorded) => {
            let rebuilding = Rebuilding { recorded: &recorded.recorded, rebuild: &recorded.rebuild };
            rebuilding.perform(session.connection()).await.map_err(ActionError::Rebuild)
        }
    }
}

async fn work(recorded: &RecordedWork, session: &mut Session<'_>) -> Result<(), WorkErrorKind> {
    // Work can be begun once. When it is tried again the revision is recorded again.
    let Some(work) = work::take(&recorded.run).or_else(|| work::take(&recorded.recorded_again()?)) else {
        return Err(WorkErrorKind::NotRepeatable);
    };
    tracing::debug!(name = %recorded.run.name(), "work");
    let database = |error: SendError| WorkErrorKind::Failed(Box::new(error.source));
    let savepoint = format!("SAVEPOINT {SAVEPOINT}");
    let before: Vec<String> =
        [session.idling(true), session.own_settings_for_work(true), vec![savepoint]].concat();
    session.connection().ask(&before).await.map_err(database)?;
    let connection = session.connection().wire.reborrow();
    let result = work.run(operation::Connection { connection }).await;
    let engine = session.engine;
    let released = session.connection().run(&[format!("RELEASE SAVEPOINT {SAVEPOINT}")]).await;
    session.expect_no_idling().await;
    match (result, released) {
        (_, Err(error)) if engine.is_no_savepoint(&error.source) => Err(WorkErrorKind::EndedTransaction),
        (Err(error), _) => Err(WorkErrorKind::Failed(error)),
        (Ok(()), Err(error)) if engine.class(&error.source) == ErrorClass::Gone => Err(database(error)),
        (Ok(()), Err(error)) => Err(WorkErrorKind::WentOn(error.source)),
        (Ok(()), Ok(())) => Ok(()),
    }
}
