//! Operations on columns; what alters one has a file of its own.

use super::{Operations, Recording};
use crate::table::{Column, Constraint, Index, TableName};

/// Adds a column.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AddColumn {
    /// The table.
    pub table: TableName,
    /// The column.
    pub column: Column,
    /// The constraints of the column, moved here when the operation is recorded.
    pub constraints: Vec<Constraint>,
    /// The indexes of the column, moved here when the operation is recorded.
    pub indexes: Vec<Index>,
    /// Whether to do nothing if a column with this name exists.
    pub if_not_exists: bool,
}

/// Drops a column.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DropColumn {
    /// The table.
    pub table: TableName,
    /// The column.
    pub column: String,
    /// Whether to do nothing if it does not exist.
    pub if_exists: bool,
    /// The existing definition, for the reverse.
    pub existing: Option<Column>,
    /// The constraints of the existing column, moved here when the operation is recorded; they are dropped first.
    pub constraints: Vec<Constraint>,
    /// The indexes of the existing column, moved here when the operation is recorded; they are dropped first.
    pub indexes: Vec<Index>,
}

/// Renames a column.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RenameColumn {
    /// The table.
    pub table: TableName,
    /// The column.
    pub column: String,
    /// Its new name.
    pub to: String,
}

impl AddColumn {
    /// Adds this column to this table.
    pub fn new(table: impl Into<TableName>, column: Column) -> Self {
        Self {
            table: table.into(),
            column,
            constraints: Vec::new(),
            indexes: Vec::new(),
            if_not_exists: false,
        }
    }
}

impl DropColumn {
    /// Drops this column.
    pub fn new(table: impl Into<TableName>, column: impl Into<String>) -> Self {
        Self {
            table: table.into(),
            column: column.into(),
            if_exists: false,
            existing: None,
            constraints: Vec::new(),
            indexes: Vec::new(),
        }
    }
}

impl RenameColumn {
    /// Renames this column.
    pub fn new(table: impl Into<TableName>, column: impl Into<String>, to: impl Into<String>) -> Self {
        Self { table: table.into(), column: column.into(), to: to.into() }
    }
}

impl Operations {
    /// Adds a column with its constraints and index.
    ///
    /// If the table has rows, a column that is not null needs a default. On SQLite the default must be a constant,
    /// and the column can be neither a primary key nor unique (lang_altertable.html, 4).
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.add_column("users", integer("age").check("age >= 0"));
    /// assert_eq!(
    ///     op.sql(Dialect::Sqlite).unwrap(),
    ///     [r#"ALTER TABLE "users" ADD COLUMN "age" INTEGER CONSTRAINT "ck_users_age" CHECK (age >= 0)"#]
    /// );
    /// ```
    #[track_caller]
    pub fn add_column(&mut self, table: impl Into<TableName>, column: Column) -> Recording<'_, AddColumn> {
        self.record(AddColumn::new(table, column))
    }

    /// Drops a column.
    ///
    /// SQLite requires that you drop an index of the column first, MySQL a foreign key or a check; those in
    /// [`existing`](Recording::existing) are dropped automatically.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.drop_column("users", "age");
    /// assert_eq!(op.sql(Dialect::Mysql).unwrap(), ["ALTER TABLE `users` DROP COLUMN `age`"]);
    /// ```
    #[track_caller]
    pub fn drop_column(
        &mut self,
        table: impl Into<TableName>,
        column: impl Into<String>,
    ) -> Recording<'_, DropColumn> {
        self.record(DropColumn::new(table, column))
    }

    /// Renames a column.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.rename_column("users", "name", "full_name");
    /// assert_eq!(
    ///     op.sql(Dialect::Sqlite).unwrap(),
    ///     [r#"ALTER TABLE "users" RENAME COLUMN "name" TO "full_name""#]
    /// );
    /// ```
    #[track_caller]
    pub fn rename_column(
        &mut self,
        table: impl Into<TableName>,
        column: impl Into<String>,
        to: impl Into<String>,
    ) -> Recording<'_, RenameColumn> {
        self.record(RenameColumn::new(table, column, to))
    }
}

options! {
    AddColumn:
    /// Does nothing if a column with this name exists: PostgreSQL and MariaDB.
    if_not_exists() => if_not_exists = true;
}

options! {
    DropColumn:
    /// Does nothing if the column does not exist: PostgreSQL and MariaDB.
    if_exists() => if_exists = true;
    /// The existing column, so that [`Operations::reverse_of`] can add it again, without its values.
    existing(column: Column) => existing = Some(column);
}
