//! `downgrade`: reverts revisions.

use super::{CommandContext, upgrade};
use crate::arguments::DowngradeArgs;
use crate::failure::Failure;
use crate::output::{CommandOutput, RunKind};
use crate::project::Project;
use crate::run::{MissingFile, OpenDatabase, RunRequest, parse_target};
use servicekit::Direction;
use servicekit::options::TransactionMode;

pub(super) fn run(
    arguments: &DowngradeArgs,
    project: &Project,
    context: CommandContext<'_>,
) -> Result<CommandOutput, Failure> {
    let written = &arguments.target;
    let target = parse_target(std::slice::from_ref(written), project)?;
    let database = OpenDatabase::open(project, context.common, MissingFile::Refuse)?;
    let (mode, application) = (TransactionMode::PerRevision, &arguments.application);
    let (direction, confirm) = (Direction::Downgrade, !arguments.yes);
    let request = RunRequest { direction, target, written, mode, confirm, application };
    let ran = database.run(&request, context.run_settings(&arguments.change))?;
    Ok(upgrade::run_output(RunKind::Run, ran, project))
}
