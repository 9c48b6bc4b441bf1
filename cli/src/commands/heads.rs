//! `heads`: the revisions that nothing follows.

use super::Call;
use crate::answer::{Answer, Data, Layout, Note};
use crate::arguments::Heads;
use crate::chain::Chain;
use crate::failure::Failure;

pub(super) fn run(arguments: &Heads, chain: &Chain, call: Call<'_>) -> Result<Answer, Failure> {
    let graph = chain.graph()?;
    let heads = if arguments.resolve_dependencies { graph.effective_heads() } else { graph.heads() };
    let list =
        heads.iter().filter_map(|id| graph.get(id.as_str())).map(|head| chain.revision(head)).collect();
    let layout = if call.common.verbose { Layout::Verbose } else { Layout::Heads };
    let mut answer = Answer::from(Data::Revisions { list, layout });
    answer.notes.extend(chain.empty_note());
    answer.notes.extend(chain.policy().map(Note::from));
    Ok(answer)
}
