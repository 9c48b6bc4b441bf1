//! What `revision` and `merge` have in common.

use crate::arguments;
use crate::failure::{Failure, NewRevisionFailure};
use crate::new_file::{self, NewRevision};
use crate::output::{CommandOutput, Data, Note};
use crate::project::Project;
use servicekit_chain::{Graph, Label, RevisionId, RevisionRef};

/// The message as one line.
pub(super) fn message(given: &str) -> Result<String, Failure> {
    let message = new_file::one_line(given);
    if message.is_empty() { Err(NewRevisionFailure::EmptyMessage.into()) } else { Ok(message) }
}

/// The id and the branch labels of a new revision, all of which name nothing yet.
pub(super) fn names(
    arguments: &arguments::NewRevisionArgs,
    graph: &Graph,
    project: &Project,
) -> Result<(RevisionId, Vec<Label>), Failure> {
    let mut labels: Vec<Label> = Vec::new();
    for text in &arguments.branch_label {
        let label = Label::new(text).map_err(|reason| invalid("a branch label", text, reason))?;
        if let Some(holder) = holder(label.as_str(), graph) {
            return Err(NewRevisionFailure::LabelTaken {
                label: label.to_string(),
                holder: project.describe(holder.as_str()),
            }
            .into());
        }
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    let id = match &arguments.rev_id {
        None => new_file::random_id(graph, &labels)?,
        Some(text) => given_id(text, graph, project)?,
    };
    match labels.iter().find(|label| label.as_str() == id.as_str()) {
        Some(label) => Err(NewRevisionFailure::NameTwice { name: label.to_string() }.into()),
        None => Ok((id, labels)),
    }
}

fn given_id(text: &str, graph: &Graph, project: &Project) -> Result<RevisionId, Failure> {
    let id = RevisionId::new(text).map_err(|reason| invalid("a revision id", text, reason))?;
    let Some(holder) = holder(id.as_str(), graph) else { return Ok(id) };
    let file = graph.get(holder.as_str()).and_then(|revision| project.file(revision));
    Err(NewRevisionFailure::IdTaken {
        id: id.to_string(),
        path: file.map(|file| file.source.name.clone()).unwrap_or_default(),
    }
    .into())
}

/// The revision that has this name as its id or as a label of its own.
fn holder<'g>(name: &str, graph: &'g Graph) -> Option<&'g RevisionId> {
    let is_named = |revision: &RevisionRef<'_>| {
        *revision.id() == *name || revision.branch_labels().iter().any(|label| *label == *name)
    };
    graph.revisions().find(is_named).map(|revision| revision.id())
}

fn invalid(what: &'static str, value: &str, reason: servicekit_chain::InvalidId) -> Failure {
    NewRevisionFailure::InvalidName { what, value: value.to_owned(), reason }.into()
}

/// A new revision may follow a head, and anything else when a branch is asked for.
pub(super) fn may_follow(parent: RevisionRef<'_>, splice: bool, project: &Project) -> Result<(), Failure> {
    if splice || parent.is_head() {
        return Ok(());
    }
    let children = parent.children().map(|child| project.describe(child.id().as_str())).collect();
    Err(NewRevisionFailure::NotAHead { revision: project.describe(parent.id().as_str()), children }.into())
}

/// Writes the revision and shows it.
pub(super) fn create(project: &Project, revision: &NewRevision) -> Result<CommandOutput, Failure> {
    let after = new_file::write(project, revision)?;
    let created = after.graph()?.get(revision.id.as_str()).ok_or_else(|| after.broken())?;
    let notes = after.policy().map(Note::from).collect();
    Ok(CommandOutput { notes, ..CommandOutput::from(Data::Created(Box::new(after.revision(created)))) })
}
