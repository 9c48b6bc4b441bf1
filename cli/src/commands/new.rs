//! What `revision` and `merge` have in common.

use crate::answer::{Answer, Data, Note};
use crate::arguments;
use crate::chain::Chain;
use crate::failure::Failure;
use crate::new_file::{self, NewRevision};
use servicekit_chain::{Graph, Label, RevisionId, RevisionRef};

/// The message as one line.
pub(super) fn message(given: &str) -> Result<String, Failure> {
    let message = new_file::one_line(given);
    if message.is_empty() { Err(Failure::EmptyMessage) } else { Ok(message) }
}

/// The id and the branch labels of a new revision, all of which name nothing yet.
pub(super) fn names(
    arguments: &arguments::NewRevision,
    graph: &Graph,
    chain: &Chain,
) -> Result<(RevisionId, Vec<Label>), Failure> {
    let mut labels: Vec<Label> = Vec::new();
    for text in &arguments.branch_label {
        let label = Label::new(text).map_err(|reason| invalid("a branch label", text, reason))?;
        if let Some(holder) = holder(label.as_str(), graph) {
            return Err(Failure::LabelTaken {
                label: label.to_string(),
                holder: chain.describe(holder.as_str()),
            });
        }
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    let id = match &arguments.rev_id {
        None => new_file::random_id(graph, &labels)?,
        Some(text) => given_id(text, graph, chain)?,
    };
    match labels.iter().find(|label| label.as_str() == id.as_str()) {
        Some(label) => Err(Failure::NameTwice { name: label.to_string() }),
        None => Ok((id, labels)),
    }
}

fn given_id(text: &str, graph: &Graph, chain: &Chain) -> Result<RevisionId, Failure> {
    let id = RevisionId::new(text).map_err(|reason| invalid("a revision id", text, reason))?;
    let Some(holder) = holder(id.as_str(), graph) else { return Ok(id) };
    let file = graph.get(holder.as_str()).and_then(|revision| chain.file(revision));
    Err(Failure::IdTaken {
        id: id.to_string(),
        path: file.map(|file| file.source.name.clone()).unwrap_or_default(),
    })
}

/// The revision that has this name as its id or as a label of its own.
fn holder<'g>(name: &str, graph: &'g Graph) -> Option<&'g RevisionId> {
    let is_named = |revision: &RevisionRef<'_>| {
        *revision.id() == *name || revision.branch_labels().iter().any(|label| *label == *name)
    };
    graph.revisions().find(is_named).map(|revision| revision.id())
}

fn invalid(what: &'static str, value: &str, reason: servicekit_chain::InvalidId) -> Failure {
    Failure::InvalidName { what, value: value.to_owned(), reason }
}

/// A new revision may follow a head, and anything else when a branch is asked for.
pub(super) fn may_follow(parent: RevisionRef<'_>, splice: bool, chain: &Chain) -> Result<(), Failure> {
    if splice || parent.is_head() {
        return Ok(());
    }
    let children = parent.children().map(|child| chain.describe(child.id().as_str())).collect();
    Err(Failure::NotAHead { revision: chain.describe(parent.id().as_str()), children })
}

/// Writes the revision and shows it.
pub(super) fn create(chain: &Chain, revision: &NewRevision) -> Result<Answer, Failure> {
    let after = new_file::write(chain, revision)?;
    let created =
        after.graph()?.get(revision.id.as_str()).map(|created| after.revision(created).into_details());
    let created = created.ok_or_else(|| after.broken())?;
    let notes = after.policy().map(Note::from).collect();
    Ok(Answer { notes, ..Answer::from(Data::Created(Box::new(created))) })
}
