//! Indexes are made, dropped and renamed.

use super::{Operation, Operations, Recording};
use crate::schema::{Index, IndexKey, Name, TableName};

/// An index is made.
#[derive(Debug, Clone, PartialEq, Eq)]
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
pub struct RenameIndex {
    /// The table.
    pub table: TableName,
    /// The index.
    pub name: String,
    /// Its new name.
    pub to: String,
}

impl Operations {
    /// Makes an index of a table that is there.
    ///
    /// ```
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
        let mut index = crate::schema::index(keys);
        index.name = name.into().0;
        self.record(CreateIndex { table: table.into(), index, if_not_exists: false, concurrently: false })
    }

    /// Drops an index of a table.
    ///
    /// ```
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
        self.record(DropIndex {
            table: table.into(),
            name: name.into(),
            if_exists: false,
            concurrently: false,
            existing: None,
        })
    }

    /// Renames an index; SQLite cannot.
    ///
    /// ```
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
        self.record(RenameIndex { table: table.into(), name: name.into(), to: to.into() })
    }
}

impl Recording<'_, CreateIndex> {
    /// No two rows have the same keys.
    pub fn unique(self) -> Self {
        self.with_option(|create| create.index.unique = true)
    }

    /// Only rows that fulfil this condition are in it: SQLite and PostgreSQL.
    pub fn filter(self, condition: impl Into<String>) -> Self {
        self.with_option(|create| create.index.filter = Some(condition.into()))
    }

    /// How it is built, such as `gin`: PostgreSQL and MySQL.
    pub fn using(self, method: impl Into<String>) -> Self {
        self.with_option(|create| create.index.method = Some(method.into()))
    }

    /// Further columns that it holds: PostgreSQL.
    pub fn include(self, columns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with_option(|create| create.index.include = columns.into_iter().map(Into::into).collect())
    }

    /// Two nulls count as equal in a unique index: PostgreSQL 15.
    pub fn nulls_not_distinct(self) -> Self {
        self.with_option(|create| create.index.nulls_not_distinct = true)
    }

    /// Others go on writing meanwhile: PostgreSQL. The statement becomes a step of its own, outside a transaction.
    pub fn concurrently(self) -> Self {
        self.with_option(|create| create.concurrently = true)
    }

    /// It is fine that there is an index of this name, whatever it looks like: SQLite and PostgreSQL.
    pub fn if_not_exists(self) -> Self {
        self.with_option(|create| create.if_not_exists = true)
    }
}

impl Recording<'_, DropIndex> {
    /// Others go on meanwhile: PostgreSQL. The statement becomes a step of its own, outside a transaction.
    pub fn concurrently(self) -> Self {
        self.with_option(|drop| drop.concurrently = true)
    }

    /// It is fine that there is no such index: SQLite and PostgreSQL.
    pub fn if_exists(self) -> Self {
        self.with_option(|drop| drop.if_exists = true)
    }

    /// What the index is, so that [`Operations::reverse_of`] can make it again.
    pub fn existing(self, index: Index) -> Self {
        self.with_option(|drop| drop.existing = Some(index))
    }
}

impl From<CreateIndex> for Operation {
    fn from(create: CreateIndex) -> Self {
        Self::CreateIndex(create)
    }
}

impl From<DropIndex> for Operation {
    fn from(drop: DropIndex) -> Self {
        Self::DropIndex(drop)
    }
}

impl From<RenameIndex> for Operation {
    fn from(rename: RenameIndex) -> Self {
        Self::RenameIndex(rename)
    }
}
