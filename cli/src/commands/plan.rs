//! `plan`: the steps that lead to a target, from version rows that are given or from where a database is.

use crate::answer::{Answer, Data, Note, Plan, Statement, Step};
use crate::arguments::{self, SqlFor};
use crate::chain::Chain;
use crate::database::{Missing, Work, history, kind_of_database};
use crate::failure::{DatabaseFailure, Failure};
use servicekit::{PlannedStep, Target};
use servicekit_chain::{Dialect, Direction, Graph, Heads};
use std::collections::HashMap;

pub(super) fn run(arguments: &arguments::Plan, chain: &Chain) -> Result<Answer, Failure> {
    let graph = chain.graph()?;
    let target = arguments.target.parse::<Target>().map_err(|error| chain.no_plan(error.into()))?;
    let (plan, own) = if let Some(from) = &arguments.from {
        (from_rows(&rows(from, graph, chain)?, &target, arguments.downgrade, chain)?, None)
    } else {
        let work = Work::begin(chain, &arguments.connection, Missing::Refuse);
        let work = work.map_err(|failure| failure.or_instead("; or say where to start: `--from base`"))?;
        (work.plan(target, arguments.downgrade)?, Some(work.dialect()))
    };
    can_be_reverted(&plan, graph, chain)?;
    let sql_for = arguments.sql.map(|sql| dialect(sql, own, arguments, chain)).transpose()?;
    let mut statements = match sql_for {
        Some(dialect) => Some(statements(&plan, dialect, chain)?),
        None => None,
    };
    let steps = plan.with_rows().map(|(step, rows)| {
        let id = step.revision.as_str();
        let file = graph.get(id).and_then(|revision| chain.file(revision));
        Step {
            direction: step.direction.name(),
            revision: step.revision.to_string(),
            heads_after: strings(&rows),
            statements: statements.as_mut().map(|all| all.remove(id).unwrap_or_default()),
            message: file.map(|file| file.header.message.clone()).unwrap_or_default(),
        }
    });
    let steps = steps.collect();
    let notes = plan.notes.iter().map(|note| Note { message: note.to_string(), help: None }).collect();
    let data = Data::Plan(Plan { steps, from: strings(&plan.from), sql_for });
    Ok(Answer { notes, ..Answer::from(data) })
}

fn from_rows(
    from: &Heads,
    target: &Target,
    downgrade: bool,
    chain: &Chain,
) -> Result<servicekit_chain::Plan, Failure> {
    let graph = chain.graph()?;
    let plan = if downgrade { graph.downgrade(from, target) } else { graph.upgrade(from, target) };
    plan.map_err(|error| chain.no_plan(error))
}

/// The kind of database that was said, else that of the database at hand, else that of its URL.
fn dialect(
    wanted: SqlFor,
    own: Option<Dialect>,
    arguments: &arguments::Plan,
    chain: &Chain,
) -> Result<Dialect, Failure> {
    match (wanted, own) {
        (SqlFor::Sqlite, _) => Ok(Dialect::Sqlite),
        (SqlFor::Postgres, _) => Ok(Dialect::Postgres),
        (SqlFor::Mysql, _) => Ok(Dialect::Mysql),
        (SqlFor::Own, Some(own)) => Ok(own),
        (SqlFor::Own, None) => kind_of_database(chain, &arguments.connection)
            .map_err(|failure| failure.or_instead("; or say its kind: `--sql postgres`")),
    }
}

/// The statements of each step.
fn statements(
    plan: &servicekit_chain::Plan,
    dialect: Dialect,
    chain: &Chain,
) -> Result<HashMap<String, Vec<Statement>>, Failure> {
    let steps = history(chain)?.statements(plan, dialect);
    let steps = steps.map_err(|error| DatabaseFailure::run(error, None, chain))?;
    let told = |step: PlannedStep| {
        let statements = step.statements.into_iter().map(|statement| Statement {
            sql: statement.sql,
            path: statement.file,
            line: statement.position.line,
            column: statement.position.column,
            in_transaction: !statement.is_alone,
        });
        (step.revision.to_string(), statements.collect())
    };
    Ok(steps.into_iter().map(told).collect())
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

fn strings(rows: &Heads) -> Vec<String> {
    rows.iter().map(ToString::to_string).collect()
}
