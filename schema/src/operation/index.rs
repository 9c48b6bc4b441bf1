//! Indexes are made, dropped and renamed.

use super::{Operations, Recording};
use crate::table::{Index, IndexKey, Name, TableName};

/// An index is made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CreateIndex {
    /// The table.
    pub table: TableName,
    /// The index.
    pub index: Index,
    /// Whether it is fine that there is one of this name, whatever it looks like.
    pub if_not_exists: bool,
    /// Whether others go on writing meanwhile: PostgreSQL.
    pub concurrently: bool,
}

/// An index is dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DropIndex {
    /// The table.
    pub table: TableName,
    /// The index.
    pub name: String,
    /// Whether it is fine that there is none.
    pub if_exists: bool,
    /// Whether others go on meanwhile: PostgreSQL.
    pub concurrently: bool,
    /// What it is, so that the operation can be reversed.
    pub existing: Option<Index>,
}

/// An index is renamed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RenameIndex {
    /// The table.
    pub table: TableName,
    /// The index.
    pub name: String,
    /// Its new name.
    pub to: String,
}

impl CreateIndex {
    /// This index is made for this table.
    pub fn new(table: impl Into<TableName>, index: Index) -> Self {
        Self { table: table.into(), index, if_not_exists: false, concurrently: false }
    }
}

impl DropIndex {
    /// The index of this name is dropped.
    pub fn new(table: impl Into<TableName>, name: impl Into<String>) -> Self {
        Self { table: table.into(), name: name.into(), if_exists: false, concurrently: false, existing: None }
    }
}

impl RenameIndex {
    /// The index of this name has another one from now on.
    pub fn new(table: impl Into<TableName>, name: impl Into<String>, to: impl Into<String>) -> Self {
        Self { table: table.into(), name: name.into(), to: to.into() }
    }
}

impl Operations {
    /// Makes an index of a table that is there.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.create_index("ix_users_email", "users", ["email"]).unique().concurrently();
    /// assert_eq!(
    ///     op.sql(Dialect::Postgres).unwrap(),
    ///     [r#"CREATE UNIQUE INDEX CONCURRENTLY "ix_users_email" ON "users" ("email")"#]
    /// );
    /// let refused = op.sql(Dialect::Sqlite).unwrap_err();
    /// assert!(refused.to_string().contains("SQLite has no concurrent index builds"), "{refused}");
    /// ```
    #[track_caller]
    pub fn create_index(
        &mut self,
        name: impl Into<Name>,
        table: impl Into<TableName>,
        keys: impl IntoIterator<Item = impl Into<IndexKey>>,
    ) -> Recording<'_, CreateIndex> {
        let mut index = crate::table::index(keys);
        index.name = name.into().0;
        self.record(CreateIndex::new(table, index))
    }

    /// Drops an index of a table.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.drop_index("ix_users_email", "users");
    /// assert_eq!(op.sql(Dialect::Mysql).unwrap(), ["DROP INDEX `ix_users_email` ON `users`"]);
    /// assert_eq!(op.sql(Dialect::Sqlite).unwrap(), [r#"DROP INDEX "ix_users_email""#]);
    /// ```
    #[track_caller]
    pub fn drop_index(
        &mut self,
        name: impl Into<String>,
        table: impl Into<TableName>,
    ) -> Recording<'_, DropIndex> {
        self.record(DropIndex::new(table, name))
    }

    /// Renames an index; SQLite cannot.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.rename_index("by_email", "users", "ix_users_email");
    /// assert_eq!(
    ///     op.sql(Dialect::Mysql).unwrap(),
    ///     ["ALTER TABLE `users` RENAME INDEX `by_email` TO `ix_users_email`"]
    /// );
    /// ```
    #[track_caller]
    pub fn rename_index(
        &mut self,
        name: impl Into<String>,
        table: impl Into<TableName>,
        to: impl Into<String>,
    ) -> Recording<'_, RenameIndex> {
        self.record(RenameIndex::new(table, name, to))
    }
}

options! {
    CreateIndex:
    /// No two rows have the same keys.
    unique() => index.unique = true;
    /// Only rows that fulfil this condition are in it: SQLite and PostgreSQL.
    filter(condition: impl Into<String>) => index.filter = Some(condition.into());
    /// How it is built, such as `gin`: PostgreSQL and MySQL.
    using(method: impl Into<String>) => index.method = Some(method.into());
    /// Further columns that it holds: PostgreSQL.
    include(columns: impl IntoIterator<Item = impl Into<String>>) => index.include = columns.into_iter().map(Into::into).collect();
    /// Two nulls count as equal in a unique index: PostgreSQL 15.
    nulls_not_distinct() => index.nulls_not_distinct = true;
    /// Others go on writing meanwhile: PostgreSQL. The statement becomes a stage of its own, outside a transaction.
    concurrently() => concurrently = true;
    /// It is fine that there is an index of this name, whatever it looks like: SQLite and PostgreSQL.
    if_not_exists() => if_not_exists = true;
}

options! {
    DropIndex:
    /// Others go on meanwhile: PostgreSQL. The statement becomes a stage of its own, outside a transaction.
    concurrently() => concurrently = true;
    /// It is fine that there is no such index: SQLite and PostgreSQL.
    if_exists() => if_exists = true;
    /// What the index is, so that [`Operations::reverse_of`] can make it again.
    existing(index: Index) => existing = Some(index);
}
