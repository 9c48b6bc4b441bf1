//! `history`: all revisions or a range of them, the newest first.

use super::Call;
use crate::answer::{Answer, Data, Layout};
use crate::arguments::History;
use crate::chain::Chain;
use crate::database::{Missing, Work};
use crate::failure::Failure;
use crate::revision::Revision;
use servicekit_chain::{Heads, PlanError, ResolveError, RevisionRef};

pub(super) fn run(arguments: &History, chain: &Chain, call: Call<'_>) -> Result<Answer, Failure> {
    let graph = chain.graph()?;
    let rows = || Work::begin(chain, call.common, Missing::Refuse)?.status().map(|status| status.rows);
    let current = if arguments.indicate_current { Some(rows()?) } else { None };
    let shown = |revision: RevisionRef<'_>| {
        let is_current = current.as_ref().map(|rows| rows.contains(revision.id().as_str()));
        Revision { is_current, ..chain.revision(revision) }
    };
    let list = match &arguments.rev_range {
        None => graph.revisions().rev().map(shown).collect(),
        Some(range) => {
            let in_range = |rows: Option<&Heads>| graph.range(range, rows);
            let ids = match in_range(current.as_ref()) {
                // The range is about the database, which is asked then.
                Err(PlanError::Resolve(ResolveError::NeedsCurrent { .. })) => in_range(Some(&rows()?)),
                result => result,
            };
            let ids = ids.map_err(|error| chain.no_plan(error))?;
            ids.iter().rev().filter_map(|id| graph.get(id.as_str())).map(shown).collect()
        }
    };
    let layout = if call.common.verbose { Layout::Verbose } else { Layout::History };
    let mut answer = Answer::from(Data::Revisions { list, layout });
    answer.notes.extend(chain.empty_note());
    Ok(answer)
}
