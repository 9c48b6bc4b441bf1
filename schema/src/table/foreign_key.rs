//! Foreign keys.

use super::{Deferrability, TableName};

/// A foreign key; created by [`foreign_key`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForeignKey {
    /// The name.
    pub name: Option<String>,
    /// The referencing columns.
    pub columns: Vec<String>,
    /// The referenced table.
    pub referred_table: TableName,
    /// The referenced columns.
    pub referred_columns: Vec<String>,
    /// The action when the referenced row is deleted.
    pub on_delete: Option<ForeignKeyAction>,
    /// The columns that `SET NULL` or `SET DEFAULT` sets when the referenced row is deleted, if not all: PostgreSQL 15.
    pub on_delete_columns: Vec<String>,
    /// The action when the referenced key is changed.
    pub on_update: Option<ForeignKeyAction>,
    /// How keys of several columns match if some are null.
    pub matching: Option<ForeignKeyMatch>,
    /// Whether and how the check is deferrable.
    pub deferrability: Option<Deferrability>,
    /// Whether existing rows were not checked: PostgreSQL.
    pub not_valid: bool,
    /// Whether new rows are not checked either: PostgreSQL 18.
    pub not_enforced: bool,
}

/// The action when the referenced row is deleted or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ForeignKeyAction {
    /// An error at the end of the statement or of the transaction.
    NoAction,
    /// An immediate error.
    Restrict,
    /// Deletes or changes the row too.
    Cascade,
    /// Sets the columns to null.
    SetNull,
    /// Sets the columns to their default; not supported by InnoDB.
    SetDefault,
}

impl ForeignKeyAction {
    /// The words of SQL.
    pub(crate) fn sql(self) -> &'static str {
        match self {
            Self::NoAction => "NO ACTION",
            Self::Restrict => "RESTRICT",
            Self::Cascade => "CASCADE",
            Self::SetNull => "SET NULL",
            Self::SetDefault => "SET DEFAULT",
        }
    }
}

/// How keys of several columns match if some are null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ForeignKeyMatch {
    /// A key with a null refers to nothing: the default of all databases.
    Simple,
    /// Either all columns are null or none: PostgreSQL only.
    Full,
}

/// A foreign key of one column or of several; [`Column::references`](super::Column::references) is shorter for one.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let mut op = Operations::default();
/// op.create_table("lines", [integer("order_year"), integer("order_number")]).with(
///     foreign_key(["order_year", "order_number"], "orders", ["year", "number"])
///         .on_delete(ForeignKeyAction::Restrict),
/// );
/// assert!(op.sql(Dialect::Sqlite).unwrap()[0].contains(r#"REFERENCES "orders" ("year", "number") ON DELETE RESTRICT"#));
/// ```
pub fn foreign_key(
    columns: impl IntoIterator<Item = impl Into<String>>,
    referred_table: impl Into<TableName>,
    referred_columns: impl IntoIterator<Item = impl Into<String>>,
) -> ForeignKey {
    ForeignKey {
        columns: columns.into_iter().map(Into::into).collect(),
        referred_table: referred_table.into(),
        referred_columns: referred_columns.into_iter().map(Into::into).collect(),
        ..ForeignKey::nowhere()
    }
}

impl ForeignKey {
    /// A foreign key of which only the actions are known so far.
    pub(crate) fn nowhere() -> Self {
        Self {
            name: None,
            columns: Vec::new(),
            referred_table: TableName::from(""),
            referred_columns: Vec::new(),
            on_delete: None,
            on_delete_columns: Vec::new(),
            on_update: None,
            matching: None,
            deferrability: None,
            not_valid: false,
            not_enforced: false,
        }
    }
}

setters! {
    ForeignKey:
    /// Sets the name, instead of the convention.
    name(name: impl Into<String>) => name = Some(name.into());
    /// The action when the referenced row is deleted.
    on_delete(action: ForeignKeyAction) => on_delete = Some(action);
    /// The action when the referenced key is changed.
    on_update(action: ForeignKeyAction) => on_update = Some(action);
    /// How keys of several columns match if some are null.
    matching(matching: ForeignKeyMatch) => matching = Some(matching);
    /// Makes the check deferrable.
    deferrable(deferrability: Deferrability) => deferrability = Some(deferrability);
    /// The columns that `SET NULL` or `SET DEFAULT` sets when the referenced row is deleted, if not all: PostgreSQL 15.
    on_delete_columns(columns: impl IntoIterator<Item = impl Into<String>>) => on_delete_columns = columns.into_iter().map(Into::into).collect();
    /// Skips the check of existing rows: PostgreSQL.
    not_valid() => not_valid = true;
    /// Only documents the reference, which is never checked: PostgreSQL 18.
    not_enforced() => not_enforced = true;
}
