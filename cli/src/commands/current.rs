//! `current`: where a database is.

use super::Call;
use crate::answer::{Answer, Current, Data, HalfDone, Note, ids};
use crate::arguments;
use crate::chain::Chain;
use crate::database::{Missing, Work};
use crate::failure::{DatabaseFailure, Failure};
use servicekit::{Direction, PartialRevision, Status, Target};
use servicekit_chain::Graph;

pub(super) fn run(arguments: &arguments::Current, chain: &Chain, call: Call<'_>) -> Result<Answer, Failure> {
    let work = Work::begin(chain, call.common, Missing::Refuse)?;
    let status = work.status()?;
    let mut current = current(&status, chain, work.shown_url())?;
    current.verbose = call.common.verbose;
    let nothing = current.heads.is_empty() && current.half_done.is_none();
    let mut answer = Answer::from(Data::Current(Box::new(current)));
    if nothing {
        answer.notes.push(match work.recorded_elsewhere()? {
            Some(recorded) => Note { message: recorded.to_string(), help: Some(recorded.help()) },
            None => Note { message: "no revision is applied".to_owned(), help: None },
        });
    }
    let is_base = status.rows.is_base();
    answer.notes.extend(if is_base { chain.empty_note() } else { chain.wrong_folder_note() });
    if arguments.check_heads {
        answer.failure = not_at_head(&status, chain)?;
    }
    answer.notes.extend(chain.policy().map(Note::from));
    Ok(answer)
}

/// What is wrong with a database that is to be at head.
pub(super) fn not_at_head(status: &Status, chain: &Chain) -> Result<Option<Failure>, Failure> {
    let graph = chain.graph()?;
    if status.half_done.is_none() && status.rows == graph.effective_heads() {
        return Ok(None);
    }
    let pending = graph.upgrade(&status.rows, &Target::heads());
    let pending = pending.map(|plan| plan.steps).unwrap_or_default();
    let pending = pending.iter().map(|step| chain.describe(step.revision.as_str())).collect();
    let failure = DatabaseFailure::NotAtHead {
        rows: ids(&status.rows),
        pending,
        is_half_done: status.half_done.is_some(),
        command: chain.location.command("upgrade"),
    };
    Ok(Some(failure.into()))
}

/// Where a database is, as far as the folder knows its revisions.
pub(super) fn current(status: &Status, chain: &Chain, database: String) -> Result<Current, Failure> {
    let graph = chain.graph()?;
    let known = status.rows.iter().filter_map(|id| graph.get(id.as_str()));
    let unknown = status.rows.iter().filter(|id| graph.get(id.as_str()).is_none());
    let half_done = status.half_done.as_ref().map(|half_done| described(half_done, graph, chain));
    Ok(Current {
        heads: ids(&status.rows),
        is_at_head: half_done.is_none() && status.rows == graph.effective_heads(),
        revisions: known.map(|revision| chain.revision(revision)).collect(),
        unknown: unknown.map(ToString::to_string).collect(),
        half_done,
        database,
        verbose: false,
    })
}

/// A revision that is half done, with what to do about it.
fn described(half_done: &PartialRevision, graph: &Graph, chain: &Chain) -> HalfDone {
    let described = chain.describe(&half_done.revision);
    let Some(revision) = graph.get(&half_done.revision) else {
        let help = format!(
            "bring its file into `{}`, or start the version of the application that began it",
            chain.versions()
        );
        return HalfDone::new(half_done, format!("{described}, which is unknown here,"), help);
    };
    let target = match half_done.direction {
        Direction::Upgrade => half_done.revision.clone(),
        Direction::Downgrade => {
            revision.down_revision().first().map_or_else(|| "base".to_owned(), ToString::to_string)
        }
    };
    let command = chain.location.command(format_args!("{} {target}", half_done.direction));
    let help = match half_done.state {
        "failed" => {
            format!("`{command}` does this step again; mend the file first if the statement is wrong")
        }
        "done" | "resolved" if half_done.step == half_done.steps => format!("`{command}` finishes it"),
        "done" | "resolved" => format!("`{command}` goes on with the next step"),
        _ => format!(
            "if the run that began it is still at work, wait for it; else `{command}` finds out what became of the step, and \
             goes on"
        ),
    };
    HalfDone::new(half_done, described, help)
}
