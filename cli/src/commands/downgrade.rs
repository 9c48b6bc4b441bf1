//! `downgrade`: reverts revisions.

use super::{CommandContext, upgrade};
use crate::arguments::DowngradeArgs;
use crate::failure::Failure;
use crate::output::{CommandOutput, RunKind};
use crate::run::{MissingFile, OpenDatabase, RunRequest, parse_target};
use servicekit::options::TransactionMode;
use servicekit::{Destination, Direction};

pub(super) fn run(arguments: &DowngradeArgs, context: CommandContext<'_>) -> Result<CommandOutput, Failure> {
    let project = context.project;
    let target = parse_target(std::slice::from_ref(&arguments.target), project)?;
    let database = OpenDatabase::open(project, context.common, MissingFile::Refuse)?;
    let (mode, application) = (TransactionMode::PerRevision, &arguments.application);
    let to = Destination::new(Direction::Downgrade, target);
    let request = RunRequest { to, mode, confirm: !arguments.yes, application };
    let report = database.run(&request, context.run_settings(&arguments.change))?;
    Ok(upgrade::run_output(RunKind::Run, report, project))
}
