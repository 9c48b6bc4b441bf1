//! The commands: one file each.

mod autogenerate;
mod branches;
mod current;
mod diff;
mod doctor;
mod downgrade;
mod ensure_version;
mod from_database;
mod heads;
mod history;
mod init;
mod inspect;
mod merge;
mod models;
mod new_revision;
mod plan;
mod replay;
mod resolve;
mod revision;
mod show;
mod stamp;
mod upgrade;

use crate::arguments::{ChangeArgs, CommonArgs, MigrationsArgs, MigrationsCommand};
use crate::console::Console;
use crate::failure::Failure;
use crate::output::CommandOutput;
use crate::project::Project;
use crate::run::{DatabaseUrl, RunSettings};

/// What every command gets besides its own arguments.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CommandContext<'a> {
    pub(crate) project: &'a Project,
    pub(crate) common: &'a CommonArgs,
    pub(crate) console: &'a Console,
}

impl<'a> CommandContext<'a> {
    /// For a command that changes a database.
    fn run_settings(self, change: &ChangeArgs) -> RunSettings<'a> {
        RunSettings {
            console: self.console,
            acquire_timeout: change.acquire_timeout,
            quiet: self.common.quiet,
        }
    }
}

/// Runs a command; what happens meanwhile is reported to the console.
///
/// # Errors
/// Why it did not do what it was asked for.
pub(crate) fn run(migrations: &MigrationsArgs, console: &Console) -> Result<CommandOutput, Failure> {
    let project = &Project::read(&migrations.common);
    let context = CommandContext { project, common: &migrations.common, console };
    let mut output = command(&migrations.command, context)?;
    output.notes.extend(project.alembic_notes(|key| is_about(&migrations.command, &migrations.common, key)));
    Ok(output)
}

/// Whether a key of the configuration matters to a command.
fn is_about(command: &MigrationsCommand, common: &CommonArgs, key: &str) -> bool {
    use MigrationsCommand as C;
    match (command, key) {
        (C::Init(_), _) => false,
        (C::Doctor, _) | (_, "version_locations" | "recursive") => true,
        (C::Revision(_) | C::Merge(_), key) => key == "file_template",
        (
            C::Upgrade(_)
            | C::Check(_)
            | C::Downgrade(_)
            | C::Current(_)
            | C::Stamp(_)
            | C::EnsureVersion(_)
            | C::Resolve(_),
            key,
        ) => key == "database_url" && !DatabaseUrl::is_chosen(common),
        _ => false,
    }
}

fn command(command: &MigrationsCommand, context: CommandContext<'_>) -> Result<CommandOutput, Failure> {
    let project = context.project;
    match command {
        MigrationsCommand::Init(arguments) => init::run(arguments, project),
        MigrationsCommand::Revision(arguments) => revision::run(arguments, context),
        MigrationsCommand::Merge(arguments) => merge::run(arguments, project),
        MigrationsCommand::Heads(arguments) => with_problems(project, heads::run(arguments, context)),
        MigrationsCommand::History(arguments) => with_problems(project, history::run(arguments, context)),
        MigrationsCommand::Branches => with_problems(project, branches::run(context)),
        MigrationsCommand::Show(arguments) => with_problems(project, show::run(arguments, project)),
        MigrationsCommand::Plan(arguments) => with_problems(project, plan::run(arguments, context)),
        MigrationsCommand::Upgrade(arguments) => upgrade::run(arguments, context),
        MigrationsCommand::Downgrade(arguments) => downgrade::run(arguments, context),
        MigrationsCommand::Current(arguments) => current::run(arguments, context),
        MigrationsCommand::Inspect(arguments) => inspect::run(arguments, context),
        MigrationsCommand::Diff(arguments) => diff::run(arguments, context),
        MigrationsCommand::Check(arguments) => autogenerate::check(arguments, context),
        MigrationsCommand::Models(arguments) => models::run(arguments, context),
        MigrationsCommand::Stamp(arguments) => stamp::run(arguments, context),
        MigrationsCommand::EnsureVersion(arguments) => ensure_version::run(arguments, context),
        MigrationsCommand::Doctor => Ok(doctor::run(context)),
        MigrationsCommand::Resolve(arguments) => resolve::run(arguments, context),
    }
}

/// A command that only reads has an output whenever there is a graph, together with what is wrong.
fn with_problems(
    project: &Project,
    output: Result<CommandOutput, Failure>,
) -> Result<CommandOutput, Failure> {
    let mut output = output?;
    if output.failure.is_none() && !project.problems().is_empty() {
        output.failure = Some(project.broken());
    }
    Ok(output)
}
