//! Tables are made, dropped and renamed.

use super::{Operation, Operations, Recording};
use crate::schema::{Column, Part, Table, TableName};
use servicekit_chain::Dialect;

/// A table is made, with its indexes and comments.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateTable {
    /// The table.
    pub table: Table,
    /// Whether it is fine that there is one of this name, whatever it looks like.
    pub if_not_exists: bool,
}

/// A table is dropped.
#[derive(Debug, Clone, PartialEq)]
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
pub struct RenameTable {
    /// Its name.
    pub table: TableName,
    /// Its new name, in the same schema.
    pub to: String,
}

impl Operations {
    /// Makes a table of these columns.
    ///
    /// [`with`](Recording::with) adds constraints of several columns, and indexes. What is given no name is named by the
    /// [naming convention](crate::schema::NamingConvention).
    ///
    /// ```
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
        self.record(CreateTable { table: Table::new(name, columns), if_not_exists: false })
    }

    /// Makes a table that is described already.
    ///
    /// ```
    /// use servicekit::revision::*;
    /// let tags = Table::new("tags", [string("name", 20)]);
    /// let mut op = Operations::default();
    /// op.create_table_from(tags).if_not_exists();
    /// assert!(op.sql(Dialect::Mysql).unwrap()[0].starts_with("CREATE TABLE IF NOT EXISTS `tags`"));
    /// ```
    #[track_caller]
    pub fn create_table_from(&mut self, table: Table) -> Recording<'_, CreateTable> {
        self.record(CreateTable { table, if_not_exists: false })
    }

    /// Drops a table, and with it its indexes and constraints.
    ///
    /// ```
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.drop_table(("shop", "carts"));
    /// assert_eq!(op.sql(Dialect::Postgres).unwrap(), [r#"DROP TABLE "shop"."carts""#]);
    /// ```
    #[track_caller]
    pub fn drop_table(&mut self, name: impl Into<TableName>) -> Recording<'_, DropTable> {
        self.record(DropTable { table: name.into(), if_exists: false, existing: None })
    }

    /// Renames a table; it stays in its schema.
    ///
    /// ```
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
        self.record(RenameTable { table: name.into(), to: to.into() })
    }
}

impl Recording<'_, CreateTable> {
    /// Another constraint or index; see [`Table::with`].
    pub fn with(self, part: impl Into<Part>) -> Self {
        self.with_option(|create| create.table.add(part.into()))
    }

    /// What the table is for.
    pub fn comment(self, comment: impl Into<String>) -> Self {
        self.with_option(|create| create.table.comment = Some(comment.into()))
    }

    /// What stands after the closing parenthesis on this database; see [`Table::option`].
    pub fn option(self, dialect: Dialect, sql: impl Into<String>) -> Self {
        self.with_option(|create| create.table.options.push((dialect, sql.into())))
    }

    /// It is fine that there is a table of this name, whatever it looks like.
    pub fn if_not_exists(self) -> Self {
        self.with_option(|create| create.if_not_exists = true)
    }
}

impl Recording<'_, DropTable> {
    /// It is fine that there is no such table.
    pub fn if_exists(self) -> Self {
        self.with_option(|drop| drop.if_exists = true)
    }

    /// What the table is, so that [`Operations::reverse_of`] can make it again, empty.
    pub fn existing(self, table: Table) -> Self {
        self.with_option(|drop| drop.existing = Some(table))
    }
}

impl From<CreateTable> for Operation {
    fn from(create: CreateTable) -> Self {
        Self::CreateTable(create)
    }
}

impl From<DropTable> for Operation {
    fn from(drop: DropTable) -> Self {
        Self::DropTable(drop)
    }
}

impl From<RenameTable> for Operation {
    fn from(rename: RenameTable) -> Self {
        Self::RenameTable(rename)
    }
}
