//! `revision`: a new revision file.

use super::autogenerate::{self, Found};
use super::from_database::{self, Existing};
use super::{CommandContext, new_revision};
use crate::arguments::{Format, RevisionArgs};
use crate::failure::{Failure, NewRevisionFailure};
use crate::new_file::{self, NewRevision, now};
use crate::output::CommandOutput;
use crate::project::Project;
use servicekit_chain::{Graph, ResolveError, RevisionRef};

pub(super) fn run(arguments: &RevisionArgs, context: CommandContext<'_>) -> Result<CommandOutput, Failure> {
    let (project, existing) = (context.project, &arguments.existing);
    let given = arguments.message.as_deref().map(new_revision::message).transpose()?;
    let nothing_yet = Graph::default();
    let graph = match project.missing_folder() {
        Some(_) => &nothing_yet,
        None => project.sound_graph()?,
    };
    if existing.from_database && !graph.is_empty() && arguments.head != "base" {
        return Err(NewRevisionFailure::NotFirst { folder: project.versions() }.into());
    }
    let parent = parent(&arguments.head, graph, project)?;
    if let Some(parent) = parent {
        new_revision::may_follow(parent, arguments.new.splice, project)?;
    }
    let (id, branch_labels) = new_revision::names(&arguments.new, graph, project)?;
    let from_models = &arguments.models;
    let is_written = existing.from_database || from_models.autogenerate;
    let usual = if is_written { Format::Rs } else { Format::Sql };
    let format = arguments.format.or(project.folder.config.format.map(Format::from)).unwrap_or(usual);
    let depends_on = depends_on(&arguments.depends_on, graph, project)?;
    let folder = project.folder_for(arguments.version_path.as_deref(), parent)?;
    let (summary, made) = match existing.from_database.then(|| from_database::read(existing, format, context))
    {
        None => (None, None),
        Some(read) => match read? {
            Existing::Nothing(note) => return Ok(from_database::nothing(note)),
            Existing::Content(summary, made) => (Some(summary), Some(made)),
        },
    };
    let mut change = None;
    if from_models.autogenerate {
        change = match autogenerate::find(from_models, format, context)? {
            Found::Nothing(output) => return Ok(*output),
            Found::Change(change) => Some(change),
        };
    }
    let (summary, made, models) = match &change {
        Some(change) => (Some(change.summary.clone()), Some(change.content.clone()), change.models.clone()),
        None => (summary, made, Vec::new()),
    };
    let Some(message) = given.or(summary.map(|summary| new_file::one_line(&summary))) else {
        return Err(NewRevisionFailure::EmptyMessage.into());
    };
    let revision = NewRevision {
        id,
        down_revision: parent.map(|parent| parent.id().clone()).into_iter().collect(),
        branch_labels,
        depends_on,
        models,
        message,
        created: now(),
        format,
        folder,
        content: made,
    };
    let mut output = new_revision::create(project, &revision)?;
    if let Some(change) = change {
        return Ok(change.written(output, context));
    }
    if existing.from_database {
        from_database::follow_up(existing, revision.id.as_str(), &mut output, context);
    }
    Ok(output)
}

/// The revision to follow; none for the first revision and for `base`.
fn parent<'g>(head: &str, graph: &'g Graph, project: &Project) -> Result<Option<RevisionRef<'g>>, Failure> {
    graph.resolve_one(head).map_err(|error| match error {
        ResolveError::MultipleHeads { given, heads } if given == "head" || given == "heads" => {
            NewRevisionFailure::SeveralHeads {
                first: heads.first().map(ToString::to_string).unwrap_or_default(),
                heads: project.describe_all(&heads),
                location: project.location.clone(),
            }
            .into()
        }
        error => project.unresolved(error),
    })
}

/// What a new revision depends on: ids written out, labels as they are, because a label may move on.
fn depends_on(given: &[String], graph: &Graph, project: &Project) -> Result<Vec<String>, Failure> {
    let mut names: Vec<String> = Vec::new();
    for given in given {
        let is_label =
            |revision: RevisionRef<'_>| revision.branch_labels().iter().any(|label| *label == **given);
        let name = if graph.revisions().any(is_label) {
            given.clone()
        } else {
            match graph.resolve_one(given).map_err(|error| project.unresolved(error))? {
                Some(revision) => revision.id().to_string(),
                None => return Err(NewRevisionFailure::DependencyOnBase { given: given.clone() }.into()),
            }
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}
