//! The statements of a plan, without a database.

use crate::error::Error;
use crate::history::compiled::History;
use crate::history::destination::Destination;
use crate::history::migrations::Migrations;
use crate::json::Json;
use crate::script::check::Refused;
use crate::script::prepared::Prepared;
use crate::script::stage::Work;
use crate::script::statement::Statement;
use nanoserde::{DeJson, SerJson};
use servicekit_chain::{Dialect, Direction, Heads, LineColumn, Plan, RevisionId};

/// What a step of a plan runs on one kind of database.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
#[non_exhaustive]
pub struct PlannedStep {
    /// Applied or reverted.
    #[nserde(proxy = "Json<Direction>")]
    pub direction: Direction,
    /// The revision.
    #[nserde(proxy = "Json<RevisionId>")]
    pub revision: RevisionId,
    /// What it is for.
    pub message: String,
    /// What it runs, in order.
    pub statements: Vec<PlannedStatement>,
    /// Whether all of it is one transaction, with the version rows.
    pub is_one_transaction: bool,
}

/// A statement of a plan.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
#[non_exhaustive]
pub struct PlannedStatement {
    /// The text; a comment for what is done while the revision runs ([`Operations::run`](crate::operation::RunWork::run), a rebuild of
    /// a table of SQLite).
    pub sql: String,
    /// The file that it stands in, or that its operation was called in.
    pub file: String,
    /// The place in it.
    #[nserde(proxy = "Json<LineColumn>")]
    pub position: LineColumn,
    /// Whether it runs outside a transaction.
    pub is_alone: bool,
}

impl Migrations {
    /// The plan that leads from these version rows to a destination; no database is asked.
    ///
    /// ```
    /// # fn example(migrations: servicekit::Migrations) -> Result<(), servicekit::Error> {
    /// use servicekit::{Destination, Dialect, Heads};
    ///
    /// let plan = migrations.plan_from(&Heads::base(), &Destination::head())?;
    /// for step in migrations.preview(&plan, Dialect::Postgres)? {
    ///     println!("-- {} {}, {}", step.direction, step.revision, step.message);
    ///     for statement in step.statements {
    ///         println!("{};", statement.sql);
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the rows are not known or the target cannot be reached.
    pub fn plan_from(self, heads: &Heads, to: &Destination) -> Result<Plan, Error> {
        History::new(self)?.plan(heads, to)
    }

    /// What the steps of a plan run on this kind of database.
    ///
    /// # Errors
    /// When a revision has nothing for this kind of database, or cannot be run: as a run would find it before anything runs.
    pub fn preview(self, plan: &Plan, dialect: Dialect) -> Result<Vec<PlannedStep>, Error> {
        let history = History::new(self)?;
        let mut rows = plan.from.clone();
        let mut steps = Vec::with_capacity(plan.steps.len());
        let mut refused = Refused::default();
        for step in &plan.steps {
            let prepared = Prepared::of(&history, &dialect.into(), step.clone(), &rows, &plan.from);
            let Some(current) = refused.collect(prepared)? else { continue };
            steps.push(planned(&current));
            rows = current.after;
        }
        refused.finish()?;
        Ok(steps)
    }
}

fn planned(current: &Prepared) -> PlannedStep {
    let mut statements = Vec::new();
    for unit in &current.units.list {
        statements.extend(unit.settings.iter().map(|statement| describe(statement, false)));
        match &unit.work {
            Work::Together(several) => {
                statements.extend(several.iter().map(|statement| describe(statement, false)));
            }
            Work::Alone(statement, _) => statements.push(describe(statement, true)),
        }
    }
    statements.extend(current.units.last_settings.iter().map(|statement| describe(statement, false)));
    PlannedStep {
        direction: current.step.direction,
        revision: current.step.revision.clone(),
        message: current.revision.message().to_owned(),
        statements,
        is_one_transaction: current.is_one_transaction(),
    }
}

fn describe(statement: &Statement, is_alone: bool) -> PlannedStatement {
    let (file, position) = statement.origin.place();
    PlannedStatement { sql: statement.sql.clone(), file: file.to_owned(), position, is_alone }
}
