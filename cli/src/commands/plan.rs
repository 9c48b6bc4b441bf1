//! `plan`: the steps that lead to a target, from version rows that are given or from where a database is.

use super::CommandContext;
use crate::application;
use crate::arguments::PlanArgs;
use crate::failure::{ApplicationFailure, Failure};
use crate::output::{CommandOutput, Data, Note, PlanOutput, PlanStep, ids};
use crate::project::Project;
use crate::run::{DatabaseUrl, MissingFile, OpenDatabase, history, run_failure, run_failure_in_application};
use servicekit::plan::{PlannedStatement, PlannedStep};
use servicekit::worker::wire::{self, Message, Request};
use servicekit::{Destination, ErrorKind, Target};
use servicekit_chain::{Dialect, Direction, Graph, Heads, Plan};
use std::collections::HashMap;

pub(super) fn run(arguments: &PlanArgs, context: CommandContext<'_>) -> Result<CommandOutput, Failure> {
    let CommandContext { project, common, .. } = context;
    let direction = if arguments.downgrade { Direction::Downgrade } else { Direction::Upgrade };
    let graph = project.graph()?;
    let target = arguments.target.parse::<Target>().map_err(|error| project.no_plan(error.into()))?;
    let to = Destination::new(direction, target);
    let (plan, own) = if let Some(from) = &arguments.from {
        let from = rows(from, graph, project)?;
        let plan = match direction {
            Direction::Upgrade => graph.upgrade(&from, &to.target),
            Direction::Downgrade => graph.downgrade(&from, &to.target),
        };
        (plan.map_err(|error| project.no_plan(error))?, None)
    } else {
        let database = OpenDatabase::open(project, common, MissingFile::Refuse);
        let database =
            database.map_err(|failure| failure.with_alternative("; or say where to start: `--from base`"))?;
        (database.plan(to.clone())?, Some(database.dialect()))
    };
    check_reversible(&plan, graph, project)?;
    let sql_for = arguments.sql.map(|wanted| dialect(wanted.or(own), context)).transpose()?;
    let statements = sql_for.map(|dialect| statements(&plan, to, dialect, arguments, context));
    let mut statements = statements.transpose()?;
    let mut rows = plan.from.clone();
    let steps = plan.steps.iter().map(|step| {
        step.rows.apply(&mut rows);
        let id = step.revision.as_str();
        let file = graph.get(id).and_then(|revision| project.file(revision));
        PlanStep {
            direction: step.direction.name(),
            revision: step.revision.to_string(),
            heads_after: rows.iter().take(HEADS).map(ToString::to_string).collect(),
            more_heads: Some(rows.len().saturating_sub(HEADS)).filter(|more| *more > 0),
            statements: statements.as_mut().map(|all| all.remove(id).unwrap_or_default()),
            message: file.map(|file| file.header.message.clone()).unwrap_or_default(),
        }
    });
    let steps = steps.collect();
    let notes = plan.notes.iter().map(|note| Note { message: note.to_string(), help: None });
    let notes = notes.chain(project.empty_note()).collect();
    let data = Data::Plan(PlanOutput { steps, from: ids(&plan.from), sql_for });
    Ok(CommandOutput { notes, ..CommandOutput::from(data) })
}

/// How many version rows are listed after a step; thousands after each of thousands of steps would be millions.
const HEADS: usize = 100;

/// The kind of database that is known, else that of the URL.
fn dialect(known: Option<Dialect>, context: CommandContext<'_>) -> Result<Dialect, Failure> {
    let named = || DatabaseUrl::find(context.common, context.project).map(|url| url.dialect);
    let dialect = known.map_or_else(named, Ok);
    dialect.map_err(|failure| failure.with_alternative("; or say its kind: `--sql postgres`"))
}

/// The statements of each step.
fn statements(
    plan: &Plan,
    to: Destination,
    dialect: Dialect,
    arguments: &PlanArgs,
    context: CommandContext<'_>,
) -> Result<HashMap<String, Vec<PlannedStatement>>, Failure> {
    let project = context.project;
    let steps = match history(project)?.preview(plan, dialect) {
        Err(error) if matches!(error.kind(), ErrorKind::NeedsApplication { .. }) => {
            let request = wire::Statements { from: plan.from.clone(), to, dialect };
            statements_from_application(request, arguments, context)?
        }
        steps => steps.map_err(|error| run_failure(&error, None, project))?,
    };
    Ok(steps.into_iter().map(|step| (step.revision.to_string(), step.statements)).collect())
}

/// The same of the application, which has the revisions in Rust.
fn statements_from_application(
    request: wire::Statements,
    arguments: &PlanArgs,
    CommandContext { project, common, .. }: CommandContext<'_>,
) -> Result<Vec<PlannedStep>, Failure> {
    let worker = application::start(project, &arguments.application, common.quiet)?;
    match worker.ask_once(&Request::Statements(request))? {
        Message::Statements(steps) => Ok(steps),
        Message::Failed(facts) => Err(run_failure_in_application(facts, None, project)),
        Message::Happened(_)
        | Message::Ran(_)
        | Message::Replayed(_)
        | Message::Models(_)
        | Message::EnvironmentFailed(_) => Err(ApplicationFailure::Ended { status: None }.into()),
    }
}

/// The version rows of `--from`: identifiers separated by commas.
fn rows(from: &str, graph: &Graph, project: &Project) -> Result<Heads, Failure> {
    let mut rows = Heads::base();
    for name in from.split(',') {
        let resolved = graph.resolve(name.trim()).map_err(|error| project.unresolved(error))?;
        for id in &resolved {
            rows.insert(id.clone());
        }
    }
    Ok(rows)
}

/// A downgrade through a revision that says nothing about its downgrade cannot be run.
fn check_reversible(plan: &Plan, graph: &Graph, project: &Project) -> Result<(), Failure> {
    let reverted = plan.steps.iter().filter(|step| step.direction == Direction::Downgrade);
    let files = reverted.filter_map(|step| project.file(graph.get(step.revision.as_str())?));
    let stuck: Vec<_> = files.filter(|file| !file.has_downgrade()).collect();
    if stuck.is_empty() {
        return Ok(());
    }
    let revisions = stuck.iter().map(|file| project.describe(file.id().as_str())).collect();
    let paths = stuck.iter().map(|file| format!("`{}`", file.source.name)).collect();
    Err(Failure::MissingDowngrade { revisions, paths })
}
