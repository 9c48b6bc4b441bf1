//! `merge`: a revision that follows several.

use super::new_revision;
use crate::arguments::{Format, MergeArgs};
use crate::failure::{Failure, NewRevisionFailure, list};
use crate::new_file::{NewRevision, now};
use crate::output::CommandOutput;
use crate::project::Project;
use servicekit_chain::{Graph, RevisionId, RevisionRef};
use std::collections::BTreeSet;

pub(super) fn run(arguments: &MergeArgs, project: &Project) -> Result<CommandOutput, Failure> {
    let graph = project.sound_graph()?;
    let parents = parents(&arguments.revisions, graph, project)?;
    if parents.len() < 2 {
        let only = parents.first().map(|only| project.describe(only.id().as_str()));
        let reason = match only {
            None => "no revision is named".to_owned(),
            Some(only) if arguments.revisions == ["heads"] => format!("{only} is the only head"),
            Some(only) => format!("{only} is the only revision that is named"),
        };
        return Err(NewRevisionFailure::NothingToMerge { reason }.into());
    }
    separate(&parents, project)?;
    for parent in &parents {
        new_revision::may_follow(*parent, arguments.new.splice, project)?;
    }
    let ids: Vec<&str> = parents.iter().map(|parent| parent.id().as_str()).collect();
    let message = format!("merge {}", list(&ids, "and"));
    let message = new_revision::message(arguments.message.as_ref().unwrap_or(&message))?;
    let (id, branch_labels) = new_revision::names(&arguments.new, graph, project)?;
    let revision = NewRevision {
        id,
        down_revision: parents.iter().map(|parent| parent.id().clone()).collect(),
        branch_labels,
        depends_on: Vec::new(),
        models: Vec::new(),
        message,
        created: now(),
        format: Format::Sql,
        folder: project.folder_for(None, parents.first().copied())?,
        content: None,
    };
    new_revision::create(project, &revision)
}

/// The revisions to join, each once, in the order in which they are named.
fn parents<'g>(
    given: &[String],
    graph: &'g Graph,
    project: &Project,
) -> Result<Vec<RevisionRef<'g>>, Failure> {
    let mut parents: Vec<RevisionRef<'g>> = Vec::new();
    let mut seen = BTreeSet::new();
    for given in given {
        // All that `heads` lists, also those on which another revision depends: they cannot be followed either
        // way until they are joined.
        let ids = if given == "heads" {
            graph.heads()
        } else {
            graph.resolve(given).map_err(|error| project.unresolved(error))?
        };
        for parent in ids.iter().filter_map(|id| graph.get(id.as_str())) {
            if seen.insert(parent.id()) {
                parents.push(parent);
            }
        }
    }
    Ok(parents)
}

/// None of the revisions may be below another: that would join nothing.
fn separate(parents: &[RevisionRef<'_>], project: &Project) -> Result<(), Failure> {
    // Together first: walking down from each of thousands would take the square of their number.
    let below = beyond(parents, |revision| revision.parents().collect());
    let Some(lower) = parents.iter().find(|lower| below.contains(lower.id())) else { return Ok(()) };
    let above = beyond(std::slice::from_ref(lower), |revision| revision.children().collect());
    let upper = parents.iter().find(|upper| above.contains(upper.id())).unwrap_or(lower);
    Err(NewRevisionFailure::MergeOfAncestor {
        upper: project.describe(upper.id().as_str()),
        lower: project.describe(lower.id().as_str()),
    }
    .into())
}

/// All that lies beyond some revisions, one way or the other.
fn beyond<'g>(
    from: &[RevisionRef<'g>],
    next: impl Fn(RevisionRef<'g>) -> Vec<RevisionRef<'g>>,
) -> BTreeSet<&'g RevisionId> {
    let mut found = BTreeSet::new();
    let mut open: Vec<RevisionRef<'g>> = from.iter().copied().flat_map(&next).collect();
    while let Some(revision) = open.pop() {
        if found.insert(revision.id()) {
            open.extend(next(revision));
        }
    }
    found
}
