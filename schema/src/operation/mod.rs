//! The operations that a revision's `upgrade` and `downgrade` record.
//!
//! An operation is plain data. It is recorded with the place of its call, gets a name if it has none, and is turned
//! into SQL by the dialect of the database.

#![allow(
    clippy::return_self_not_must_use,
    reason = "a recording that is dropped is recorded, which is what nearly every call wants"
)]

/// The options of an operation that is being recorded, each of which sets one field.
macro_rules! options {
    ($operation:ty: $($(#[$doc:meta])* $name:ident($($value:ident: $of:ty)?) => $($field:ident).+ = $to:expr;)*) => {
        impl Recording<'_, $operation> {
            $(
                $(#[$doc])*
                pub fn $name(self $(, $value: $of)?) -> Self {
                    self.with_option(|operation| operation.$($field).+ = $to)
                }
            )*
        }
    };
}

mod alter_column;
mod assign_names;
mod batch;
mod column;
mod comment;
mod constraint;
mod describe;
mod enumeration;
mod error;
mod execute;
mod index;
mod problem;
mod recorded;
mod recording;
mod reverse;
mod rows;
mod table;
mod work;

pub use alter_column::{AlterColumn, Change};
pub use batch::{Batch, BatchOperations, Recreate};
pub use column::{AddColumn, DropColumn, RenameColumn};
pub use comment::SetTableComment;
pub use constraint::{AddConstraint, DropConstraint, ValidateConstraint};
pub use enumeration::{
    AddValue, AlterEnum, CreateEnum, DropEnum, EnumChange, RemoveValue, RenameValue, ReorderValues,
    ValuePosition,
};
pub use error::OperationError;
pub use execute::Execute;
pub use index::{CreateIndex, DropIndex, RenameIndex};
pub use problem::OperationProblem;
pub(crate) use problem::{Result, refuse};
pub use recorded::RecordedOperation;
pub use recording::Recording;
pub use reverse::Irreversible;
pub use rows::{BulkInsert, Update};
pub use table::{CreateTable, DropTable, RenameTable};
pub use work::Work;

use crate::table::NamingConvention;
use servicekit_chain::Dialect;
use std::panic::Location;

/// The list that a revision's `upgrade` or `downgrade` fills: operations are recorded first and run later.
///
/// Recording does not access a database, so a revision can be planned, printed and tested without one. It must record
/// the same operations each time.
///
/// ```
/// # use servicekit_schema as servicekit;
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
    list: Vec<RecordedOperation>,
    naming: NamingConvention,
    /// The database that what is recorded now is meant for; `None` for all.
    only: Option<Dialect>,
    /// Whether what is recorded now is committed by itself.
    autocommit: bool,
}

/// A change that a revision can record.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::operation::{DropTable, Operation};
/// let dropped = Operation::from(DropTable::new("users"));
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
    /// [`Operations::create_unique_constraint`] and similar.
    AddConstraint(AddConstraint),
    /// [`Operations::drop_unique_constraint`] and similar.
    DropConstraint(DropConstraint),
    /// [`Operations::validate_constraint`].
    ValidateConstraint(ValidateConstraint),
    /// [`Operations::create_table_comment`], [`Operations::drop_table_comment`].
    SetTableComment(SetTableComment),
    /// [`Operations::create_enum`].
    CreateEnum(CreateEnum),
    /// [`Operations::drop_enum`].
    DropEnum(DropEnum),
    /// [`Operations::add_enum_value`] and similar.
    AlterEnum(Box<AlterEnum>),
    /// [`Operations::bulk_insert`].
    BulkInsert(BulkInsert),
    /// [`Operations::batch_alter_table`].
    Batch(Batch),
    /// [`Operations::update`].
    Update(Update),
    /// [`Operations::execute`].
    Execute(Execute),
    /// Custom work, which the crate `servicekit` records with `op.run`.
    Work(Work),
    /// [`Operations::reverse_of`] for an operation that cannot be reversed.
    Irreversible(Irreversible),
}

macro_rules! into_operation {
    ($($kind:ident)*) => {
        $(impl From<$kind> for Operation {
            fn from(operation: $kind) -> Self {
                Self::$kind(operation.into())
            }
        })*
    };
}

into_operation!(CreateTable DropTable RenameTable AddColumn AlterColumn DropColumn RenameColumn CreateIndex DropIndex);
into_operation!(RenameIndex DropConstraint ValidateConstraint SetTableComment BulkInsert Batch Update Execute Work);
into_operation!(CreateEnum DropEnum Irreversible);

impl Operations {
    /// Uses this naming convention for the following operations.
    pub fn naming(&mut self, convention: NamingConvention) {
        self.naming = convention;
    }

    /// Records operations that only run on this kind of database.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
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
    /// The revision then runs in stages: the operations before the block are committed, each statement of the block
    /// is its own stage that runs exactly once, and the operations after it are another transaction. Statements that
    /// cannot be in a transaction, such as `CREATE INDEX CONCURRENTLY`, become stages automatically. Use this for
    /// other statements that must be committed early: an [enum value](Self::add_enum_value) that later operations use, or a change that
    /// should only hold its locks briefly.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.autocommit(|op| drop(op.add_enum_value(enum_type("mood", ["sad"]), "calm")));
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

    /// The number of recorded operations.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::Operations;
    /// let mut op = Operations::default();
    /// op.execute("ANALYZE");
    /// assert_eq!(op.len(), 1);
    /// ```
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether no operation is recorded.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Records an existing operation value.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::operation::{Execute, Operations};
    /// let mut op = Operations::default();
    /// op.push(Execute::new("ANALYZE"));
    /// assert_eq!(op.len(), 1);
    /// ```
    #[track_caller]
    pub fn push(&mut self, operation: impl Into<Operation>) {
        self.push_at(operation.into(), Location::caller());
    }

    /// The recorded operations, each with the place of its call.
    pub fn recorded(&self) -> &[RecordedOperation] {
        &self.list
    }

    /// The recorded operations for this database.
    pub fn into_recorded(self, dialect: Dialect) -> impl Iterator<Item = RecordedOperation> {
        self.list.into_iter().filter(move |recorded| recorded.is_for(dialect))
    }

    fn push_at(&mut self, mut operation: Operation, location: &'static Location<'static>) {
        operation.assign_names(&self.naming);
        self.list.push(RecordedOperation {
            dialect: self.only,
            autocommit: self.autocommit,
            operation,
            location,
        });
    }
}
