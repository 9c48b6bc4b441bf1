//! `current`: where a database is.

use super::CommandContext;
use crate::arguments::CurrentArgs;
use crate::failure::{DatabaseFailure, Failure};
use crate::output::{CommandOutput, CurrentOutput, Data, Note, PartiallyApplied, ids};
use crate::project::Project;
use crate::run::{MissingFile, OpenDatabase};
use servicekit::report::PartialRevision;
use servicekit::{Direction, Status, Target};
use servicekit_chain::Graph;

pub(super) fn run(arguments: &CurrentArgs, context: CommandContext<'_>) -> Result<CommandOutput, Failure> {
    let project = context.project;
    let database = OpenDatabase::open(project, context.common, MissingFile::Refuse)?;
    let status = database.status()?;
    let mut current = current(&status, project, database.shown_url())?;
    current.verbose = context.common.verbose;
    let nothing = current.heads.is_empty() && current.partially_applied.is_none();
    let mut output = CommandOutput::from(Data::Current(Box::new(current)));
    if nothing {
        output.notes.push(
            match database.ask(async |migrator, database| migrator.recorded_elsewhere(database).await)? {
                Some(recorded) => Note { message: recorded.to_string(), help: Some(recorded.help()) },
                None => Note { message: "no revision is applied".to_owned(), help: None },
            },
        );
    }
    let is_base = status.rows.is_base();
    output.notes.extend(if is_base { project.empty_note() } else { project.wrong_folder_note() });
    if arguments.check_heads {
        output.failure = not_at_head(&status, project)?;
    }
    output.notes.extend(project.policy().map(Note::from));
    Ok(output)
}

/// What is wrong with a database that is to be at head.
pub(super) fn not_at_head(status: &Status, project: &Project) -> Result<Option<Failure>, Failure> {
    let graph = project.graph()?;
    if status.partial.is_none() && status.rows == graph.effective_heads() {
        return Ok(None);
    }
    let pending = graph.upgrade(&status.rows, &Target::heads());
    let pending = pending.map(|plan| plan.steps).unwrap_or_default();
    let pending = pending.iter().map(|step| project.describe(step.revision.as_str())).collect();
    let failure = DatabaseFailure::NotAtHead {
        rows: ids(&status.rows),
        pending,
        is_partial: status.partial.is_some(),
        command: project.location.command("upgrade"),
    };
    Ok(Some(failure.into()))
}

/// Where a database is, as far as the folder knows its revisions.
pub(super) fn current(
    status: &Status,
    project: &Project,
    database: String,
) -> Result<CurrentOutput, Failure> {
    let graph = project.graph()?;
    let known = status.rows.iter().filter_map(|id| graph.get(id.as_str()));
    let unknown = status.rows.iter().filter(|id| graph.get(id.as_str()).is_none());
    let partially_applied = status.partial.as_ref().map(|partial| describe_partial(partial, graph, project));
    Ok(CurrentOutput {
        heads: ids(&status.rows),
        is_at_head: partially_applied.is_none() && status.rows == graph.effective_heads(),
        revisions: known.map(|revision| project.revision(revision)).collect(),
        unknown: unknown.map(ToString::to_string).collect(),
        partially_applied,
        database,
        verbose: false,
    })
}

/// A revision that is partially applied, with what to do about it.
fn describe_partial(partial: &PartialRevision, graph: &Graph, project: &Project) -> PartiallyApplied {
    let described = project.describe(&partial.revision);
    let Some(revision) = graph.get(&partial.revision) else {
        let help = format!(
            "add its file to `{}`, or run the version of the application that started it",
            project.versions()
        );
        let described = format!("{described}, which is unknown here,");
        return PartiallyApplied { partial: partial.clone(), described, help };
    };
    let target = match partial.direction {
        Direction::Upgrade => partial.revision.clone(),
        Direction::Downgrade => {
            revision.down_revision().first().map_or_else(|| "base".to_owned(), ToString::to_string)
        }
    };
    let command = project.location.command(format_args!("{} {target}", partial.direction));
    let help = match partial.state {
        "failed" => {
            format!("`{command}` runs this stage again; fix the file first if the statement is wrong")
        }
        "done" | "resolved" if partial.stage == partial.stages => format!("`{command}` finishes it"),
        "done" | "resolved" => format!("`{command}` continues with the next stage"),
        _ => format!(
            "if the run that started it is still running, wait for it; otherwise `{command}` checks whether the stage was done, and \
             continues"
        ),
    };
    PartiallyApplied { partial: partial.clone(), described, help }
}
