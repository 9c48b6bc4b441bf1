//! `doctor`: looks over everything, changes nothing, and says what to do next.

mod configuration;
mod database;
mod rights;

use super::CommandContext;
use crate::application;
use crate::failure::Exit;
use crate::output::{CommandOutput, Data, DoctorArea, DoctorReport, Fact, Verdict};
use crate::project::Project;
use servicekit_chain::VersionFile;

pub(super) fn run(context: CommandContext<'_>) -> CommandOutput {
    let project = context.project;
    let (mut next, mut of_database) = (Vec::new(), Vec::new());
    let database = database::facts(context, &mut of_database);
    // An empty folder beside a database with revisions is the wrong one, and no place for a first revision.
    let is_ahead = database.iter().any(|fact| fact.name == "position" && fact.verdict == Verdict::Problem);
    let areas = vec![
        DoctorArea { name: "configuration", facts: configuration::facts(context) },
        DoctorArea { name: "revisions", facts: revisions(project, is_ahead, &mut next) },
        DoctorArea { name: "database", facts: database },
        DoctorArea { name: "Python's Alembic", facts: of_alembic(project) },
    ];
    next.extend(of_database);
    let mut facts = areas.iter().flat_map(|area| &area.facts);
    let is_healthy = facts.all(|fact| fact.verdict != Verdict::Problem);
    let exit = if is_healthy { Exit::Success } else { Exit::Failure };
    CommandOutput {
        exit,
        ..CommandOutput::from(Data::Doctor(Box::new(DoctorReport { is_healthy, areas, next })))
    }
}

/// The folder, and the application where it is needed.
fn revisions(project: &Project, is_ahead: bool, next: &mut Vec<String>) -> Vec<Fact> {
    let folder = &project.folder;
    let mut facts: Vec<Fact> = folder
        .problems
        .iter()
        .map(|problem| {
            let place = problem.place().map(|place| {
                let position = place.position();
                format!(" ({}:{}:{})", place.source.name, position.line, position.column)
            });
            Fact::problem("chain", problem.message() + &place.unwrap_or_default())
        })
        .collect();
    if !facts.is_empty() {
        next.push(format!("fix the chain: `{}` shows each place", project.location.command("heads")));
    }
    if let Ok(graph) = project.graph() {
        let rust = folder.files.iter().filter(|file| file.is_rust()).count();
        let of_rust = if rust == 0 { String::new() } else { format!(", {rust} of them in Rust") };
        facts.push(Fact::good("files", format!("{} in {}{of_rust}", graph.len(), project.versions())));
        let heads = project.describe_all(graph.heads().as_slice());
        match heads.as_slice() {
            [] if is_ahead => {}
            [] => next.push(format!("create a first revision: `{}`", project.first_revision())),
            heads => facts.push(Fact::good("heads", heads.join(", "))),
        }
    }
    if folder.files.iter().any(VersionFile::is_rust) {
        facts.push(match application::packages(&folder.path) {
            Ok(names) => Fact::good("application", format!("revisions in Rust are run by {names}")),
            Err(failure) => Fact::problem("application", failure.report().message()),
        });
    }
    facts
}

/// What is to be known where Python's Alembic works on the same database.
fn of_alembic(project: &Project) -> Vec<Fact> {
    let mut facts = vec![filter(project)];
    if !project.alembic.sources.is_empty() {
        facts.push(Fact::note(
            "version table",
            format!(
                "`env.py` is not read: if it gives `context.configure` a `version_table` or a `version_table_schema`, set \
                 `version_table` or `schema` in `{}`",
                project.configuration()
            ),
        ));
    }
    facts
}

/// What keeps Python's Alembic from dropping the journal.
fn filter(project: &Project) -> Fact {
    let journal = &project.folder.config.journal_table;
    Fact::note(
        "env.py",
        format!(
            "where it works on the same database, this keeps its autogenerate from dropping the journal:\n\
             def include_name(name, type_, parent_names):\n\
             \x20   return not (type_ == \"table\" and name == \"{journal}\")\n\
             context.configure(…, include_name=include_name)"
        ),
    )
}
