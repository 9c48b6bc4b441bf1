//! `merge`: a revision that follows several.

use super::new;
use crate::answer::Answer;
use crate::arguments::{Format, Merge};
use crate::chain::Chain;
use crate::failure::{Failure, list};
use crate::new_file::{NewRevision, Utc};
use servicekit_chain::{Graph, RevisionId, RevisionRef};
use std::collections::BTreeSet;

pub(super) fn run(arguments: &Merge, chain: &Chain) -> Result<Answer, Failure> {
    let graph = chain.sound_graph()?;
    let parents = parents(&arguments.revisions, graph, chain)?;
    if parents.len() < 2 {
        let only = parents.first().map(|only| chain.describe(only.id().as_str()));
        let reason = match only {
            None => "no revision is named".to_owned(),
            Some(only) if arguments.revisions == ["heads"] => format!("{only} is the only head"),
            Some(only) => format!("{only} is the only revision that is named"),
        };
        return Err(Failure::NothingToMerge { reason });
    }
    separate(&parents, chain)?;
    for parent in &parents {
        new::may_follow(*parent, arguments.new.splice, chain)?;
    }
    let ids: Vec<&str> = parents.iter().map(|parent| parent.id().as_str()).collect();
    let message = format!("merge {}", list(&ids, "and"));
    let message = new::message(arguments.message.as_ref().unwrap_or(&message))?;
    let (id, branch_labels) = new::names(&arguments.new, graph, chain)?;
    let revision = NewRevision {
        id,
        down_revision: parents.iter().map(|parent| parent.id().clone()).collect(),
        branch_labels,
        depends_on: Vec::new(),
        message,
        created: Utc::now(),
        format: Format::Sql,
        folder: chain.folder_for(None, parents.first().copied())?,
    };
    new::create(chain, &revision)
}

/// The revisions to join, each once, in the order in which they are named.
fn parents<'g>(given: &[String], graph: &'g Graph, chain: &Chain) -> Result<Vec<RevisionRef<'g>>, Failure> {
    let mut parents: Vec<RevisionRef<'g>> = Vec::new();
    let mut seen = BTreeSet::new();
    for given in given {
        // All that `heads` lists, also those on which another revision depends: they cannot be followed either
        // way until they are joined.
        let ids = if given == "heads" {
            graph.heads()
        } else {
            graph.resolve(given).map_err(|error| chain.unresolved(error))?
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
fn separate(parents: &[RevisionRef<'_>], chain: &Chain) -> Result<(), Failure> {
    // Together first: walking down from each of thousands would take the square of their number.
    let below = beyond(parents, |revision| revision.parents().collect());
    let Some(lower) = parents.iter().find(|lower| below.contains(lower.id())) else { return Ok(()) };
    let above = beyond(std::slice::from_ref(lower), |revision| revision.children().collect());
    let upper = parents.iter().find(|upper| above.contains(upper.id())).unwrap_or(lower);
    Err(Failure::MergeOfAncestor {
        upper: chain.describe(upper.id().as_str()),
        lower: chain.describe(lower.id().as_str()),
    })
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
