//! Several changes of one table.

use super::{
    AddColumn, AddConstraint, AlterColumn, CreateIndex, DropColumn, DropConstraint, DropIndex, Operation,
    Operations, Recording, RenameColumn, SetTableComment,
};
use crate::table::{
    Check, Column, Condition, Exclusion, ForeignKey, IndexKey, Name, PrimaryKey, TableName, Unique,
};
use std::panic::Location;

/// Whether SQLite rebuilds the table; other databases never do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Recreate {
    /// Only if `ALTER TABLE` cannot make one of the changes.
    #[default]
    Auto,
    /// Always, also for changes that `ALTER TABLE` can make.
    Always,
    /// Never: a change that needs a rebuild is an error before anything runs.
    Never,
}

/// Several changes of one table, which are one rebuild on SQLite.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Batch {
    /// The table.
    pub table: TableName,
    /// Whether SQLite rebuilds the table.
    pub recreate: Recreate,
    /// The changes, in order.
    pub operations: Vec<Operation>,
}

/// Records changes of one table; see [`Operations::batch_alter_table`].
#[derive(Debug)]
pub struct BatchOperations {
    table: TableName,
    recreate: Recreate,
    inner: Operations,
}

impl Batch {
    /// These changes of this table, together.
    pub fn new(table: impl Into<TableName>, operations: Vec<Operation>) -> Self {
        Self { table: table.into(), recreate: Recreate::Auto, operations }
    }
}

impl Operations {
    /// Records several changes of one table.
    ///
    /// SQLite's `ALTER TABLE` is limited, so most changes rebuild the table and copy its rows; a batch does this once
    /// for all changes. On other databases, each change is a separate statement. The guide describes what a rebuild
    /// keeps and requires.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.batch_alter_table("users", |batch| {
    ///     batch.add_column(string("nickname", 30));
    ///     batch.alter_column("email").set_not_null().existing(string("email", 254));
    ///     batch.create_unique_constraint(by_convention(), ["email"]);
    /// });
    /// assert_eq!(op.sql(Dialect::Sqlite).unwrap().len(), 1);
    /// assert_eq!(op.sql(Dialect::Postgres).unwrap().len(), 3);
    /// ```
    #[track_caller]
    pub fn batch_alter_table(
        &mut self,
        table: impl Into<TableName>,
        record: impl FnOnce(&mut BatchOperations),
    ) {
        let location = Location::caller();
        let inner = Self { naming: self.naming.clone(), ..Self::default() };
        let mut batch = BatchOperations { table: table.into(), recreate: Recreate::Auto, inner };
        record(&mut batch);
        let BatchOperations { table, recreate, inner } = batch;
        let operations = inner.list.into_iter().map(|recorded| recorded.operation).collect();
        self.push_at(Batch { table, recreate, operations }.into(), location);
    }
}

impl BatchOperations {
    /// Whether SQLite rebuilds the table; [`Recreate::Auto`] by default.
    pub fn recreate(&mut self, recreate: Recreate) -> &mut Self {
        self.recreate = recreate;
        self
    }

    /// See [`Operations::add_column`].
    #[track_caller]
    pub fn add_column(&mut self, column: Column) -> Recording<'_, AddColumn> {
        self.inner.add_column(&self.table, column)
    }

    /// See [`Operations::alter_column`].
    #[track_caller]
    pub fn alter_column(&mut self, column: impl Into<String>) -> Recording<'_, AlterColumn> {
        self.inner.alter_column(&self.table, column)
    }

    /// See [`Operations::drop_column`].
    #[track_caller]
    pub fn drop_column(&mut self, column: impl Into<String>) -> Recording<'_, DropColumn> {
        self.inner.drop_column(&self.table, column)
    }

    /// See [`Operations::rename_column`].
    #[track_caller]
    pub fn rename_column(
        &mut self,
        column: impl Into<String>,
        to: impl Into<String>,
    ) -> Recording<'_, RenameColumn> {
        self.inner.rename_column(&self.table, column, to)
    }

    /// See [`Operations::create_index`].
    #[track_caller]
    pub fn create_index(
        &mut self,
        name: impl Into<Name>,
        keys: impl IntoIterator<Item = impl Into<IndexKey>>,
    ) -> Recording<'_, CreateIndex> {
        self.inner.create_index(name, &self.table, keys)
    }

    /// See [`Operations::drop_index`].
    #[track_caller]
    pub fn drop_index(&mut self, name: impl Into<String>) -> Recording<'_, DropIndex> {
        self.inner.drop_index(name, &self.table)
    }

    /// See [`Operations::create_primary_key`].
    #[track_caller]
    pub fn create_primary_key(
        &mut self,
        name: impl Into<Name>,
        columns: impl IntoIterator<Item = impl Into<String>>,
    ) -> Recording<'_, AddConstraint<PrimaryKey>> {
        self.inner.create_primary_key(name, &self.table, columns)
    }

    /// See [`Operations::create_unique_constraint`].
    #[track_caller]
    pub fn create_unique_constraint(
        &mut self,
        name: impl Into<Name>,
        columns: impl IntoIterator<Item = impl Into<String>>,
    ) -> Recording<'_, AddConstraint<Unique>> {
        self.inner.create_unique_constraint(name, &self.table, columns)
    }

    /// See [`Operations::create_check_constraint`].
    #[track_caller]
    pub fn create_check_constraint(
        &mut self,
        name: impl Into<String>,
        condition: impl Into<Condition>,
    ) -> Recording<'_, AddConstraint<Check>> {
        self.inner.create_check_constraint(name, &self.table, condition)
    }

    /// See [`Operations::create_foreign_key`].
    #[track_caller]
    pub fn create_foreign_key(
        &mut self,
        name: impl Into<Name>,
        referred_table: impl Into<TableName>,
        columns: impl IntoIterator<Item = impl Into<String>>,
        referred_columns: impl IntoIterator<Item = impl Into<String>>,
    ) -> Recording<'_, AddConstraint<ForeignKey>> {
        self.inner.create_foreign_key(name, &self.table, referred_table, columns, referred_columns)
    }

    /// See [`Operations::create_exclude_constraint`].
    #[track_caller]
    pub fn create_exclude_constraint(
        &mut self,
        name: impl Into<Name>,
        elements: impl IntoIterator<Item = (impl Into<IndexKey>, impl Into<String>)>,
    ) -> Recording<'_, AddConstraint<Exclusion>> {
        self.inner.create_exclude_constraint(name, &self.table, elements)
    }

    /// See [`Operations::drop_primary_key`].
    #[track_caller]
    pub fn drop_primary_key(&mut self, name: impl Into<String>) -> Recording<'_, DropConstraint> {
        self.inner.drop_primary_key(name, &self.table)
    }

    /// See [`Operations::drop_unique_constraint`].
    #[track_caller]
    pub fn drop_unique_constraint(&mut self, name: impl Into<String>) -> Recording<'_, DropConstraint> {
        self.inner.drop_unique_constraint(name, &self.table)
    }

    /// See [`Operations::drop_check_constraint`].
    #[track_caller]
    pub fn drop_check_constraint(&mut self, name: impl Into<String>) -> Recording<'_, DropConstraint> {
        self.inner.drop_check_constraint(name, &self.table)
    }

    /// See [`Operations::drop_foreign_key`].
    #[track_caller]
    pub fn drop_foreign_key(&mut self, name: impl Into<String>) -> Recording<'_, DropConstraint> {
        self.inner.drop_foreign_key(name, &self.table)
    }

    /// See [`Operations::drop_exclude_constraint`].
    #[track_caller]
    pub fn drop_exclude_constraint(&mut self, name: impl Into<String>) -> Recording<'_, DropConstraint> {
        self.inner.drop_exclude_constraint(name, &self.table)
    }

    /// See [`Operations::create_table_comment`].
    #[track_caller]
    pub fn create_table_comment(&mut self, comment: impl Into<String>) -> Recording<'_, SetTableComment> {
        self.inner.create_table_comment(&self.table, comment)
    }

    /// See [`Operations::drop_table_comment`].
    #[track_caller]
    pub fn drop_table_comment(&mut self) -> Recording<'_, SetTableComment> {
        self.inner.drop_table_comment(&self.table)
    }

    /// Records an existing value of an operation on this table; see [`Operations::push`].
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::operation::AddConstraint;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.batch_alter_table("users", |batch| {
    ///     batch.push(AddConstraint::new("users", check("age >= 0")));
    /// });
    /// assert_eq!(op.sql(Dialect::Postgres).unwrap(), [r#"ALTER TABLE "users" ADD CHECK (age >= 0)"#]);
    /// ```
    #[track_caller]
    pub fn push(&mut self, operation: impl Into<Operation>) {
        self.inner.push(operation);
    }
}
