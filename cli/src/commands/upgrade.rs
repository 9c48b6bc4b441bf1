//! `upgrade`: applies revisions.

use super::CommandContext;
use crate::arguments::{TransactionScope, UpgradeArgs};
use crate::failure::Failure;
use crate::output::{CommandOutput, Data, Note, RunKind, RunOutput};
use crate::project::Project;
use crate::run::{MissingFile, OpenDatabase, RunRequest, parse_target};
use servicekit::Direction;
use servicekit::options::TransactionMode;
use servicekit::worker::wire;

pub(super) fn run(
    arguments: &UpgradeArgs,
    project: &Project,
    context: CommandContext<'_>,
) -> Result<CommandOutput, Failure> {
    let written = &arguments.target;
    let target = parse_target(std::slice::from_ref(written), project)?;
    let database = OpenDatabase::open(project, context.common, MissingFile::Create)?;
    let mode = match arguments.transaction {
        TransactionScope::PerRevision => TransactionMode::PerRevision,
        TransactionScope::PerRun => TransactionMode::PerRun,
    };
    let application = &arguments.application;
    let request =
        RunRequest { direction: Direction::Upgrade, target, written, mode, confirm: false, application };
    let ran = database.run(&request, context.run_settings(&arguments.change))?;
    Ok(run_output(RunKind::Run, ran, project))
}

/// What a run has done, and what it found besides.
pub(super) fn run_output(verb: RunKind, ran: wire::Ran, project: &Project) -> CommandOutput {
    let edited = ran.edited.iter().map(|edited| Note { message: edited.text.clone(), help: None });
    let notes = edited.chain(project.empty_note()).chain(project.policy().map(Note::from)).collect();
    CommandOutput { notes, ..CommandOutput::from(Data::Ran(RunOutput::new(verb, ran))) }
}
