//! Operations on tables.

use super::{Operations, Recording};
use crate::table::{Column, Part, Table, TableName};
use servicekit_chain::Dialect;

/// Creates a table, with its indexes and comments.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateTable {
    /// The table.
    pub table: Table,
    /// Whether to do nothing if the name exists, without comparing the definition.
    pub if_not_exists: bool,
}

/// Drops a table.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DropTable {
    /// Its name.
    pub table: TableName,
    /// Whether to do nothing if it does not exist.
    pub if_exists: bool,
    /// The existing definition, for the reverse.
    pub existing: Option<Table>,
}

/// Renames a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RenameTable {
    /// Its name.
    pub table: TableName,
    /// Its new name, in the same schema.
    pub to: String,
}

impl CreateTable {
    /// Creates this table.
    pub fn new(table: Table) -> Self {
        Self { table, if_not_exists: false }
    }
}

impl DropTable {
    /// Drops the table with this name.
    pub fn new(table: impl Into<TableName>) -> Self {
        Self { table: table.into(), if_exists: false, existing: None }
    }
}

impl RenameTable {
    /// Renames the table with this name, in the same schema.
    pub fn new(table: impl Into<TableName>, to: impl Into<String>) -> Self {
        Self { table: table.into(), to: to.into() }
    }
}

impl Operations {
    /// Creates a table with these columns.
    ///
    /// [`with`](Recording::with) adds constraints of several columns, and indexes. Parts without a name are named by
    /// the [naming convention](crate::table::NamingConvention).
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

    /// Creates a table from its description.
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

    /// Drops a table with its indexes and constraints.
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
    /// Adds a constraint or an index; see [`Table::with`].
    pub fn with(self, part: impl Into<Part>) -> Self {
        self.with_option(|create| create.table.add(part.into()))
    }

    /// Adds text after the closing parenthesis on this database; see [`Table::option`].
    pub fn option(self, dialect: Dialect, sql: impl Into<String>) -> Self {
        self.with_option(|create| create.table.options.push((dialect, sql.into())))
    }
}

options! {
    CreateTable:
    /// The comment of the table.
    comment(comment: impl Into<String>) => table.comment = Some(comment.into());
    /// Does nothing if a table with this name exists, without comparing them.
    if_not_exists() => if_not_exists = true;
}

options! {
    DropTable:
    /// Does nothing if the table does not exist.
    if_exists() => if_exists = true;
    /// The existing table, so that [`Operations::reverse_of`] can create it again, without rows.
    existing(table: Table) => existing = Some(table);
}
