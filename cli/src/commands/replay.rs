//! A database, and the history replayed at its revision: what was changed by hand is what differs.

use super::{CommandContext, inspect};
use crate::arguments::DiffArgs;
use crate::failure::{Failure, ReplayFailure};
use crate::run::{DatabaseUrl, MissingFile, OpenDatabase, ReplayRequest};
use servicekit::diff::Difference;
use servicekit::introspection::decide;
use servicekit::replay::SameServer;

/// What differs between the schema by the revisions and that of the database, which is asked about expressions and comes too.
pub(super) fn difference<'p>(
    arguments: &DiffArgs,
    context: CommandContext<'p>,
) -> Result<(Difference, OpenDatabase<'p>), Failure> {
    let CommandContext { project, common, console } = context;
    project.sound_graph()?;
    let url = DatabaseUrl::find(common, project)?;
    let dialect = url.dialect;
    let (is_sqlite, is_mysql) = (dialect.select(true, false, false), dialect.select(false, false, true));
    let options = &arguments.replay;
    // One that the configuration names is for the databases of servers.
    let is_wanted = !is_sqlite || options.scratch_url.is_some();
    let scratch =
        if is_wanted { DatabaseUrl::scratch(options.scratch_url.as_deref(), project)? } else { None };
    let same_server = if options.scratch_on_same_server { SameServer::Allow } else { SameServer::Refuse };
    let same_server = Some(same_server);
    let request = ReplayRequest {
        scratch,
        same_server,
        run_work: options.run_work,
        application: &options.application,
        schemas: &arguments.schema,
        introspection: inspect::introspection(&[], &arguments.schema, project),
        console,
        quiet: common.quiet,
    };
    request.check(&url, project.configuration(), options.scratch_url.is_some())?;
    if is_mysql && !arguments.schema.is_empty() {
        return Err(ReplayFailure::Schema.into());
    }
    let database = OpenDatabase::open_at(url, project, MissingFile::Refuse)?;
    let intended = database.replay(&request)?;
    let actual = inspect::read(&database, &[], &arguments.schema, project)?;
    let difference = intended.difference(&actual, dialect);
    let difference = database.ask(async |_, database| decide(difference, database).await)?;
    Ok((difference, database))
}
