//! `stamp`: writes version rows, and runs nothing.

use super::{CommandContext, upgrade};
use crate::arguments::StampArgs;
use crate::failure::Failure;
use crate::output::{CommandOutput, RunKind};
use crate::run::{MissingFile, OpenDatabase, parse_target};

pub(super) fn run(arguments: &StampArgs, context: CommandContext<'_>) -> Result<CommandOutput, Failure> {
    let project = context.project;
    let target = parse_target(&arguments.targets, project)?;
    let database = OpenDatabase::open(project, context.common, MissingFile::Create)?;
    let (report, _) =
        database.record(context.run_settings(&arguments.change), async |migrator, database| {
            if arguments.purge {
                migrator.stamp_purged(database, target).await
            } else {
                migrator.stamp(database, target).await
            }
        })?;
    Ok(upgrade::run_output(RunKind::Stamp, report, project))
}
