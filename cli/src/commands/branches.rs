//! `branches`: the revisions that are followed by more than one.

use super::Call;
use crate::answer::{Answer, Data, Note};
use crate::chain::Chain;
use crate::failure::Failure;
use servicekit_chain::RevisionRef;

pub(super) fn run(chain: &Chain, call: Call<'_>) -> Result<Answer, Failure> {
    let graph = chain.graph()?;
    let points = graph.revisions().rev().filter(RevisionRef::is_branch_point);
    let points: Vec<_> = points
        .map(|point| (chain.revision(point), point.children().map(|child| chain.revision(child)).collect()))
        .collect();
    let none = points.is_empty();
    let mut answer = Answer::from(Data::Branches { points, verbose: call.common.verbose });
    if none {
        let message = "no revision is followed by more than one".to_owned();
        answer.notes.push(Note { message, help: None });
    }
    Ok(answer)
}
