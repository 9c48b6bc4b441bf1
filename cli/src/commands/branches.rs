//! `branches`: the revisions that are followed by more than one.

use super::CommandContext;
use crate::failure::Failure;
use crate::output::{CommandOutput, Data, Note};
use servicekit_chain::RevisionRef;

pub(super) fn run(context: CommandContext<'_>) -> Result<CommandOutput, Failure> {
    let project = context.project;
    let graph = project.graph()?;
    let points = graph.revisions().rev().filter(RevisionRef::is_branch_point);
    let points: Vec<_> = points
        .map(|point| {
            (project.revision(point), point.children().map(|child| project.revision(child)).collect())
        })
        .collect();
    let none = points.is_empty();
    let mut output = CommandOutput::from(Data::Branches { points, verbose: context.common.verbose });
    if none {
        let message = "no revision is followed by more than one".to_owned();
        output.notes.push(Note { message, help: None });
    }
    Ok(output)
}
