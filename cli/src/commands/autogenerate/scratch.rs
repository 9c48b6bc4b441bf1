//! The history replayed, which is compared with the models instead of a database.

use super::CommandContext;
use crate::arguments::{ApplicationArgs, ScratchArgs};
use crate::commands::inspect;
use crate::failure::{DatabaseFailure, Failure, ReplayFailure};
use crate::run::{DatabaseUrl, MissingFile, OpenDatabase, ReplayRequest};
use servicekit::schema::Schema;
use servicekit::{Database, Dialect};

/// The database in which it is replayed; for SQLite any one, as that is done in memory.
///
/// # Errors
/// When there is none, or it cannot be reached.
pub(super) fn open<'p>(
    arguments: &ScratchArgs,
    context: CommandContext<'p>,
) -> Result<OpenDatabase<'p>, Failure> {
    context.project.sound_graph()?;
    OpenDatabase::open_at(url(arguments, context)?, context.project, MissingFile::Refuse)
}

/// What is seen of the schema at head, before the scratch database is emptied again.
///
/// # Errors
/// When the replay is refused or fails.
pub(super) fn replay<T>(
    database: &OpenDatabase<'_>,
    arguments: &ScratchArgs,
    application: &ApplicationArgs,
    schemas: &[String],
    context: CommandContext<'_>,
    seen: impl AsyncFnOnce(Schema, &Database) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let project = context.project;
    let is_server = database.dialect().select(false, true, true);
    // In memory there is one schema.
    let introspection = inspect::with_schemas(if is_server { schemas } else { &[] }, project);
    let request = ReplayRequest {
        scratch: is_server.then(|| database.url().clone()),
        same_server: None,
        run_work: arguments.run_work,
        application,
        schemas,
        introspection,
        console: context.console,
        quiet: context.common.quiet,
    };
    database.replay_at(project.graph()?.effective_heads(), &request, seen)
}

/// The kind of database is that of the scratch database, else that of the project; without any it is SQLite.
fn url(arguments: &ScratchArgs, context: CommandContext<'_>) -> Result<DatabaseUrl, Failure> {
    let CommandContext { project, common, .. } = context;
    let given = arguments.scratch_url.as_deref();
    let scratch = DatabaseUrl::scratch(given, project)?;
    if let (Some(_), Some(scratch)) = (given, &scratch) {
        return match scratch.dialect {
            Dialect::Sqlite => Err(ReplayFailure::NeedsNoScratch.into()),
            _ => Ok(scratch.clone()),
        };
    }
    let own = match DatabaseUrl::find(common, project) {
        Ok(url) => Some(url.dialect),
        Err(Failure::Database(failure)) if matches!(*failure, DatabaseFailure::NoUrl { .. }) => None,
        Err(failure) => return Err(failure),
    };
    match (own, scratch) {
        (Some(Dialect::Sqlite), _) | (None, None) => Ok(DatabaseUrl::in_memory()),
        (None, Some(scratch)) if scratch.dialect == Dialect::Sqlite => Ok(DatabaseUrl::in_memory()),
        (Some(own), Some(scratch)) if own != scratch.dialect => {
            Err(DatabaseFailure::OtherKind { from: own, to: scratch.dialect }.into())
        }
        (_, Some(scratch)) => Ok(scratch),
        (Some(_), None) => Err(ReplayFailure::NoScratchForHistory { config: project.configuration() }.into()),
    }
}
