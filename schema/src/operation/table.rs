//! Tables are made, dropped and renamed.

use super::{Operations, Recording};
use crate::table::{Column, Part, Table, TableName};
use servicekit_chain::Dialect;

/// A table is made, with its indexes and comments.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateTable {
    /// The table.
    pub table: Table,
    /// Whether it is fine that there is one of this name, whatever it looks like.
    pub if_not_exists: bool,
}

/// A table is dropped.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DropTable {
    /// Its name.
    pub table: TableName,
    /// Whether it is fine that there is none.
    pub if_exists: bool,
    /// What it is, so that the operation can be reversed.
    pub existing: Option<Table>,
}

/// A table is renamed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RenameTable {
    /// Its name.
    pub table: TableName,
    /// Its new name, in the same schema.
    pub to: String,
}

impl CreateTable {
    /// This table is made.
    pub fn new(table: Table) -> Self {
        Self { table, if_not_exists: false }
    }
}

impl DropTable {
    /// The table of this name is dropped.
    pub fn new(table: impl Into<TableName>) -> Self {
        Self { table: table.into(), if_exists: false, existing: None }
    }
}

impl RenameTable {
    /// The table of this name has another one from now on, in the same schema.
    pub fn new(table: impl Into<TableName>, to: impl Into<String>) -> Self {
        Self { table: table.into(), to: to.into() }
    }
}

impl Operations {
    /// Makes a table of these columns.
    ///
    /// [`with`](Recording::with) adds constraints of several columns, and indexes. What is given no name is named by the
    /// [naming convention](crate::table::NamingConvention).
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.create_table("tags", [integer("item").not_null(), string("name", 20).not_null()])
    ///     .with(primary_key(["item", "name"]));
    /// assert_eq!(
    ///     op.sql(Dialect::Sqlite).unwrap(),
    ///     ["CREATE TABLE \"tags\" (\n    \"item\" INTEGER NOT NULL,\n    \"name\" VARCHAR(20) NOT NULL,\n    \
    ///       CONSTRAINT \"pk_tags\" PRIMARY KEY (\"item\", \"name\")\n)"]
    /// );
    /// ```
    #[track_caller]
    pub fn create_table(
        &mut self,
        name: impl Into<TableName>,
        columns: impl IntoIterator<Item = Column>,
    ) -> Recording<'_, CreateTable> {
        self.create_table_from(Table::new(name, columns))
    }

    /// Makes a table that is described already.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let tags = Table::new("tags", [string("name", 20)]);
    /// let mut op = Operations::default();
    /// op.create_table_from(tags).if_not_exists();
    /// assert!(op.sql(Dialect::Mysql).unwrap()[0].starts_with("CREATE TABLE IF NOT EXISTS `tags`"));
    /// ```
    #[track_caller]
    pub fn create_table_from(&mut self, table: Table) -> Recording<'_, CreateTable> {
        self.record(CreateTable::new(table))
    }

    /// Drops a table, and with it its indexes and constraints.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.drop_table(("shop", "carts"));
    /// assert_eq!(op.sql(Dialect::Postgres).unwrap(), [r#"DROP TABLE "shop"."carts""#]);
    /// ```
    #[track_caller]
    pub fn drop_table(&mut self, name: impl Into<TableName>) -> Recording<'_, DropTable> {
        self.record(DropTable::new(name))
    }

    /// Renames a table; it stays in its schema.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.rename_table("carts", "baskets");
    /// assert_eq!(op.sql(Dialect::Mysql).unwrap(), ["RENAME TABLE `carts` TO `baskets`"]);
    /// ```
    #[track_caller]
    pub fn rename_table(
        &mut self,
        name: impl Into<TableName>,
        to: impl Into<String>,
    ) -> Recording<'_, RenameTable> {
        self.record(RenameTable::new(name, to))
    }
}

impl Recording<'_, CreateTable> {
    /// Another constraint or index; see [`Table::with`].
    pub fn with(self, part: impl Into<Part>) -> Self {
        self.with_option(|create| create.table.add(part.into()))
    }

    /// What stands after the closing parenthesis on this database; see [`Table::option`].
    pub fn option(self, dialect: Dialect, sql: impl Into<String>) -> Self {
        self.with_option(|create| create.table.options.push((dialect, sql.into())))
    }
}

options! {
    CreateTable:
    /// What the table is for.
    comment(comment: impl Into<String>) => table.comment = Some(comment.into());
    /// It is fine that there is a table of this name, whatever it looks like.
    if_not_exists() => if_not_exists = true;
}

options! {
    DropTable:
    /// It is fine that there is no such table.
    if_exists() => if_exists = true;
    /// What the table is, so that [`Operations::reverse_of`] can make it again, empty.
    existing(table: Table) => existing = Some(table);
}
