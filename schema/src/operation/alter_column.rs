//! What alters a column.

use super::{Operations, Recording, RenameColumn};
use crate::table::{Column, Identity, SequenceOptions, TableName, Type, Value};

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
    /// The change of the collation.
    pub collation: Change<String>,
    /// The change of how the database generates numbers for it.
    pub identity: Change<Identity>,
    /// How the numbers go on, where the database begins to generate them: PostgreSQL.
    pub sequence: Option<SequenceOptions>,
    /// Whether an update of a row sets it to the current time: MySQL.
    pub now_on_update: Option<bool>,
    /// The change of the check in its own definition: MariaDB, where such a check has no name.
    pub own_check: Change<String>,
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
            collation: Change::Keep,
            identity: Change::Keep,
            sequence: None,
            now_on_update: None,
            own_check: Change::Keep,
            comment: Change::Keep,
            existing: None,
        }
    }
}

impl Operations {
    /// Alters a column; use the methods of the returned value to set the changes.
    ///
    /// MySQL rewrites the whole column (`MODIFY`) unless only its name or its default changes, and loses omitted
    /// attributes; so describe the column with [`existing`](Recording::existing) there. SQLite's own `ALTER TABLE`
    /// can only rename. PostgreSQL sets a collation together with the type, so [`existing`](Recording::existing) or
    /// [`set_type`](Recording::set_type) must say it there.
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
    /// Its new collation, which every database calls otherwise: see [`Operations::only_for`].
    set_collation(name: impl Into<String>) => collation = Change::To(name.into());
    /// Gives it the collation that a column of its type has by itself.
    drop_collation() => collation = Change::Remove;
    /// Lets the database generate numbers for rows without one, as [`Column::autoincrement`] does.
    ///
    /// They go on behind the greatest number that is there. On PostgreSQL the column must be `NOT NULL`, on MySQL the
    /// first of a key, and on SQLite the primary key.
    set_autoincrement() => identity = Change::To(Identity::ByDefault);
    /// Lets the database generate the number of every row, as [`Column::identity_always`] does: PostgreSQL.
    set_identity_always() => identity = Change::To(Identity::Always);
    /// How the numbers go on, with [`set_autoincrement`](Self::set_autoincrement) or
    /// [`set_identity_always`](Self::set_identity_always), where the database did not generate them before: PostgreSQL.
    sequence(options: SequenceOptions) => sequence = Some(options);
    /// Lets the database generate no numbers any more; those that are there stay. A `serial` of PostgreSQL becomes the
    /// integer that it is, without its sequence.
    drop_identity() => identity = Change::Remove;
    /// Lets every update of a row set the column to the current time, as [`Column::now_on_update`] does: MySQL.
    set_now_on_update() => now_on_update = Some(true);
    /// Lets updates leave the column as it is: MySQL.
    drop_now_on_update() => now_on_update = Some(false);
    /// Sets the check in its own definition: MariaDB, which keeps one such check of a column, without a name.
    ///
    /// Another database has checks of tables only: see [`Operations::create_check_constraint`].
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.alter_column("users", "age").set_own_check("age > 0").existing(integer("age"));
    /// assert_eq!(
    ///     op.sql(Dialect::Mysql).unwrap(),
    ///     ["ALTER TABLE `users` MODIFY COLUMN `age` INT NULL CHECK (age > 0)"]
    /// );
    /// ```
    set_own_check(condition: impl Into<String>) => own_check = Change::To(condition.into());
    /// Removes the check in its own definition, which `DROP CONSTRAINT` does not find: MariaDB.
    drop_own_check() => own_check = Change::Remove;
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
        self.only_renames_or_sets_default() && self.default.is_kept()
    }

    /// Whether nothing changes but the name and the default.
    pub(crate) fn only_renames_or_sets_default(&self) -> bool {
        self.data_type.is_none()
            && self.nullable.is_none()
            && self.collation.is_kept()
            && self.identity.is_kept()
            && self.now_on_update.is_none()
            && self.own_check.is_kept()
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
        if !self.collation.is_kept() {
            column.collations = self.collation.value().map(|name| (None, name.clone())).into_iter().collect();
        }
        if !self.identity.is_kept() {
            column.data_type = column.data_type.behind_serial().unwrap_or(column.data_type);
        }
        apply(&mut column.identity, &self.identity);
        if column.data_type.behind_serial().is_some() {
            (column.identity, column.nullable) = (None, false);
        }
        if column.identity.is_none() {
            column.sequence = None;
        }
        column.sequence = self.sequence.or(column.sequence);
        column.now_on_update = self.now_on_update.unwrap_or(column.now_on_update);
        if !self.own_check.is_kept() {
            column.set_own_check(self.own_check.value().map(String::as_str));
        }
        Some(column)
    }

    /// Whether the database generates numbers from now on, and has not before.
    pub(crate) fn begins_to_count(&self) -> bool {
        let counts = self.existing.as_ref().is_some_and(|column| column.identity.is_some());
        self.identity.value().is_some() && !counts
    }
}

fn apply<T: Clone>(value: &mut Option<T>, change: &Change<T>) {
    if !change.is_kept() {
        *value = change.value().cloned();
    }
}
