//! What makes one schema of another: the facts of a difference as operations, in an order that the database takes.
//!
//! Everything that goes and is in the way of something else goes first, and what needs something else comes after it. What
//! stays and is in the way of a change (a foreign key on a column whose type changes) goes and comes again.

mod affected;
mod attributes;
mod columns;
mod conversion;
mod cost;
mod disturbed;
mod enums;
mod hazard;
mod named;
mod part_names;
mod parts;
mod renames;
mod tables;
mod values;

pub use affected::Affected;
pub(super) use enums::columns_of;
pub use hazard::{Hazard, HazardKind};
pub(super) use named::{new_name, with_names_of_checks};

use super::{Alteration, Description, Difference, Fact};
use crate::operation::{Batch, Operation, Operations};
use crate::table::TableName;
use disturbed::Disturbed;
use servicekit_chain::Dialect;
use std::collections::BTreeSet;
use std::fmt;

/// The operations that make one schema of another.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SchemaChange {
    /// The operations, in order.
    pub operations: Vec<Operation>,
    /// What can go wrong with the rows, and what takes the longer the more of them there are; in the same order.
    pub hazards: Vec<Hazard>,
}

impl SchemaChange {
    /// The operations as a revision records them.
    pub fn recorded(&self) -> Operations {
        let mut operations = Operations::default();
        for operation in &self.operations {
            operations.push(operation.clone());
        }
        operations
    }
}

/// A fact for which there are no operations, or none that keep the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unplannable {
    /// The fact.
    pub fact: Description,
    /// Why.
    pub reason: String,
}

impl fmt::Display for Unplannable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fact, reason } = self;
        write!(f, "no operations can be written for this: {reason}\n{fact}\nhelp: write the revision by hand")
    }
}

impl std::error::Error for Unplannable {}

/// When something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// Before everything else, so that all the rest calls things by their later names.
    Renames,
    Enums,
    DropForeignKeys,
    /// Of columns that generate numbers, before the keys that they need.
    DropIdentities,
    DropConstraints,
    DropIndexes,
    DropPrimaryKeys,
    /// Values of enum types that go: what compares with them is gone by now.
    RemoveEnumValues,
    /// Of tables whose names, or those of their parts, something new takes.
    DropTablesInTheWay,
    CreateTables,
    /// What is computed of other columns, before these.
    DropGenerated,
    /// Of columns that get values before they are required.
    AddEmptyColumns,
    Backfill,
    /// Between the check of old values and that of new ones, before the type of their column changes.
    RenameValues,
    AddColumns,
    AlterColumns,
    DropColumns,
    /// What is computed of other columns, after these.
    AddGenerated,
    /// The same after it.
    RenameValuesLate,
    AddPrimaryKeys,
    AddConstraints,
    CreateIndexes,
    /// Of columns that generate numbers, after the keys that they need.
    AddIdentities,
    AddForeignKeys,
    Comments,
    DropTables,
    DropEnums,
    /// On the way back, where everything else calls things by the names that they lose.
    RenamesBack,
}

/// Operations with the time at which they come.
#[derive(Debug, Default)]
struct Draft {
    steps: Vec<Step>,
    /// Hazards of the operation that is pushed next.
    ahead: Vec<Hazard>,
}

/// An operation with the time at which it comes, and what can go wrong with it.
#[derive(Debug)]
struct Step {
    stage: Stage,
    table: TableName,
    operation: Operation,
    hazards: Vec<Hazard>,
}

impl Draft {
    fn push(&mut self, stage: Stage, table: &TableName, operation: impl Into<Operation>) {
        let hazards = std::mem::take(&mut self.ahead);
        self.steps.push(Step { stage, table: table.clone(), operation: operation.into(), hazards });
    }

    /// A hazard of the operation that is pushed next.
    fn warn_of_next(
        &mut self,
        kind: HazardKind,
        table: &TableName,
        what: impl Into<String>,
        affected: Affected,
    ) {
        self.ahead.push(Hazard::new(kind, table, what, affected));
    }

    /// A hazard of the operation that was pushed last.
    fn warn_of_last(
        &mut self,
        kind: HazardKind,
        table: &TableName,
        what: impl Into<String>,
        affected: Affected,
    ) {
        if let Some(step) = self.steps.last_mut() {
            step.hazards.push(Hazard::new(kind, table, what, affected));
        }
    }
}

impl Difference {
    /// The operations that lead there.
    ///
    /// ```
    /// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
    /// use servicekit::{Dialect, revision::*, schema::Schema};
    /// let schema = |columns: Vec<Column>| {
    ///     let mut schema = Schema::default();
    ///     schema.tables.push(Table::new("users", columns));
    ///     schema
    /// };
    /// let before = schema(vec![ulid("id").primary_key(), integer("age")]);
    /// let after = schema(vec![ulid("id").primary_key(), text("name")]);
    /// let change = before.difference(&after, Dialect::Postgres).plan()?;
    /// assert_eq!(
    ///     change.recorded().sql(Dialect::Postgres)?,
    ///     [r#"ALTER TABLE "users" ADD COLUMN "name" TEXT"#, r#"ALTER TABLE "users" DROP COLUMN "age""#]
    /// );
    /// assert_eq!(change.hazards[0].to_string(), "loses data: column users.age");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If there are no operations for a fact, or the database cannot make the change in steps.
    pub fn plan(&self) -> Result<SchemaChange, Box<Unplannable>> {
        self.named().planned()
    }

    fn planned(&self) -> Result<SchemaChange, Box<Unplannable>> {
        let disturbed = Disturbed::by(self);
        let mut draft = Draft::default();
        for fact in &self.facts {
            let made = match fact {
                Fact::Enum(of) => {
                    enums::plan(self, of, &mut draft);
                    Ok(())
                }
                Fact::Table(table) => {
                    tables::plan(self, table, &mut draft);
                    Ok(())
                }
                Fact::TableComment { table, comment } => {
                    tables::plan_comment(table, comment, &mut draft);
                    Ok(())
                }
                Fact::Column { table, column } => {
                    columns::plan(self, table, column, &mut draft);
                    Ok(())
                }
                // All of one column, and all names, together below.
                Fact::Attribute { .. } | Fact::Renamed(_) => Ok(()),
                Fact::Constraint { table, constraint } => {
                    parts::plan_constraint(self, table, constraint, &mut draft)
                }
                Fact::Index { table, index } => parts::plan_index(table, index, &mut draft),
            };
            made.map_err(|reason| self.unplannable(fact, reason))?;
        }
        let is_back = !self.renamed.is_first;
        if is_back {
            // They call tables and columns by the names that these lose then.
            values::plan(self, &mut draft);
            part_names::plan(self, &mut draft);
        }
        renames::plan(self, &mut draft).map_err(|refused| {
            let (rename, reason) = *refused;
            self.unplannable(&Fact::Renamed(rename), reason)
        })?;
        if !is_back {
            part_names::plan(self, &mut draft);
            values::plan(self, &mut draft);
        }
        attributes::plan(self, &disturbed, &mut draft)?;
        disturbed.plan(self, &mut draft);
        Ok(self.ordered(draft))
    }

    fn unplannable(&self, fact: &Fact, reason: String) -> Box<Unplannable> {
        Box::new(Unplannable { fact: fact.describe(self.dialect), reason })
    }

    fn ordered(&self, draft: Draft) -> SchemaChange {
        let mut steps = draft.steps;
        let created = steps.iter().filter_map(|step| match &step.operation {
            Operation::CreateTable(create) => Some(create.table.name.clone()),
            _ => None,
        });
        let created: BTreeSet<TableName> = created.collect();
        // What is created together is in its order already; the rest is by table, in the order of the facts.
        steps.sort_by(|one, other| {
            let by_table = |stage: Stage| {
                !matches!(
                    stage,
                    Stage::CreateTables
                        | Stage::Enums
                        | Stage::RemoveEnumValues
                        | Stage::Renames
                        | Stage::RenamesBack
                        | Stage::RenameValues
                        | Stage::RenameValuesLate
                )
            };
            one.stage.cmp(&other.stage).then_with(|| {
                if by_table(one.stage) { one.table.cmp(&other.table) } else { std::cmp::Ordering::Equal }
            })
        });
        let groups = match self.dialect {
            Dialect::Sqlite => batched(steps),
            _ => steps.into_iter().map(|step| vec![step]).collect(),
        };
        let mut change = SchemaChange { operations: Vec::new(), hazards: Vec::new() };
        for group in groups {
            change.push(group, &created, self.dialect);
        }
        change
    }
}

impl SchemaChange {
    /// Adds a step, or those of a table as one batch.
    fn push(&mut self, group: Vec<Step>, created: &BTreeSet<TableName>, dialect: Dialect) {
        let is_batch = group.len() > 1;
        let at = self.operations.len();
        let (mut parts, mut hazards) = (Vec::new(), Vec::new());
        let mut of = None;
        for (part, step) in group.into_iter().enumerate() {
            let place = |hazard| Hazard { operation: at, part: is_batch.then_some(part), ..hazard };
            hazards.extend(step.hazards.into_iter().map(place));
            parts.push(step.operation);
            of = Some(step.table);
        }
        match of {
            Some(table) if is_batch => self.operations.push(Batch::new(table, parts).into()),
            _ => self.operations.append(&mut parts),
        }
        for (place, operation) in self.operations.iter().enumerate().skip(at) {
            // A table that is created has no rows yet.
            let cost = cost::of(operation, dialect).filter(|cost| !created.contains(&cost.table));
            self.hazards.extend(cost.map(|hazard| Hazard { operation: place, ..hazard }));
        }
        self.hazards.append(&mut hazards);
    }
}

/// All changes of one table of SQLite in one batch, which is one rebuild at most. Its indexes go before and come after.
fn batched(steps: Vec<Step>) -> Vec<Vec<Step>> {
    let mut groups: Vec<Vec<Step>> = Vec::new();
    let mut batches: Vec<Vec<Step>> = Vec::new();
    let mut after = Vec::new();
    for step in steps {
        let is_its = |batch: &&mut Vec<Step>| batch.iter().any(|known| known.table == step.table);
        match step.stage {
            Stage::Renames
            | Stage::DropIndexes
            | Stage::DropTablesInTheWay
            | Stage::CreateTables
            | Stage::AddEmptyColumns
            | Stage::Backfill
            | Stage::RenameValues => {
                groups.push(vec![step]);
            }
            Stage::RenameValuesLate | Stage::CreateIndexes | Stage::DropTables | Stage::RenamesBack => {
                after.push(vec![step]);
            }
            _ => match batches.iter_mut().find(is_its) {
                Some(batch) => batch.push(step),
                None => batches.push(vec![step]),
            },
        }
    }
    groups.append(&mut batches);
    groups.append(&mut after);
    groups
}
