//! Constraints of a table, except foreign keys.

use super::{Condition, ForeignKey, IndexKey, KeyOf};
use std::fmt;

/// A constraint of a table.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Constraint {
    /// The primary key.
    PrimaryKey(PrimaryKey),
    /// A unique constraint.
    Unique(Unique),
    /// A check constraint.
    Check(Check),
    /// A foreign key.
    ForeignKey(ForeignKey),
    /// An exclusion constraint: PostgreSQL only.
    Exclusion(Exclusion),
}

/// The kind of a constraint, in the order in which they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ConstraintKind {
    /// A primary key.
    PrimaryKey,
    /// A unique constraint.
    Unique,
    /// A check constraint.
    Check,
    /// A foreign key.
    ForeignKey,
    /// An exclusion constraint.
    Exclusion,
}

impl fmt::Display for ConstraintKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PrimaryKey => "primary key",
            Self::Unique => "unique constraint",
            Self::Check => "check constraint",
            Self::ForeignKey => "foreign key",
            Self::Exclusion => "exclusion constraint",
        })
    }
}

impl Constraint {
    /// Its kind.
    pub fn kind(&self) -> ConstraintKind {
        match self {
            Self::PrimaryKey(_) => ConstraintKind::PrimaryKey,
            Self::Unique(_) => ConstraintKind::Unique,
            Self::Check(_) => ConstraintKind::Check,
            Self::ForeignKey(_) => ConstraintKind::ForeignKey,
            Self::Exclusion(_) => ConstraintKind::Exclusion,
        }
    }

    /// Its name; `None` until the naming convention sets it.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::PrimaryKey(PrimaryKey { name, .. })
            | Self::Unique(Unique { name, .. })
            | Self::Check(Check { name, .. })
            | Self::ForeignKey(ForeignKey { name, .. })
            | Self::Exclusion(Exclusion { name, .. }) => name.as_deref(),
        }
    }

    /// Whether existing rows were not checked.
    pub(crate) fn is_not_valid(&self) -> bool {
        match self {
            Self::Check(check) => check.not_valid,
            Self::ForeignKey(key) => key.not_valid,
            _ => false,
        }
    }

    /// Whether the rows that are there have to satisfy it when it is added.
    pub(crate) fn checks_rows(&self) -> bool {
        let is_enforced = match self {
            Self::Check(check) => !check.not_enforced,
            Self::ForeignKey(key) => !key.not_enforced,
            _ => true,
        };
        is_enforced && !self.is_not_valid()
    }

    pub(crate) fn name_mut(&mut self) -> &mut Option<String> {
        match self {
            Self::PrimaryKey(PrimaryKey { name, .. })
            | Self::Unique(Unique { name, .. })
            | Self::Check(Check { name, .. })
            | Self::ForeignKey(ForeignKey { name, .. })
            | Self::Exclusion(Exclusion { name, .. }) => name,
        }
    }

    /// The columns of the table that it is about, as far as they are given by name.
    pub(crate) fn columns(&self) -> Vec<&str> {
        match self {
            Self::PrimaryKey(PrimaryKey { columns, .. })
            | Self::Unique(Unique { columns, .. })
            | Self::ForeignKey(ForeignKey { columns, .. }) => columns.iter().map(String::as_str).collect(),
            Self::Check(_) => Vec::new(),
            Self::Exclusion(exclusion) => {
                exclusion.elements.iter().filter_map(|(key, _)| key.column()).collect()
            }
        }
    }
}

from! {
    Constraint:
    PrimaryKey => |key| Self::PrimaryKey(key);
    Unique => |unique| Self::Unique(unique);
    Check => |check| Self::Check(check);
    ForeignKey => |key| Self::ForeignKey(key);
    Exclusion => |exclusion| Self::Exclusion(exclusion);
}

/// When a deferrable constraint is checked: PostgreSQL, and foreign keys of SQLite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Deferrability {
    /// After each statement, unless a transaction defers it.
    Immediate,
    /// At the end of the transaction, unless it sets another time.
    Deferred,
}

/// The primary key of a table; created by [`primary_key`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PrimaryKey {
    /// The name, which MySQL ignores.
    pub name: Option<String>,
    /// The columns.
    pub columns: Vec<String>,
    /// Additional stored columns of its index: PostgreSQL.
    pub include: Vec<String>,
    /// Whether and how the check is deferrable.
    pub deferrability: Option<Deferrability>,
}

/// A primary key of several columns.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let mut op = Operations::default();
/// op.create_table("stars", [ulid("user_id").not_null(), ulid("item_id").not_null()])
///     .with(primary_key(["user_id", "item_id"]));
/// assert!(op.sql(Dialect::Postgres).unwrap()[0].contains(r#"PRIMARY KEY ("user_id", "item_id")"#));
/// ```
pub fn primary_key(columns: impl IntoIterator<Item = impl Into<String>>) -> PrimaryKey {
    let columns = columns.into_iter().map(Into::into).collect();
    PrimaryKey { name: None, columns, include: Vec::new(), deferrability: None }
}

setters! {
    PrimaryKey:
    /// Sets the name, instead of the convention.
    name(name: impl Into<String>) => name = Some(name.into());
    /// Additional stored columns of its index: PostgreSQL.
    include(columns: impl IntoIterator<Item = impl Into<String>>) => include = columns.into_iter().map(Into::into).collect();
    /// Makes the check deferrable.
    deferrable(deferrability: Deferrability) => deferrability = Some(deferrability);
}

/// A unique constraint; created by [`unique`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unique {
    /// The name.
    pub name: Option<String>,
    /// The columns.
    pub columns: Vec<String>,
    /// Additional stored columns of its index: PostgreSQL.
    pub include: Vec<String>,
    /// Whether nulls are equal: PostgreSQL 15.
    pub nulls_not_distinct: bool,
    /// Whether and how the check is deferrable.
    pub deferrability: Option<Deferrability>,
}

/// A unique constraint of one column or of several.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let mut op = Operations::default();
/// op.create_table("pages", [text("site"), text("path")]).with(unique(["site", "path"]));
/// assert!(op.sql(Dialect::Sqlite).unwrap()[0].contains(r#"CONSTRAINT "uq_pages_site_path" UNIQUE"#));
/// ```
pub fn unique(columns: impl IntoIterator<Item = impl Into<String>>) -> Unique {
    let columns = columns.into_iter().map(Into::into).collect();
    Unique { name: None, columns, include: Vec::new(), nulls_not_distinct: false, deferrability: None }
}

setters! {
    Unique:
    /// Sets the name, instead of the convention.
    name(name: impl Into<String>) => name = Some(name.into());
    /// Additional stored columns of its index: PostgreSQL.
    include(columns: impl IntoIterator<Item = impl Into<String>>) => include = columns.into_iter().map(Into::into).collect();
    /// Treats nulls as equal: PostgreSQL 15.
    nulls_not_distinct() => nulls_not_distinct = true;
    /// Makes the check deferrable.
    deferrable(deferrability: Deferrability) => deferrability = Some(deferrability);
}

/// A check constraint; created by [`check`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Check {
    /// The name.
    pub name: Option<String>,
    /// The condition.
    pub condition: Condition,
    /// Whether tables that inherit do not have it: PostgreSQL.
    pub no_inherit: bool,
    /// Whether existing rows were not checked: PostgreSQL.
    pub not_valid: bool,
    /// Whether new rows are not checked either: PostgreSQL 18 and MySQL.
    pub not_enforced: bool,
}

/// A check constraint with an SQL condition, or [`one_of`](super::one_of).
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let mut op = Operations::default();
/// op.create_table("spans", [date("first"), date("last")]).with(check("first <= last").name("ck_spans_order"));
/// assert!(op.sql(Dialect::Mysql).unwrap()[0].contains("CONSTRAINT `ck_spans_order` CHECK (first <= last)"));
/// ```
pub fn check(condition: impl Into<Condition>) -> Check {
    Check {
        name: None,
        condition: condition.into(),
        no_inherit: false,
        not_valid: false,
        not_enforced: false,
    }
}

setters! {
    Check:
    /// Sets the name, instead of the convention.
    name(name: impl Into<String>) => name = Some(name.into());
    /// Leaves it out in tables that inherit: PostgreSQL.
    no_inherit() => no_inherit = true;
    /// Skips the check of existing rows: PostgreSQL.
    not_valid() => not_valid = true;
    /// Only documents the condition, which is never checked: PostgreSQL 18 and MySQL.
    not_enforced() => not_enforced = true;
}

/// An exclusion constraint; created by [`exclusion`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exclusion {
    /// The name.
    pub name: Option<String>,
    /// The index method, such as `gist`.
    pub method: Option<String>,
    /// The compared columns or expressions, with their operators.
    pub elements: Vec<(IndexKey, String)>,
    /// The condition, if it is only for some rows.
    pub filter: Option<String>,
    /// Whether and how the check is deferrable.
    pub deferrability: Option<Deferrability>,
}

/// An exclusion constraint: there are no two rows for which all operators are true. PostgreSQL only.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let mut op = Operations::default();
/// op.create_table("stays", [custom("during", "tstzrange")])
///     .with(exclusion([("during", "&&")]).using("gist"));
/// assert!(op.sql(Dialect::Postgres).unwrap()[0].contains(r#"EXCLUDE USING "gist" ("during" WITH &&)"#));
/// ```
pub fn exclusion(elements: impl IntoIterator<Item = (impl Into<IndexKey>, impl Into<String>)>) -> Exclusion {
    let elements = elements.into_iter().map(|(key, operator)| (key.into(), operator.into())).collect();
    Exclusion { name: None, method: None, elements, filter: None, deferrability: None }
}

setters! {
    Exclusion:
    /// Sets the name, instead of the convention.
    name(name: impl Into<String>) => name = Some(name.into());
    /// The index method, such as `gist`.
    using(method: impl Into<String>) => method = Some(method.into());
    /// Limits the constraint to rows that satisfy this condition.
    filter(condition: impl Into<String>) => filter = Some(condition.into());
    /// Makes the check deferrable.
    deferrable(deferrability: Deferrability) => deferrability = Some(deferrability);
}

impl IndexKey {
    /// The column that it is, unless it is an expression.
    pub(crate) fn column(&self) -> Option<&str> {
        match &self.of {
            KeyOf::Column(name) => Some(name),
            KeyOf::Expression(_) => None,
        }
    }
}
