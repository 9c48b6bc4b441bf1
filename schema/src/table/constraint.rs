//! Constraints of a table but for foreign keys.

use super::{ForeignKey, IndexKey, KeyOf};
use std::fmt;

/// A constraint of a table.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Constraint {
    /// The primary key.
    PrimaryKey(PrimaryKey),
    /// No two rows are equal in some columns.
    Unique(Unique),
    /// Every row fulfils a condition.
    Check(Check),
    /// Some columns refer to another table.
    ForeignKey(ForeignKey),
    /// No two rows conflict by some operators: PostgreSQL only.
    Exclusion(Exclusion),
}

/// The kind of a constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    /// Its name; `None` until the naming convention gives it one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::PrimaryKey(PrimaryKey { name, .. })
            | Self::Unique(Unique { name, .. })
            | Self::Check(Check { name, .. })
            | Self::ForeignKey(ForeignKey { name, .. })
            | Self::Exclusion(Exclusion { name, .. }) => name.as_deref(),
        }
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

macro_rules! into_constraint {
    ($($kind:ident)*) => {
        $(impl From<$kind> for Constraint {
            fn from(constraint: $kind) -> Self {
                Self::$kind(constraint)
            }
        })*
    };
}

into_constraint!(PrimaryKey Unique Check ForeignKey Exclusion);

/// When a constraint is checked, where that can be put off: PostgreSQL, and foreign keys of SQLite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Deferrability {
    /// After each statement, unless a transaction asks for its end.
    Immediate,
    /// At the end of the transaction, unless it asks for earlier.
    Deferred,
}

/// The primary key of a table; made by [`primary_key`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PrimaryKey {
    /// The name, which MySQL takes and does not keep.
    pub name: Option<String>,
    /// The columns.
    pub columns: Vec<String>,
    /// Whether and when the check can be put off.
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
    PrimaryKey { name: None, columns: columns.into_iter().map(Into::into).collect(), deferrability: None }
}

setters! {
    PrimaryKey:
    /// The name, where the convention should not make it.
    name(name: impl Into<String>) => name = Some(name.into());
    /// The check can be put off.
    deferrable(deferrability: Deferrability) => deferrability = Some(deferrability);
}

/// A unique constraint; made by [`unique`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unique {
    /// The name.
    pub name: Option<String>,
    /// The columns.
    pub columns: Vec<String>,
    /// Whether two nulls count as equal: PostgreSQL 15.
    pub nulls_not_distinct: bool,
    /// Whether and when the check can be put off.
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
    Unique { name: None, columns, nulls_not_distinct: false, deferrability: None }
}

setters! {
    Unique:
    /// The name, where the convention should not make it.
    name(name: impl Into<String>) => name = Some(name.into());
    /// Two nulls count as equal: PostgreSQL 15.
    nulls_not_distinct() => nulls_not_distinct = true;
    /// The check can be put off.
    deferrable(deferrability: Deferrability) => deferrability = Some(deferrability);
}

/// A check constraint; made by [`check`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Check {
    /// The name.
    pub name: Option<String>,
    /// The condition.
    pub condition: String,
}

/// A condition that every row fulfils, in SQL.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let mut op = Operations::default();
/// op.create_table("spans", [date("first"), date("last")]).with(check("first <= last").name("ck_spans_order"));
/// assert!(op.sql(Dialect::Mysql).unwrap()[0].contains("CONSTRAINT `ck_spans_order` CHECK (first <= last)"));
/// ```
pub fn check(condition: impl Into<String>) -> Check {
    Check { name: None, condition: condition.into() }
}

setters! {
    Check:
    /// The name, where the convention should not make it.
    name(name: impl Into<String>) => name = Some(name.into());
}

/// An exclusion constraint; made by [`exclusion`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exclusion {
    /// The name.
    pub name: Option<String>,
    /// The method of its index, such as `gist`.
    pub method: Option<String>,
    /// What is compared, and the operators that compare it.
    pub elements: Vec<(IndexKey, String)>,
    /// The rows that it is about, where not all.
    pub filter: Option<String>,
    /// Whether and when the check can be put off.
    pub deferrability: Option<Deferrability>,
}

/// A constraint that no two rows conflict: for no two of them do all the operators hold. PostgreSQL only.
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
    /// The name, where the convention should not make it.
    name(name: impl Into<String>) => name = Some(name.into());
    /// The method of its index, such as `gist`.
    using(method: impl Into<String>) => method = Some(method.into());
    /// Only rows that fulfil this condition count.
    filter(condition: impl Into<String>) => filter = Some(condition.into());
    /// The check can be put off.
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
