//! Columns are added, altered, dropped and renamed.

use super::{Operations, Recording};
use crate::table::{Column, Constraint, Index, TableName, Type, Value};

/// A column is added.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AddColumn {
    /// The table.
    pub table: TableName,
    /// The column.
    pub column: Column,
    /// The constraints of the column, taken out of it when it is recorded.
    pub constraints: Vec<Constraint>,
    /// The indexes of the column, taken out of it when it is recorded.
    pub indexes: Vec<Index>,
    /// Whether it is fine that there is one of this name.
    pub if_not_exists: bool,
}

/// A column is altered.
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
    /// The expression that makes the new value of the old one: PostgreSQL.
    pub using: Option<String>,
    /// Whether it can be null from now on.
    pub nullable: Option<bool>,
    /// Its default from now on.
    pub default: Change<Value>,
    /// Its comment from now on.
    pub comment: Change<String>,
    /// What it is before.
    pub existing: Option<Column>,
}

/// What becomes of something that may be there or not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change<T> {
    /// It stays as it is.
    Keep,
    /// It is there no more.
    Remove,
    /// It is this.
    To(T),
}

impl<T> Change<T> {
    pub(crate) fn is_kept(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

/// A column is dropped.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DropColumn {
    /// The table.
    pub table: TableName,
    /// The column.
    pub column: String,
    /// Whether it is fine that there is none.
    pub if_exists: bool,
    /// What it is, so that the operation can be reversed.
    pub existing: Option<Column>,
    /// The constraints of the existing column, taken out of it when it is recorded; they go first.
    pub constraints: Vec<Constraint>,
    /// The indexes of the existing column, taken out of it when it is recorded; they go first.
    pub indexes: Vec<Index>,
}

/// A column is renamed.
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
    /// This column is added to this table.
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
    /// This column stays as it is, until something of it is changed.
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
    /// This column is dropped.
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
    /// This column has another name from now on.
    pub fn new(table: impl Into<TableName>, column: impl Into<String>, to: impl Into<String>) -> Self {
        Self { table: table.into(), column: column.into(), to: to.into() }
    }
}

impl Operations {
    /// Adds a column, with the constraints and the index that it has by itself.
    ///
    /// A table with rows needs a default for a column that is not null. On SQLite the default must be a plain value, and
    /// the column can be neither the key nor unique (lang_altertable.html, 4).
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

    /// Alters a column; the methods of what this returns say what changes.
    ///
    /// MySQL rewrites the whole column (`MODIFY`) unless only its name or its default changes, and what is left out
    /// is lost; so [`existing`](Recording::existing) must say there what the column is. SQLite's own `ALTER TABLE` only
    /// renames.
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
    /// An index of it has to go before on SQLite, a foreign key or a check of it on MySQL; those that
    /// [`existing`](Recording::existing) names do.
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
    /// It is fine that there is a column of this name: PostgreSQL.
    if_not_exists() => if_not_exists = true;
}

options! {
    AlterColumn:
    /// Its new name.
    rename_to(name: impl Into<String>) => rename = Some(name.into());
    /// Its new type.
    set_type(data_type: Type) => data_type = Some(data_type);
    /// The expression that makes a value of the new type: PostgreSQL.
    using(expression: impl Into<String>) => using = Some(expression.into());
    /// It cannot be null any more.
    set_not_null() => nullable = Some(false);
    /// It can be null from now on.
    drop_not_null() => nullable = Some(true);
    /// Its new default: a value, [`sql`](crate::table::sql) or [`now`](crate::table::now).
    set_default(value: impl Into<Value>) => default = Change::To(value.into());
    /// It has no default any more.
    drop_default() => default = Change::Remove;
    /// Its new comment.
    set_comment(comment: impl Into<String>) => comment = Change::To(comment.into());
    /// It has no comment any more.
    drop_comment() => comment = Change::Remove;
    /// What the column is before: needed on MySQL, which rewrites it, and to reverse the operation.
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
    match change {
        Change::Keep => {}
        Change::Remove => *value = None,
        Change::To(new) => *value = Some(new.clone()),
    }
}

options! {
    DropColumn:
    /// It is fine that there is no such column: PostgreSQL.
    if_exists() => if_exists = true;
    /// What the column is, so that [`Operations::reverse_of`] can add it again, without its values.
    existing(column: Column) => existing = Some(column);
}
