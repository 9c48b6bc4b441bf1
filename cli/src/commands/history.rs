//! `history`: all revisions or a range of them, the newest first.

use crate::answer::{Answer, Data, Layout};
use crate::arguments::History;
use crate::chain::Chain;
use crate::failure::Failure;

pub(super) fn run(arguments: &History, chain: &Chain) -> Result<Answer, Failure> {
    let graph = chain.graph()?;
    let list = match &arguments.rev_range {
        None => graph.revisions().rev().map(|revision| chain.revision(revision)).collect(),
        Some(range) => {
            let ids = graph.range(range, None).map_err(|error| chain.no_plan(error))?;
            ids.iter()
                .rev()
                .filter_map(|id| graph.get(id.as_str()))
                .map(|revision| chain.revision(revision))
                .collect()
        }
    };
    let layout = if arguments.verbose { Layout::Verbose } else { Layout::History };
    let mut answer = Answer::from(Data::Revisions { list, layout });
    if graph.is_empty() {
        answer.notes.push(chain.empty());
    }
    Ok(answer)
}
