//! What makes one schema of another: the facts of a difference as operations, in an order that the database takes.
//!
//! Everything that goes and is in the way of something else goes first, and what needs something else comes after it. What
//! stays and is in the way of a change (a foreign key on a column whose type changes) goes and comes again.

mod attributes;
mod columns;
mod conversion;
mod disturbed;
mod enums;
mod hazard;
mod parts;
mod tables;

pub use hazard::{Hazard, HazardKind};

use super::{Alteration, Description, Difference, Fact};
use crate::operation::{Batch, Operation, Operations};
use crate::table::TableName;
use disturbed::Disturbed;
use servicekit_chain::Dialect;
use std::fmt;

/// The operations that make one schema of another.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SchemaChange {
    /// The operations, in order.
    pub operations: Vec<Operation>,
    /// What can go wrong with the rows, in the same order.
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
    AddColumns,
    AlterColumns,
    DropColumns,
    /// What is computed of other columns, after these.
    AddGenerated,
    AddPrimaryKeys,
    AddConstraints,
    CreateIndexes,
    /// Of columns that generate numbers, after the keys that they need.
    AddIdentities,
    AddForeignKeys,
    Comments,
    DropTables,
    DropEnums,
}

/// Operations with the time at which they come.
#[derive(Debug, Default)]
struct Draft {
    /// Stage, table, operation.
    steps: Vec<(Stage, TableName, Operation)>,
    hazards: Vec<Hazard>,
}

impl Draft {
    fn push(&mut self, stage: Stage, table: &TableName, operation: impl Into<Operation>) {
        self.steps.push((stage, table.clone(), operation.into()));
    }

    fn warn(&mut self, kind: HazardKind, table: &TableName, what: impl Into<String>) {
        self.hazards.push(Hazard { kind, table: table.clone(), what: what.into() });
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
                    columns::plan(table, column, &mut draft);
                    Ok(())
                }
                // All of one column together, below.
                Fact::Attribute { .. } => Ok(()),
                Fact::Constraint { table, constraint } => {
                    parts::plan_constraint(self, table, constraint, &mut draft)
                }
                Fact::Index { table, index } => parts::plan_index(table, index, &mut draft),
            };
            made.map_err(|reason| self.unplannable(fact, reason))?;
        }
        attributes::plan(self, &disturbed, &mut draft)?;
        disturbed.plan(self, &mut draft);
        Ok(self.ordered(draft))
    }

    fn unplannable(&self, fact: &Fact, reason: String) -> Box<Unplannable> {
        Box::new(Unplannable { fact: fact.describe(self.dialect), reason })
    }

    fn ordered(&self, draft: Draft) -> SchemaChange {
        let Draft { mut steps, hazards } = draft;
        // What is created together is in its order already; the rest is by table, in the order of the facts.
        steps.sort_by(|(one, one_table, _), (other, other_table, _)| {
            let by_table =
                |stage: Stage| !matches!(stage, Stage::CreateTables | Stage::Enums | Stage::RemoveEnumValues);
            one.cmp(other).then_with(|| {
                if by_table(*one) { one_table.cmp(other_table) } else { std::cmp::Ordering::Equal }
            })
        });
        let operations = match self.dialect {
            Dialect::Sqlite => batched(steps),
            _ => steps.into_iter().map(|(_, _, operation)| operation).collect(),
        };
        SchemaChange { operations, hazards }
    }
}

/// All changes of one table of SQLite in one batch, which is one rebuild at most. Its indexes go before and come after.
fn batched(steps: Vec<(Stage, TableName, Operation)>) -> Vec<Operation> {
    let mut operations: Vec<Operation> = Vec::new();
    let mut batches: Vec<(TableName, Vec<Operation>)> = Vec::new();
    let mut after = Vec::new();
    for (stage, table, operation) in steps {
        match stage {
            Stage::DropIndexes | Stage::DropTablesInTheWay | Stage::CreateTables => {
                operations.push(operation);
            }
            Stage::CreateIndexes | Stage::DropTables => after.push(operation),
            _ => match batches.iter_mut().find(|(known, _)| *known == table) {
                Some((_, batch)) => batch.push(operation),
                None => batches.push((table, vec![operation])),
            },
        }
    }
    for (table, mut batch) in batches {
        operations.extend(match batch.len() {
            1 => batch.pop(),
            _ => Some(Batch::new(table, batch).into()),
        });
    }
    operations.append(&mut after);
    operations
}
