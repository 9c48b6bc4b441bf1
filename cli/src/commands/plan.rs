//! `plan`: the steps that lead to a target, from version rows that are given or from where a database is.

use super::Call;
use crate::answer::{Answer, Data, Note, Plan, Statement, Step, ids};
use crate::application;
use crate::arguments::{self, Common, SqlFor};
use crate::chain::Chain;
use crate::database::{Missing, Work, history, kind_of_database};
use crate::failure::{ApplicationFailure, DatabaseFailure, Failure};
use servicekit::Target;
use servicekit::worker::wire::{self, Message, Request, StepStatements};
use servicekit_chain::{Dialect, Direction, Graph, Heads};
use std::collections::HashMap;

pub(super) fn run(arguments: &arguments::Plan, chain: &Chain, call: Call<'_>) -> Result<Answer, Failure> {
    let common = call.common;
    let direction = if arguments.downgrade { Direction::Downgrade } else { Direction::Upgrade };
    let graph = chain.graph()?;
    let target = arguments.target.parse::<Target>().map_err(|error| chain.no_plan(error.into()))?;
    let (plan, own) = if let Some(from) = &arguments.from {
        let plan = chain.plan(&rows(from, graph, chain)?, &target, direction)?;
        (plan.map_err(|error| chain.no_plan(error))?, None)
    } else {
        let work = Work::begin(chain, common, Missing::Refuse);
        let work = work.map_err(|failure| failure.or_instead("; or say where to start: `--from base`"))?;
        (work.plan(target, direction)?, Some(work.dialect()))
    };
    can_be_reverted(&plan, graph, chain)?;
    let sql_for = arguments.sql.map(|sql| dialect(sql, own, common, chain)).transpose()?;
    let mut statements = match sql_for {
        Some(dialect) => Some(statements(&plan, dialect, arguments, common, chain)?),
        None => None,
    };
    let mut rows = plan.from.clone();
    let steps = plan.steps.iter().map(|step| {
        step.rows.apply(&mut rows);
        let id = step.revision.as_str();
        let file = graph.get(id).and_then(|revision| chain.file(revision));
        Step {
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
    let notes = notes.chain(chain.empty_note()).collect();
    let data = Data::Plan(Plan { steps, from: ids(&plan.from), sql_for });
    Ok(Answer { notes, ..Answer::from(data) })
}

/// How many version rows are listed after a step; thousands after each of thousands of steps would be millions.
const HEADS: usize = 100;

/// The kind of database that was said, else that of the database at hand, else that of its URL.
fn dialect(wanted: SqlFor, own: Option<Dialect>, common: &Common, chain: &Chain) -> Result<Dialect, Failure> {
    match (wanted, own) {
        (SqlFor::Sqlite, _) => Ok(Dialect::Sqlite),
        (SqlFor::Postgres, _) => Ok(Dialect::Postgres),
        (SqlFor::Mysql, _) => Ok(Dialect::Mysql),
        (SqlFor::Own, Some(own)) => Ok(own),
        (SqlFor::Own, None) => kind_of_database(chain, common)
            .map_err(|failure| failure.or_instead("; or say its kind: `--sql postgres`")),
    }
}

/// The statements of each step.
fn statements(
    plan: &servicekit_chain::Plan,
    dialect: Dialect,
    arguments: &arguments::Plan,
    common: &Common,
    chain: &Chain,
) -> Result<HashMap<String, Vec<Statement>>, Failure> {
    let steps = match history(chain)?.statements(plan, dialect) {
        Ok(steps) => steps.iter().map(StepStatements::from).collect(),
        Err(servicekit::Error::NeedsApplication { .. }) => {
            let request = wire::Statements {
                from: ids(&plan.from),
                is_downgrade: arguments.downgrade,
                target: arguments.target.clone(),
                dialect: dialect.to_string(),
            };
            statements_of_application(request, arguments, common, chain)?
        }
        Err(error) => return Err(DatabaseFailure::run(&error, None, chain).into()),
    };
    let statement = |statement: wire::Statement| Statement {
        sql: statement.sql,
        path: statement.file,
        line: statement.line,
        column: statement.column,
        in_transaction: !statement.is_alone,
    };
    let step = |step: StepStatements| {
        (step.revision, step.statements.into_iter().map(statement).collect::<Vec<Statement>>())
    };
    Ok(steps.into_iter().map(step).collect())
}

/// The same of the application, which has the revisions in Rust.
fn statements_of_application(
    request: wire::Statements,
    arguments: &arguments::Plan,
    common: &Common,
    chain: &Chain,
) -> Result<Vec<StepStatements>, Failure> {
    let worker = application::start(chain, arguments.application.package.as_deref(), common.quiet)?;
    match worker.ask_once(&Request::Statements(request))? {
        Message::Statements(steps) => Ok(steps),
        Message::Failed(facts) => Err(DatabaseFailure::run_elsewhere(facts, None, chain).into()),
        Message::Happened(_) | Message::Ran(_) => Err(ApplicationFailure::Ended { status: None }.into()),
    }
}

/// The version rows of `--from`: identifiers separated by commas.
fn rows(from: &str, graph: &Graph, chain: &Chain) -> Result<Heads, Failure> {
    let mut rows = Heads::base();
    for name in from.split(',') {
        let resolved = graph.resolve(name.trim()).map_err(|error| chain.unresolved(error))?;
        for id in &resolved {
            rows.insert(id.clone());
        }
    }
    Ok(rows)
}

/// A downgrade through a revision that says nothing about its downgrade cannot be run.
fn can_be_reverted(plan: &servicekit_chain::Plan, graph: &Graph, chain: &Chain) -> Result<(), Failure> {
    let reverted = plan.steps.iter().filter(|step| step.direction == Direction::Downgrade);
    let files = reverted.filter_map(|step| chain.file(graph.get(step.revision.as_str())?));
    let stuck: Vec<_> = files.filter(|file| !file.has_downgrade()).collect();
    if stuck.is_empty() {
        return Ok(());
    }
    let revisions = stuck.iter().map(|file| chain.describe(file.id().as_str())).collect();
    let paths = stuck.iter().map(|file| format!("`{}`", file.source.name)).collect();
    Err(Failure::MissingDowngrade { revisions, paths })
}
