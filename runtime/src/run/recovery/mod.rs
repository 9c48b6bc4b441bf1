//! Finding out what became of a stage that an earlier run has begun and not ended.

pub(crate) mod atomic;
pub(crate) mod evidence;
pub(crate) mod fingerprint;

use crate::backend::answer::is_yes;
use crate::backend::database_error;
use crate::error::{Error, Phase};
use crate::run::recovery::evidence::{Evidence, Seen};
use crate::run::recovery::fingerprint::{ABSENT, Definition, Fingerprint, change_now, definition};
use crate::run::{Blocker, RetryDeadline, Session};
use crate::script::OpenStage;
use servicekit_chain::sql::{Change, Object, ObjectName};

/// What is found out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It was done.
    Done,
    /// It was not, and can run.
    NotDone,
    /// The database does not tell.
    InDoubt {
        /// What would tell, and what was found.
        found: String,
    },
}

/// Finds out whether a stage was done. The session that ran it is ended first, because it can go on by itself when its
/// client is gone.
pub(crate) async fn find_out(
    session: &mut Session<'_>,
    stage: &OpenStage,
    statement: &str,
    deadline: &mut RetryDeadline,
) -> Result<Verdict, Error> {
    if let Some(id) = &stage.session {
        end(session, id, statement, deadline).await?;
    }
    match Fingerprint::from_text(stage.fingerprint.as_deref().unwrap_or_default()) {
        Fingerprint::Repeat => Ok(Verdict::NotDone),
        Fingerprint::Compare { changes, definitions } => compare(session, &changes, &definitions).await,
        // It was there, so that the statement was refused or did nothing; it will say so again.
        Fingerprint::BuildIndex { was_there: true, .. } | Fingerprint::DropIndex { was_there: false, .. } => {
            Ok(Verdict::NotDone)
        }
        Fingerprint::BuildIndex { table, index, .. } => {
            Ok(if clear_index(session, &table, &index, deadline).await? {
                Verdict::Done
            } else {
                Verdict::NotDone
            })
        }
        Fingerprint::DropIndex { index, .. } => {
            let question = session.engine.is_index_there(&index);
            Ok(if is_so(session, question).await? { Verdict::NotDone } else { Verdict::Done })
        }
        Fingerprint::Ask => Ok(Verdict::InDoubt {
            found: "the database cannot show whether this kind of statement was done".to_owned(),
        }),
    }
}

/// Compares what is there with what was: see [`evidence`].
async fn compare(
    session: &mut Session<'_>,
    changes: &[(Change, Definition)],
    definitions: &[(Object, Definition)],
) -> Result<Verdict, Error> {
    let mut found = Vec::with_capacity(changes.len());
    let mut told = Vec::with_capacity(changes.len());
    for (change, before) in changes {
        let now = change_now(session, change).await?.unwrap_or_default();
        let has_table = match &change.part {
            Some(_) => definition(session, &change.object).await?.is_some_and(|table| table != ABSENT),
            None => true,
        };
        let seen = Seen { effect: change.effect, before, now: &now, has_table };
        told.push(seen.evidence());
        found.push(evidence::describe(change, seen));
    }
    match evidence::agreed(&told) {
        Some(Evidence::Done) => return Ok(Verdict::Done),
        Some(Evidence::NotDone) => return Ok(Verdict::NotDone),
        Some(Evidence::Contradiction) | None => return Ok(Verdict::InDoubt { found: found.join("; ") }),
        Some(Evidence::Nothing) => {}
    }
    let mut is_unchanged = true;
    for (object, before) in definitions {
        let now = definition(session, object).await?.unwrap_or_default();
        is_unchanged &= now == *before;
        found.push(evidence::describe_definition(object, before, &now));
    }
    Ok(if is_unchanged { Verdict::NotDone } else { Verdict::InDoubt { found: found.join("; ") } })
}

/// Ends the session that ran a stage, if it is still there, and waits until it is gone.
async fn end(
    session: &mut Session<'_>,
    id: &str,
    statement: &str,
    deadline: &mut RetryDeadline,
) -> Result<(), Error> {
    let engine = session.engine;
    deadline.begin();
    while is_so(session, engine.session_exists(id, statement)).await? {
        if session.session_id().await?.as_deref() == Some(id) {
            return Ok(());
        }
        tracing::warn!(session = id, "ending the session of a run that is gone, which still runs its stage");
        if let Some(text) = engine.terminate_session(id)
            && let Err(error) = session.connection().run(&[text]).await
        {
            // It may have gone by itself in this moment; if not, the deadline says so.
            tracing::warn!(error = %error.source, "the session could not be ended");
        }
        deadline.pause(Blocker::Run(None)).await?;
    }
    Ok(())
}

/// Whether the index is there and valid. One that a failed build has left behind is dropped; one that another session is
/// building now is waited for.
pub(crate) async fn clear_index(
    session: &mut Session<'_>,
    table: &ObjectName,
    index: &str,
    deadline: &mut RetryDeadline,
) -> Result<bool, Error> {
    deadline.begin();
    loop {
        let Some(question) = session.engine.index_state(table, index) else { return Ok(false) };
        let answer = session.connection().ask_one(question, Phase::Fingerprint).await?;
        let Some(row) = answer.rows.first() else { return Ok(false) };
        let value = |column: usize| is_yes(row.get(column).and_then(Option::as_deref));
        if value(0) {
            return Ok(true);
        }
        if value(1) {
            deadline.pause(Blocker::Run(None)).await?;
            continue;
        }
        tracing::warn!(index, "dropping the invalid index that a failed build has left behind");
        let Some(text) = session.engine.drop_invalid_index(table, index) else { return Ok(false) };
        match session.connection().run(&[text]).await {
            Ok(()) => return Ok(false),
            Err(error) => {
                deadline.pause_if_busy(database_error(Phase::DropInvalidIndex, error.source)).await?;
            }
        }
    }
}

/// Whether the answer to a question is yes; no question is no.
pub(crate) async fn is_so(session: &mut Session<'_>, question: Option<String>) -> Result<bool, Error> {
    let Some(question) = question else { return Ok(false) };
    Ok(session.connection().ask_one(question, Phase::Fingerprint).await?.is_yes())
}
