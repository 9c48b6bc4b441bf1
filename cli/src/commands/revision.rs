//! `revision`: a new revision file.

use super::new;
use crate::answer::Answer;
use crate::arguments::Revision;
use crate::chain::Chain;
use crate::failure::Failure;
use crate::new_file::{self, NewRevision, Utc};
use servicekit_chain::{Graph, ResolveError, RevisionRef};

pub(super) fn run(arguments: &Revision, chain: &Chain) -> Result<Answer, Failure> {
    let message = new::message(&arguments.message)?;
    let nothing_yet = Graph::default();
    let graph = match new_file::missing_folder(chain) {
        Some(_) => &nothing_yet,
        None => chain.sound_graph()?,
    };
    let parent = parent(&arguments.head, graph, chain)?;
    if let Some(parent) = parent {
        new::may_follow(parent, arguments.new.splice, chain)?;
    }
    let (id, branch_labels) = new::names(&arguments.new, graph, chain)?;
    let revision = NewRevision {
        id,
        down_revision: parent.map(|parent| parent.id().clone()).into_iter().collect(),
        branch_labels,
        depends_on: depends_on(&arguments.depends_on, graph, chain)?,
        message,
        created: Utc::now(),
        format: arguments.format,
        folder: chain.folder_for(arguments.version_path.as_deref(), parent)?,
    };
    new::create(chain, &revision)
}

/// The revision to follow; none for the first revision and for `base`.
fn parent<'g>(head: &str, graph: &'g Graph, chain: &Chain) -> Result<Option<RevisionRef<'g>>, Failure> {
    graph.resolve_one(head).map_err(|error| match error {
        ResolveError::MultipleHeads { given, heads } if given == "head" || given == "heads" => {
            Failure::SeveralHeads {
                first: heads.first().map(ToString::to_string).unwrap_or_default(),
                heads: chain.describe_all(&heads),
                location: Box::new(chain.location.clone()),
            }
        }
        error => chain.unresolved(error),
    })
}

/// What a new revision depends on: ids written out, labels as they are, because a label may move on.
fn depends_on(given: &[String], graph: &Graph, chain: &Chain) -> Result<Vec<String>, Failure> {
    let mut names: Vec<String> = Vec::new();
    for given in given {
        let is_label =
            |revision: RevisionRef<'_>| revision.branch_labels().iter().any(|label| *label == **given);
        let name = if graph.revisions().any(is_label) {
            given.clone()
        } else {
            match graph.resolve_one(given).map_err(|error| chain.unresolved(error))? {
                Some(revision) => revision.id().to_string(),
                None => return Err(Failure::DependencyOnBase { given: given.clone() }),
            }
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}
