//! `resolve`: records whether a stage that is in doubt was done.

use super::CommandContext;
use super::current::current;
use crate::arguments::{ResolveArgs, StageOutcome};
use crate::failure::Failure;
use crate::output::{CommandOutput, Data, ResolvedStage};
use crate::project::Project;
use crate::run::{MissingFile, OpenDatabase};
use servicekit::Status;
use servicekit::options::Resolution;

pub(super) fn run(arguments: &ResolveArgs, context: CommandContext<'_>) -> Result<CommandOutput, Failure> {
    let project = context.project;
    let database = OpenDatabase::open(project, context.common, MissingFile::Refuse)?;
    let stage = stage(&database.status()?, project);
    let resolution = match arguments.outcome {
        StageOutcome::Done => Resolution::Done,
        StageOutcome::NotDone => Resolution::NotDone,
    };
    let (_, database) = database
        .record(context.run_settings(&arguments.change), async |migrator, database| {
            migrator.resolve(database, resolution).await
        })?;
    let after = current(&database.status()?, project, database.shown_url())?;
    let was_done = arguments.outcome == StageOutcome::Done;
    Ok(Data::Resolved(Box::new(ResolvedStage { stage, was_done, after })).into())
}

fn stage(status: &Status, project: &Project) -> String {
    status.partial.as_ref().map_or_else(
        || "the stage".to_owned(),
        |partial| {
            let (stage, stages, direction) = (partial.stage, partial.stages, partial.direction);
            format!("stage {stage} of {stages} of the {direction} of {}", project.describe(&partial.revision))
        },
    )
}
