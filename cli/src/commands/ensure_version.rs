//! `ensure_version`: makes the version table, and writes nothing into it.

use super::CommandContext;
use super::current::current;
use crate::arguments::ChangeArgs;
use crate::failure::Failure;
use crate::output::{CommandOutput, Data};
use crate::run::{MissingFile, OpenDatabase};

pub(super) fn run(arguments: &ChangeArgs, context: CommandContext<'_>) -> Result<CommandOutput, Failure> {
    let project = context.project;
    let database = OpenDatabase::open(project, context.common, MissingFile::Create)?;
    let (_, database) = database.record(context.run_settings(arguments), async |migrator, database| {
        migrator.ensure_version(database).await
    })?;
    let after = current(&database.status()?, project, database.shown_url())?;
    let config = &project.folder.config;
    let (version_table, journal_table) = (config.version_table.clone(), config.journal_table.clone());
    Ok(Data::Ensured { tables: [version_table, journal_table], after: Box::new(after) }.into())
}
