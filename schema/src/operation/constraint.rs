//! Operations on constraints of existing tables.

use super::{Operation, Operations, Recording};
use crate::table::{
    self, Check, Condition, Constraint, ConstraintKind, Deferrability, Exclusion, ForeignKey,
    ForeignKeyAction, ForeignKeyMatch, IndexKey, Name, PrimaryKey, TableName, Unique,
};

/// Adds a constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AddConstraint<C = Constraint> {
    /// The table.
    pub table: TableName,
    /// The constraint.
    pub constraint: C,
}

/// Drops a constraint.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DropConstraint {
    /// The table.
    pub table: TableName,
    /// The constraint.
    pub name: String,
    /// Its kind.
    pub kind: ConstraintKind,
    /// Whether to do nothing if it does not exist: PostgreSQL and MariaDB.
    pub if_exists: bool,
    /// The existing definition, for the reverse.
    pub existing: Option<Constraint>,
}

/// Validates a constraint that was added without checking existing rows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ValidateConstraint {
    /// The table.
    pub table: TableName,
    /// The constraint.
    pub name: String,
}

impl<C: Into<Constraint>> AddConstraint<C> {
    /// Adds this constraint to this table.
    pub fn new(table: impl Into<TableName>, constraint: C) -> Self {
        Self { table: table.into(), constraint }
    }
}

impl DropConstraint {
    /// Drops the constraint with this name and kind.
    pub fn new(table: impl Into<TableName>, name: impl Into<String>, kind: ConstraintKind) -> Self {
        Self { table: table.into(), name: name.into(), kind, if_exists: false, existing: None }
    }
}

impl ValidateConstraint {
    /// Validates the constraint with this name.
    pub fn new(table: impl Into<TableName>, name: impl Into<String>) -> Self {
        Self { table: table.into(), name: name.into() }
    }
}

impl Operations {
    /// Adds a primary key to a table without one. MySQL ignores the name.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.create_primary_key(by_convention(), "users", ["id"]);
    /// assert_eq!(
    ///     op.sql(Dialect::Postgres).unwrap(),
    ///     [r#"ALTER TABLE "users" ADD CONSTRAINT "pk_users" PRIMARY KEY ("id")"#]
    /// );
    /// ```
    #[track_caller]
    pub fn create_primary_key(
        &mut self,
        name: impl Into<Name>,
        table: impl Into<TableName>,
        columns: impl IntoIterator<Item = impl Into<String>>,
    ) -> Recording<'_, AddConstraint<PrimaryKey>> {
        let constraint = PrimaryKey { name: name.into().0, ..table::primary_key(columns) };
        self.record(AddConstraint::new(table, constraint))
    }

    /// Adds a unique constraint.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.create_unique_constraint("uq_users_email", "users", ["email"]);
    /// assert_eq!(
    ///     op.sql(Dialect::Mysql).unwrap(),
    ///     ["ALTER TABLE `users` ADD CONSTRAINT `uq_users_email` UNIQUE (`email`)"]
    /// );
    /// ```
    #[track_caller]
    pub fn create_unique_constraint(
        &mut self,
        name: impl Into<Name>,
        table: impl Into<TableName>,
        columns: impl IntoIterator<Item = impl Into<String>>,
    ) -> Recording<'_, AddConstraint<Unique>> {
        let constraint = Unique { name: name.into().0, ..table::unique(columns) };
        self.record(AddConstraint::new(table, constraint))
    }

    /// Adds a check constraint. It needs a name, because the convention has none for it.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.create_check_constraint("ck_users_age", "users", "age >= 0").not_valid();
    /// assert_eq!(
    ///     op.sql(Dialect::Postgres).unwrap(),
    ///     [r#"ALTER TABLE "users" ADD CONSTRAINT "ck_users_age" CHECK (age >= 0) NOT VALID"#]
    /// );
    /// ```
    #[track_caller]
    pub fn create_check_constraint(
        &mut self,
        name: impl Into<String>,
        table: impl Into<TableName>,
        condition: impl Into<Condition>,
    ) -> Recording<'_, AddConstraint<Check>> {
        let constraint = table::check(condition).name(name);
        self.record(AddConstraint::new(table, constraint))
    }

    /// Adds a foreign key from columns of one table to those of another.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.create_foreign_key(by_convention(), "orders", "users", ["user_id"], ["id"])
    ///     .on_delete(ForeignKeyAction::Cascade);
    /// assert_eq!(
    ///     op.sql(Dialect::Postgres).unwrap(),
    ///     [r#"ALTER TABLE "orders" ADD CONSTRAINT "fk_orders_user_id_users" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE"#]
    /// );
    /// ```
    #[track_caller]
    pub fn create_foreign_key(
        &mut self,
        name: impl Into<Name>,
        table: impl Into<TableName>,
        referred_table: impl Into<TableName>,
        columns: impl IntoIterator<Item = impl Into<String>>,
        referred_columns: impl IntoIterator<Item = impl Into<String>>,
    ) -> Recording<'_, AddConstraint<ForeignKey>> {
        let key = table::foreign_key(columns, referred_table, referred_columns);
        let constraint = ForeignKey { name: name.into().0, ..key };
        self.record(AddConstraint::new(table, constraint))
    }

    /// Adds an exclusion constraint: PostgreSQL only. See [`exclusion`](crate::table::exclusion).
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.create_exclude_constraint("ex_stays", "stays", [("during", "&&")]).using("gist");
    /// assert_eq!(
    ///     op.sql(Dialect::Postgres).unwrap(),
    ///     [r#"ALTER TABLE "stays" ADD CONSTRAINT "ex_stays" EXCLUDE USING "gist" ("during" WITH &&)"#]
    /// );
    /// ```
    #[track_caller]
    pub fn create_exclude_constraint(
        &mut self,
        name: impl Into<Name>,
        table: impl Into<TableName>,
        elements: impl IntoIterator<Item = (impl Into<IndexKey>, impl Into<String>)>,
    ) -> Recording<'_, AddConstraint<Exclusion>> {
        let constraint = Exclusion { name: name.into().0, ..table::exclusion(elements) };
        self.record(AddConstraint::new(table, constraint))
    }

    /// Validates a constraint that was added with [`not_valid`](Recording::not_valid): PostgreSQL only.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.validate_constraint("ck_users_age", "users");
    /// assert_eq!(
    ///     op.sql(Dialect::Postgres).unwrap(),
    ///     [r#"ALTER TABLE "users" VALIDATE CONSTRAINT "ck_users_age""#]
    /// );
    /// ```
    #[track_caller]
    pub fn validate_constraint(
        &mut self,
        name: impl Into<String>,
        table: impl Into<TableName>,
    ) -> Recording<'_, ValidateConstraint> {
        self.record(ValidateConstraint::new(table, name))
    }
}

macro_rules! drops {
    ($($(#[$doc:meta])* $name:ident => $kind:ident;)*) => {
        impl Operations {
            $(
                $(#[$doc])*
                #[track_caller]
                pub fn $name(
                    &mut self,
                    name: impl Into<String>,
                    table: impl Into<TableName>,
                ) -> Recording<'_, DropConstraint> {
                    self.record(DropConstraint::new(table, name, ConstraintKind::$kind))
                }
            )*
        }
    };
}

drops! {
    /// Drops the primary key. MySQL ignores the name.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.drop_primary_key("pk_users", "users");
    /// assert_eq!(op.sql(Dialect::Mysql).unwrap(), ["ALTER TABLE `users` DROP PRIMARY KEY"]);
    /// ```
    drop_primary_key => PrimaryKey;
    /// Drops a unique constraint.
    drop_unique_constraint => Unique;
    /// Drops a check constraint.
    drop_check_constraint => Check;
    /// Drops a foreign key; the index that MySQL created for it stays.
    drop_foreign_key => ForeignKey;
    /// Drops an exclusion constraint.
    drop_exclude_constraint => Exclusion;
}

macro_rules! deferrable {
    ($($kind:ident)*) => {
        $(impl Recording<'_, AddConstraint<$kind>> {
            /// Makes the check deferrable; see [`Deferrability`].
            pub fn deferrable(self, deferrability: Deferrability) -> Self {
                self.with_option(|add| add.constraint.deferrability = Some(deferrability))
            }
        })*
    };
}

deferrable!(PrimaryKey Unique ForeignKey Exclusion);

options! {
    AddConstraint<Unique>:
    /// Treats nulls as equal: PostgreSQL 15.
    nulls_not_distinct() => constraint.nulls_not_distinct = true;
    /// Additional stored columns of its index: PostgreSQL.
    include(columns: impl IntoIterator<Item = impl Into<String>>) => constraint.include = columns.into_iter().map(Into::into).collect();
}

options! {
    AddConstraint<PrimaryKey>:
    /// Additional stored columns of its index: PostgreSQL.
    include(columns: impl IntoIterator<Item = impl Into<String>>) => constraint.include = columns.into_iter().map(Into::into).collect();
}

options! {
    AddConstraint<Check>:
    /// Skips the check of existing rows, so that the table is only locked briefly: PostgreSQL.
    not_valid() => constraint.not_valid = true;
    /// Leaves it out in tables that inherit: PostgreSQL.
    no_inherit() => constraint.no_inherit = true;
    /// Only documents the condition, which is never checked: PostgreSQL 18.
    not_enforced() => constraint.not_enforced = true;
}

options! {
    AddConstraint<ForeignKey>:
    /// The action when the referenced row is deleted.
    on_delete(action: ForeignKeyAction) => constraint.on_delete = Some(action);
    /// The action when the referenced key is changed.
    on_update(action: ForeignKeyAction) => constraint.on_update = Some(action);
    /// How keys of several columns match if some are null.
    matching(matching: ForeignKeyMatch) => constraint.matching = Some(matching);
    /// The columns that `SET NULL` or `SET DEFAULT` sets when the referenced row is deleted, if not all: PostgreSQL 15.
    on_delete_columns(columns: impl IntoIterator<Item = impl Into<String>>) => constraint.on_delete_columns = columns.into_iter().map(Into::into).collect();
    /// Skips the check of existing rows, so that the tables are only locked briefly: PostgreSQL.
    not_valid() => constraint.not_valid = true;
    /// Only documents the reference, which is never checked: PostgreSQL 18.
    not_enforced() => constraint.not_enforced = true;
}

options! {
    AddConstraint<Exclusion>:
    /// The index method, such as `gist`.
    using(method: impl Into<String>) => constraint.method = Some(method.into());
    /// Limits the constraint to rows that satisfy this condition.
    filter(condition: impl Into<String>) => constraint.filter = Some(condition.into());
}

options! {
    DropConstraint:
    /// Does nothing if the constraint does not exist: PostgreSQL and MariaDB.
    if_exists() => if_exists = true;
    /// The existing constraint, so that [`Operations::reverse_of`] can add it again.
    existing(constraint: impl Into<Constraint>) => existing = Some(constraint.into());
}

impl<C: Into<Constraint>> From<AddConstraint<C>> for Operation {
    fn from(add: AddConstraint<C>) -> Self {
        let AddConstraint { table, constraint } = add;
        Self::AddConstraint(AddConstraint { table, constraint: constraint.into() })
    }
}
