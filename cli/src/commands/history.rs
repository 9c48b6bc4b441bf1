//! `history`: all revisions or a range of them, the newest first.

use super::CommandContext;
use crate::arguments::HistoryArgs;
use crate::failure::Failure;
use crate::output::{CommandOutput, Data, Layout, RevisionSummary};
use crate::run::{MissingFile, OpenDatabase};
use servicekit_chain::{Heads, PlanError, ResolveError, RevisionRef};

pub(super) fn run(arguments: &HistoryArgs, context: CommandContext<'_>) -> Result<CommandOutput, Failure> {
    let project = context.project;
    let graph = project.graph()?;
    let rows = || {
        OpenDatabase::open(project, context.common, MissingFile::Refuse)?.status().map(|status| status.rows)
    };
    let current = if arguments.indicate_current { Some(rows()?) } else { None };
    let shown = |revision: RevisionRef<'_>| {
        let is_current = current.as_ref().map(|rows| rows.contains(revision.id().as_str()));
        RevisionSummary { is_current, ..project.revision(revision) }
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
            let ids = ids.map_err(|error| project.no_plan(error))?;
            ids.iter().rev().filter_map(|id| graph.get(id.as_str())).map(shown).collect()
        }
    };
    let layout = if context.common.verbose { Layout::Verbose } else { Layout::History };
    let mut output = CommandOutput::from(Data::Revisions { list, layout });
    output.notes.extend(project.empty_note());
    Ok(output)
}
