//! `show`: all about one revision.

use crate::arguments::ShowArgs;
use crate::failure::Failure;
use crate::output::{CommandOutput, Data, RevisionSummary};
use crate::project::Project;
use servicekit_chain::VersionFile;

pub(super) fn run(arguments: &ShowArgs, project: &Project) -> Result<CommandOutput, Failure> {
    let given = &arguments.revision;
    let graph = match project.graph() {
        Ok(graph) => graph,
        Err(failure) => return outside_graph(given, project, failure),
    };
    match graph.resolve_one(given).map_err(|error| project.unresolved(error))? {
        Some(revision) => Ok(Data::Details(Box::new(project.revision(revision))).into()),
        None => Err(Failure::NothingToShow { given: given.clone() }),
    }
}

/// Without a graph, what the revision's own file says still helps to fix the chain.
fn outside_graph(given: &str, project: &Project, failure: Failure) -> Result<CommandOutput, Failure> {
    let Some(file) = only(project, |id| id == given).or_else(|| only(project, |id| id.starts_with(given)))
    else {
        return Err(failure);
    };
    let data = Data::Details(Box::new(RevisionSummary::outside_graph(file)));
    Ok(CommandOutput { failure: Some(failure), ..data.into() })
}

/// The one file whose id is this.
fn only(project: &Project, is_meant: impl Fn(&str) -> bool) -> Option<&VersionFile> {
    let mut files = project.folder.files.iter().filter(|file| is_meant(file.id().as_str()));
    files.next().filter(|_| files.next().is_none())
}
