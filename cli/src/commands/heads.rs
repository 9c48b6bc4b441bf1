//! `heads`: the revisions that nothing follows.

use super::CommandContext;
use crate::arguments::HeadsArgs;
use crate::failure::Failure;
use crate::output::{CommandOutput, Data, Layout, Note};

pub(super) fn run(arguments: &HeadsArgs, context: CommandContext<'_>) -> Result<CommandOutput, Failure> {
    let project = context.project;
    let graph = project.graph()?;
    let heads = if arguments.resolve_dependencies { graph.effective_heads() } else { graph.heads() };
    let list =
        heads.iter().filter_map(|id| graph.get(id.as_str())).map(|head| project.revision(head)).collect();
    let layout = if context.common.verbose { Layout::Verbose } else { Layout::Heads };
    let mut output = CommandOutput::from(Data::Revisions { list, layout });
    output.notes.extend(project.empty_note());
    output.notes.extend(project.policy().map(Note::from));
    Ok(output)
}
