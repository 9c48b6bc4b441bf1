//! The statements of a plan, without a database.

use crate::error::Error;
use crate::history::{Destination, History, Migrations};
use crate::json::Json;
use crate::script::{Prepared, Refused, Statement, Work};
use nanoserde::{DeJson, SerJson};
use servicekit_chain::{Dialect, Direction, Heads, LineColumn, Plan, RevisionId};

/// The statements of a step on one kind of database.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
#[non_exhaustive]
pub struct PlannedStep {
    /// Applied or reverted.
    #[nserde(proxy = "Json<Direction>")]
    pub direction: Direction,
    /// The revision.
    #[nserde(proxy = "Json<RevisionId>")]
    pub revision: RevisionId,
    /// The message of the revision.
    pub message: String,
    /// The statements, in order.
    pub statements: Vec<PlannedStatement>,
    /// Whether the step is one transaction, with its version rows.
    pub is_one_transaction: bool,
}

/// A statement of a plan.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
#[non_exhaustive]
pub struct PlannedStatement {
    /// The text; a comment for work at run time ([`Operations::run`](crate::operation::RunWork::run), a rebuild of a
    /// SQLite table).
    pub sql: String,
    /// The file of the statement, or of the call of its operation.
    pub file: String,
    /// The place in it.
    #[nserde(proxy = "Json<LineColumn>")]
    pub position: LineColumn,
    /// Whether it runs outside a transaction.
    pub is_alone: bool,
    /// What it needs of the server that not every server of this kind has, such as "virtual generated columns need
    /// PostgreSQL 18 or later". A run looks at it before anything runs.
    pub needs: Vec<String>,
}

impl Migrations {
    /// Plans from these version rows to a destination, without a database.
    ///
    /// ```
    /// # fn example(migrations: servicekit::Migrations) -> Result<(), servicekit::Error> {
    /// use servicekit::plan::Heads;
    /// use servicekit::{Destination, Dialect};
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
    /// If the rows are unknown or the target cannot be reached.
    pub fn plan_from(self, heads: &Heads, to: &Destination) -> Result<Plan, Error> {
        History::new(self)?.plan(heads, to)
    }

    /// Returns the statements of a plan on this kind of database.
    ///
    /// # Errors
    /// If a revision has no section for this kind of database, or a run would refuse it before anything runs.
    pub fn preview(self, plan: &Plan, dialect: Dialect) -> Result<Vec<PlannedStep>, Error> {
        let history = History::new(self)?;
        let mut rows = plan.from.clone();
        let mut steps = Vec::with_capacity(plan.steps.len());
        let mut refused = Refused::default();
        for step in &plan.steps {
            let prepared = Prepared::new(&history, &dialect.into(), step.clone(), &rows, &plan.from);
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
        let is_alone = matches!(unit.work, Work::Alone(..));
        statements.extend(unit.settings.iter().map(|statement| describe(statement, false)));
        statements.extend(unit.statements().map(|statement| describe(statement, is_alone)));
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
    let needs = statement.needs.iter().map(ToString::to_string).collect();
    PlannedStatement { sql: statement.sql.clone(), file: file.to_owned(), position, is_alone, needs }
}
