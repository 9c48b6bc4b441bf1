//! What a revision's `upgrade` and `downgrade` record.
//!
//! An operation is plain data until it runs: it is recorded with the place of its call, settled (what has no name gets one),
//! and turned into SQL by the dialect of the database at hand.

#![allow(
    clippy::return_self_not_must_use,
    reason = "a recording that is dropped is recorded, which is what nearly every call wants"
)]

mod batch;
mod column;
mod comment;
mod constraint;
mod describe;
mod error;
mod execute;
mod index;
mod recording;
mod reverse;
mod rows;
mod run;
mod settle;
mod table;

pub use batch::{Batch, BatchOperations, Recreate};
pub use column::{AddColumn, AlterColumn, Change, DropColumn, RenameColumn};
pub use comment::SetTableComment;
pub use constraint::{AddConstraint, DropConstraint, ValidateConstraint};
pub use error::OperationError;
pub use execute::Execute;
pub use index::{CreateIndex, DropIndex, RenameIndex};
pub use recording::Recording;
pub use reverse::Irreversible;
pub use rows::{BulkInsert, Update};
pub use run::{Connection, OtherDatabase, Run, Work, WorkResult};
pub use table::{CreateTable, DropTable, RenameTable};

use crate::dialect::{self, Piece};
use crate::schema::NamingConvention;
use servicekit_chain::Dialect;
use servicekit_chain::sql::LexicalMode;
use std::panic::Location;

/// The list that a revision's `upgrade` or `downgrade` fills: operations are recorded first and run later.
///
/// Recording does nothing to a database, so a revision can be planned, printed and tested without one. It
/// must record the same operations each time it is asked.
///
/// ```
/// use servicekit::revision::*;
///
/// fn upgrade(op: &mut Operations) {
///     op.create_table("users", [ulid("id").primary_key(), string("name", 50).not_null()]);
///     op.create_index("ix_users_name", "users", ["name"]).unique();
///     op.execute_for(Dialect::Postgres, "ALTER TABLE users ENABLE ROW LEVEL SECURITY");
/// }
///
/// fn downgrade(op: &mut Operations) {
///     op.drop_table("users");
/// }
/// # let mut recorded = Operations::default();
/// # upgrade(&mut recorded);
/// # assert_eq!(recorded.len(), 3);
/// # downgrade(&mut recorded);
/// # assert_eq!(recorded.len(), 4);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Operations {
    list: Vec<Recorded>,
    naming: NamingConvention,
    /// The database that what is recorded now is meant for; `None` for all.
    only: Option<Dialect>,
    /// Whether what is recorded now is committed by itself.
    autocommit: bool,
}

/// One recorded operation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Recorded {
    /// The database it is meant for; `None` for all.
    pub(crate) dialect: Option<Dialect>,
    /// Whether it is committed by itself.
    pub(crate) autocommit: bool,
    pub(crate) operation: Operation,
    /// Where the revision, or a helper of it, called for it.
    pub(crate) location: &'static Location<'static>,
}

/// What can be recorded.
///
/// ```
/// use servicekit::operation::{DropTable, Operation};
/// let dropped = Operation::from(DropTable { table: "users".into(), if_exists: true, existing: None });
/// assert_eq!(dropped.to_string(), "`drop_table` of `users`");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Operation {
    /// [`Operations::create_table`].
    CreateTable(CreateTable),
    /// [`Operations::drop_table`].
    DropTable(DropTable),
    /// [`Operations::rename_table`].
    RenameTable(RenameTable),
    /// [`Operations::add_column`].
    AddColumn(Box<AddColumn>),
    /// [`Operations::alter_column`].
    AlterColumn(Box<AlterColumn>),
    /// [`Operations::drop_column`].
    DropColumn(Box<DropColumn>),
    /// [`Operations::rename_column`].
    RenameColumn(RenameColumn),
    /// [`Operations::create_index`].
    CreateIndex(CreateIndex),
    /// [`Operations::drop_index`].
    DropIndex(DropIndex),
    /// [`Operations::rename_index`].
    RenameIndex(RenameIndex),
    /// [`Operations::create_unique_constraint`] and the like.
    AddConstraint(AddConstraint),
    /// [`Operations::drop_unique_constraint`] and the like.
    DropConstraint(DropConstraint),
    /// [`Operations::validate_constraint`].
    ValidateConstraint(ValidateConstraint),
    /// [`Operations::create_table_comment`], [`Operations::drop_table_comment`].
    SetTableComment(SetTableComment),
    /// [`Operations::bulk_insert`].
    BulkInsert(BulkInsert),
    /// [`Operations::batch_alter_table`].
    Batch(Batch),
    /// [`Operations::update`].
    Update(Update),
    /// [`Operations::execute`].
    Execute(Execute),
    /// [`Operations::run`].
    Run(Run),
    /// [`Operations::reverse_of`], of an operation that cannot be reversed.
    Irreversible(Irreversible),
}

impl Operations {
    /// Records what follows under this naming convention instead of the default one.
    pub fn naming(&mut self, convention: NamingConvention) {
        self.naming = convention;
    }

    /// Records operations that only run where the database is of this kind; elsewhere they are left out.
    ///
    /// ```
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.only_for(Dialect::Postgres, |op| {
    ///     op.create_index("ix_log_tags", "log", ["tags"]).using("gin");
    /// });
    /// assert_eq!(op.sql(Dialect::Sqlite).unwrap(), [] as [&str; 0]);
    /// ```
    pub fn only_for(&mut self, dialect: Dialect, record: impl FnOnce(&mut Self)) {
        let outer = self.only;
        let mut inner = Self { only: Some(dialect), ..self.clone_settings() };
        record(&mut inner);
        // Inside of what is for another database it is for none.
        if outer.is_none_or(|outer| outer == dialect) {
            self.list.append(&mut inner.list);
        }
    }

    /// Records operations of which each statement is committed by itself, outside of the transaction that the others share.
    ///
    /// The revision is then done step by step: what is before the block is committed, each of its statements is a step of its
    /// own that runs exactly once, and what follows is another transaction. Statements that cannot be in a transaction, such
    /// as `CREATE INDEX CONCURRENTLY`, are recognised and become steps by themselves; this is for those that can, and should not
    /// wait for the rest: a value of an enumeration that is used by what follows, a change whose locks should be short.
    ///
    /// ```
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.autocommit(|op| op.execute_for(Dialect::Postgres, "ALTER TYPE mood ADD VALUE 'calm'"));
    /// op.update("people").set("mood", "calm");
    /// assert_eq!(op.len(), 2);
    /// ```
    pub fn autocommit(&mut self, record: impl FnOnce(&mut Self)) {
        let mut inner = Self { autocommit: true, ..self.clone_settings() };
        record(&mut inner);
        self.list.append(&mut inner.list);
    }

    /// Nothing recorded, under the same settings.
    fn clone_settings(&self) -> Self {
        Self { list: Vec::new(), naming: self.naming.clone(), only: self.only, autocommit: self.autocommit }
    }

    /// The SQL that a database of this kind is given, a statement each (a text that was
    /// [given](Self::execute) as several stays one). [Work](Self::run) of the revision's own is a comment with its name.
    ///
    /// # Errors
    /// What this kind of database cannot do, or no database can.
    ///
    /// # Examples
    /// ```
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.drop_column("users", "age");
    /// assert_eq!(op.sql(Dialect::Sqlite).unwrap(), [r#"ALTER TABLE "users" DROP COLUMN "age""#]);
    /// ```
    pub fn sql(&self, dialect: Dialect) -> Result<Vec<String>, OperationError> {
        let mut statements = Vec::new();
        for recorded in self.list.iter().filter(|recorded| recorded.is_for(dialect)) {
            statements.extend(recorded.pieces(dialect)?.into_iter().map(Piece::into_text));
        }
        Ok(statements)
    }

    /// How many operations are recorded.
    ///
    /// ```
    /// use servicekit::Operations;
    /// let mut op = Operations::default();
    /// op.execute("ANALYZE");
    /// assert_eq!(op.len(), 1);
    /// ```
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing is recorded.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All that is recorded.
    #[cfg(feature = "testing")]
    pub(crate) fn into_list(self) -> Vec<Recorded> {
        self.list
    }

    /// The recorded operations, for the dialect that runs them.
    pub(crate) fn into_operations(self, dialect: Dialect) -> impl Iterator<Item = Recorded> {
        self.list.into_iter().filter(move |recorded| recorded.is_for(dialect))
    }

    fn push(&mut self, mut operation: Operation, location: &'static Location<'static>) {
        operation.settle(&self.naming);
        self.list.push(Recorded { dialect: self.only, autocommit: self.autocommit, operation, location });
    }
}

impl Recorded {
    fn is_for(&self, dialect: Dialect) -> bool {
        self.dialect.is_none_or(|only| only == dialect)
    }

    /// What is wrong with it.
    pub(crate) fn error(&self, problem: dialect::Problem) -> OperationError {
        OperationError::new(&self.operation, problem, self.location)
    }

    /// What this operation runs.
    pub(crate) fn pieces(&self, mode: impl Into<LexicalMode>) -> Result<Vec<Piece>, OperationError> {
        dialect::render(mode.into(), &self.operation)
            .map_err(|problem| OperationError::new(&self.operation, problem, self.location))
    }
}
