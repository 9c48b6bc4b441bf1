//! Operations on indexes.

use super::{Operations, Recording};
use crate::table::{Index, IndexKey, Name, TableName};

/// Creates an index.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CreateIndex {
    /// The table.
    pub table: TableName,
    /// The index.
    pub index: Index,
    /// Whether to do nothing if the name exists, without comparing the definition.
    pub if_not_exists: bool,
    /// Whether other sessions can write during the build: PostgreSQL.
    pub concurrently: bool,
}

/// Drops an index.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DropIndex {
    /// The table.
    pub table: TableName,
    /// The index.
    pub name: String,
    /// Whether to do nothing if it does not exist.
    pub if_exists: bool,
    /// Whether other sessions continue without waiting: PostgreSQL.
    pub concurrently: bool,
    /// The existing definition, for the reverse.
    pub existing: Option<Index>,
}

/// Renames an index.
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
    /// Creates this index on this table.
    pub fn new(table: impl Into<TableName>, index: Index) -> Self {
        Self { table: table.into(), index, if_not_exists: false, concurrently: false }
    }
}

impl DropIndex {
    /// Drops the index with this name.
    pub fn new(table: impl Into<TableName>, name: impl Into<String>) -> Self {
        Self { table: table.into(), name: name.into(), if_exists: false, concurrently: false, existing: None }
    }
}

impl RenameIndex {
    /// Renames the index with this name.
    pub fn new(table: impl Into<TableName>, name: impl Into<String>, to: impl Into<String>) -> Self {
        Self { table: table.into(), name: name.into(), to: to.into() }
    }
}

impl Operations {
    /// Creates an index on an existing table.
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

    /// Renames an index; not supported by SQLite.
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
    /// Makes the index unique.
    unique() => index.unique = true;
    /// Limits the index to rows that satisfy this condition: SQLite and PostgreSQL.
    filter(condition: impl Into<String>) => index.filter = Some(condition.into());
    /// The index method, such as `gin`: PostgreSQL and MySQL.
    using(method: impl Into<String>) => index.method = Some(method.into());
    /// Additional stored columns: PostgreSQL.
    include(columns: impl IntoIterator<Item = impl Into<String>>) => index.include = columns.into_iter().map(Into::into).collect();
    /// Treats nulls as equal in a unique index: PostgreSQL 15.
    nulls_not_distinct() => index.nulls_not_distinct = true;
    /// The comment. SQLite stores it as an SQL comment in the text of the index.
    comment(comment: impl Into<String>) => index.comment = Some(comment.into());
    /// Lets other sessions write during the build: PostgreSQL. The statement becomes its own stage, outside a
    /// transaction.
    concurrently() => concurrently = true;
    /// Does nothing if an index with this name exists, without comparing them: SQLite, PostgreSQL and
    /// MariaDB.
    if_not_exists() => if_not_exists = true;
}

impl Recording<'_, CreateIndex> {
    /// Sets a storage option, such as `fillfactor`: PostgreSQL.
    pub fn option(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with_option(|create| create.index.options.push((name.into(), value.into())))
    }
}

options! {
    DropIndex:
    /// Lets other sessions continue: PostgreSQL. The statement becomes its own stage, outside a transaction.
    concurrently() => concurrently = true;
    /// Does nothing if the index does not exist: SQLite, PostgreSQL and MariaDB.
    if_exists() => if_exists = true;
    /// The existing index, so that [`Operations::reverse_of`] can create it again.
    existing(index: Index) => existing = Some(index);
}
