//! The database, as far as it can be looked at.

use super::rights;
use crate::commands::CommandContext;
use crate::commands::current::current;
use crate::failure::{Failure, list};
use crate::output::Fact;
use crate::project::Project;
use crate::run::{DatabaseUrl, MissingFile, OpenDatabase};
use servicekit::{Status, Target};

pub(super) fn facts(context: CommandContext<'_>, next: &mut Vec<String>) -> Vec<Fact> {
    let CommandContext { project, common, .. } = context;
    let url = match DatabaseUrl::find(common, project) {
        Ok(url) => url,
        Err(failure) => return vec![problem("database_url", &failure, next)],
    };
    let mut facts = vec![Fact::good("database_url", url.shown()).with_source(url.source.to_string())];
    if project.sound_graph().is_err() {
        facts.push(Fact::note("connection", "not tried, because the chain is broken"));
        return facts;
    }
    match OpenDatabase::open(project, common, MissingFile::Refuse) {
        Ok(database) => {
            facts.push(Fact::good("connection", "it answers"));
            facts.extend(server(&database, next));
            facts.extend(
                inside(&database, project, next)
                    .unwrap_or_else(|failure| vec![problem("version table", &failure, next)]),
            );
        }
        Err(failure) if failure.is_missing_file() => {
            facts.push(Fact::note("connection", "the file does not exist yet; the first run creates it"));
            next.push(format!(
                "create it, and apply what is pending: `{}`",
                project.location.command("upgrade")
            ));
        }
        Err(failure) => facts.push(problem("connection", &failure, next)),
    }
    facts
}

/// What is wrong with the server, or to be known of it.
fn server(database: &OpenDatabase<'_>, next: &mut Vec<String>) -> Option<Fact> {
    match database.ask(async |migrator, database| migrator.check_server(database).await) {
        Ok(note) => note.map(|note| Fact::note("server", note.to_string())),
        Err(failure) => Some(problem("server", &failure, next)),
    }
}

/// The two tables, and where they say that the database is.
fn inside(
    database: &OpenDatabase<'_>,
    project: &Project,
    next: &mut Vec<String>,
) -> Result<Vec<Fact>, Failure> {
    if let Some(recorded) =
        database.ask(async |migrator, database| migrator.recorded_elsewhere(database).await)?
    {
        // Where nothing is recorded, there is nothing else to show.
        next.push(recorded.help());
        return Ok(vec![Fact::problem("version table", recorded.to_string())]);
    }
    let found = database.ask(async |migrator, database| migrator.bookkeeping_tables(database).await)?;
    let status = database.status()?;
    let config = &project.folder.config;
    let rights = database.ask(async |migrator, database| migrator.rights(database).await)?;
    let makes_tables = rights.read_only.is_none() && !rights.missing.iter().any(|right| right.is_needed);
    let table = |name: &str, table: &str, is_there: bool| {
        if is_there {
            return Fact::good(name, format!("`{table}` exists"));
        }
        let creation = if makes_tables { "; the first run creates it" } else { "" };
        Fact::note(name, format!("`{table}` does not exist yet{creation}"))
    };
    let mut facts = vec![
        table("version table", &config.version_table, found.version_table),
        table("journal", &config.journal_table, found.journal),
    ];
    let now = current(&status, project, database.shown_url())?;
    match &now.partially_applied {
        Some(partial) => {
            facts.push(Fact::problem("mark row", format!("it is set: {partial}")));
            next.push(partial.help.clone());
        }
        None => facts.push(Fact::good("mark row", "no revision is partially applied")),
    }
    let has_work = status.partial.is_some() || status.rows != project.graph()?.effective_heads();
    facts.extend(rights::facts(&rights, has_work, next));
    facts.push(position(&status, &now.unknown, project, next)?);
    for edited in database.ask(async |migrator, database| migrator.edited(database).await)? {
        facts.push(Fact::problem("edited", edited.to_string()));
    }
    Ok(facts)
}

/// Where it is, compared with the folder.
fn position(
    status: &Status,
    unknown: &[String],
    project: &Project,
    next: &mut Vec<String>,
) -> Result<Fact, Failure> {
    let graph = project.graph()?;
    if !unknown.is_empty() {
        let add = format!("add the files of {} to `{}`", list(unknown, "and"), project.versions());
        next.push(match project.empty_note() {
            Some(_) => format!("name the folder that has the revisions with `--directory`, or {add}"),
            None => add,
        });
        let text =
            format!("the database is ahead: it is at {}, which is not in the folder", list(unknown, "and"));
        return Ok(Fact::problem("position", text));
    }
    let plan = graph.upgrade(&status.rows, &Target::heads()).map_err(|error| project.no_plan(error))?;
    Ok(match plan.steps.len() {
        0 => Fact::good("position", format!("at {}, which is head", status.rows)),
        pending => {
            next.push(format!("apply what is pending: `{}`", project.location.command("upgrade")));
            let are = if pending == 1 { "1 revision is" } else { &format!("{pending} revisions are") };
            Fact::note("position", format!("at {}; {are} pending", status.rows))
        }
    })
}

/// What failed, as a fact; what helps comes next.
fn problem(name: &str, failure: &Failure, next: &mut Vec<String>) -> Fact {
    let report = failure.report();
    let fact = Fact::problem(name, report.message());
    next.extend(report.diagnostic.help);
    fact
}
