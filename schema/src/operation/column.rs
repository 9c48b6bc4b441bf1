//! Operations on columns.

use super::{Operations, Recording};
use crate::table::{Column, Constraint, Index, TableName, Type, Value};

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

/// Alters a column.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AlterColumn {
    /// The table.
    pub table: TableName,
    /// The column.
    pub column: String,
    /// Its new name.
    pub rename: Option<String>,
    /// Its new type.
    pub data_type: Option<Type>,
    /// The expression that converts the old value: PostgreSQL.
    pub using: Option<String>,
    /// Whether the column becomes nullable.
    pub nullable: Option<bool>,
    /// The change of the default.
    pub default: Change<Value>,
    /// The change of the comment.
    pub comment: Change<String>,
    /// The existing column.
    pub existing: Option<Column>,
}

/// The change of an optional attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change<T> {
    /// No change.
    Keep,
    /// Removes the attribute.
    Remove,
    /// Sets the attribute.
    To(T),
}

impl<T> Change<T> {
    pub(crate) fn is_kept(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// The new value, where it gets one.
    pub(crate) fn value(&self) -> Option<&T> {
        if let Self::To(value) = self { Some(value) } else { None }
    }

    /// The same change of another value, which is made of this one.
    pub(crate) fn try_map<U, E>(&self, make: impl FnOnce(&T) -> Result<U, E>) -> Result<Change<U>, E> {
        Ok(match self {
            Self::Keep => Change::Keep,
            Self::Remove => Change::Remove,
            Self::To(value) => Change::To(make(value)?),
        })
    }
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

impl AlterColumn {
    /// An alteration without changes; set the fields.
    pub fn new(table: impl Into<TableName>, column: impl Into<String>) -> Self {
        Self {
            table: table.into(),
            column: column.into(),
            rename: None,
            data_type: None,
            using: None,
            nullable: None,
            default: Change::Keep,
            comment: Change::Keep,
            existing: None,
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

    /// Alters a column; use the methods of the returned value to set the changes.
    ///
    /// MySQL rewrites the whole column (`MODIFY`) unless only its name or its default changes, and loses omitted
    /// attributes; so describe the column with [`existing`](Recording::existing) there. SQLite's own `ALTER TABLE`
    /// can only rename.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.alter_column("users", "email").set_not_null().existing(string("email", 100));
    /// assert_eq!(
    ///     op.sql(Dialect::Postgres).unwrap(),
    ///     [r#"ALTER TABLE "users" ALTER COLUMN "email" SET NOT NULL"#]
    /// );
    /// assert_eq!(
    ///     op.sql(Dialect::Mysql).unwrap(),
    ///     ["ALTER TABLE `users` MODIFY COLUMN `email` VARCHAR(100) NOT NULL"]
    /// );
    /// ```
    #[track_caller]
    pub fn alter_column(
        &mut self,
        table: impl Into<TableName>,
        column: impl Into<String>,
    ) -> Recording<'_, AlterColumn> {
        self.record(AlterColumn::new(table, column))
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
    AlterColumn:
    /// Its new name.
    rename_to(name: impl Into<String>) => rename = Some(name.into());
    /// Its new type.
    set_type(data_type: Type) => data_type = Some(data_type);
    /// The expression that converts values to the new type: PostgreSQL.
    using(expression: impl Into<String>) => using = Some(expression.into());
    /// Makes the column `NOT NULL`.
    set_not_null() => nullable = Some(false);
    /// Makes the column nullable.
    drop_not_null() => nullable = Some(true);
    /// Its new default: a value, [`sql`](crate::table::sql) or [`now`](crate::table::now).
    set_default(value: impl Into<Value>) => default = Change::To(value.into());
    /// Removes the default.
    drop_default() => default = Change::Remove;
    /// Its new comment.
    set_comment(comment: impl Into<String>) => comment = Change::To(comment.into());
    /// Removes the comment.
    drop_comment() => comment = Change::Remove;
    /// The existing column: needed on MySQL, which rewrites the column, and to reverse the operation.
    existing(column: Column) => existing = Some(column);
}

impl AlterColumn {
    /// Whether nothing changes but the name.
    pub(crate) fn only_renames(&self) -> bool {
        self.data_type.is_none()
            && self.nullable.is_none()
            && self.default.is_kept()
            && self.comment.is_kept()
    }

    /// The change of the name, as an operation of its own.
    pub(crate) fn renaming(&self) -> Option<RenameColumn> {
        let to = self.rename.clone()?;
        Some(RenameColumn { table: self.table.clone(), column: self.column.clone(), to })
    }

    /// The column as it is afterwards, where it is known what it was.
    pub(crate) fn outcome(&self) -> Option<Column> {
        let mut column = self.existing.clone()?;
        column.name.clone_from(self.rename.as_ref().unwrap_or(&self.column));
        if let Some(data_type) = &self.data_type {
            column.data_type = data_type.clone();
        }
        column.nullable = self.nullable.unwrap_or(column.nullable);
        apply(&mut column.default, &self.default);
        apply(&mut column.comment, &self.comment);
        Some(column)
    }
}

fn apply<T: Clone>(value: &mut Option<T>, change: &Change<T>) {
    if !change.is_kept() {
        *value = change.value().cloned();
    }
}

options! {
    DropColumn:
    /// Does nothing if the column does not exist: PostgreSQL and MariaDB.
    if_exists() => if_exists = true;
    /// The existing column, so that [`Operations::reverse_of`] can add it again, without its values.
    existing(column: Column) => existing = Some(column);
}
