//! `upgrade`: applies revisions.

use super::CommandContext;
use crate::arguments::{TransactionScope, UpgradeArgs};
use crate::failure::Failure;
use crate::output::{CommandOutput, Data, Note, RunKind, RunOutput};
use crate::project::Project;
use crate::run::{MissingFile, OpenDatabase, RunRequest, parse_target};
use servicekit::options::TransactionMode;
use servicekit::{Destination, Direction, Report};

pub(super) fn run(arguments: &UpgradeArgs, context: CommandContext<'_>) -> Result<CommandOutput, Failure> {
    let project = context.project;
    let target = parse_target(std::slice::from_ref(&arguments.target), project)?;
    let database = OpenDatabase::open(project, context.common, MissingFile::Create)?;
    let mode = match arguments.transaction {
        TransactionScope::PerRevision => TransactionMode::PerRevision,
        TransactionScope::PerRun => TransactionMode::PerRun,
    };
    let to = Destination::new(Direction::Upgrade, target);
    let request = RunRequest { to, mode, confirm: false, application: &arguments.application };
    let report = database.run(&request, context.run_settings(&arguments.change))?;
    Ok(run_output(RunKind::Run, report, project))
}

/// What a run has done, and what it found besides.
pub(super) fn run_output(verb: RunKind, report: Report, project: &Project) -> CommandOutput {
    let edited = report.edited.iter().map(|edited| Note { message: edited.to_string(), help: None });
    let notes = edited.chain(project.empty_note()).chain(project.policy().map(Note::from)).collect();
    CommandOutput { notes, ..CommandOutput::from(Data::Ran(RunOutput { verb, report })) }
}
