//! Foreign keys.

use super::{Deferrability, TableName};

/// A foreign key; made by [`foreign_key`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForeignKey {
    /// The name.
    pub name: Option<String>,
    /// The columns that refer.
    pub columns: Vec<String>,
    /// The table that is referred to.
    pub referred_table: TableName,
    /// The columns that are referred to.
    pub referred_columns: Vec<String>,
    /// What happens when a row is deleted that is referred to.
    pub on_delete: Option<ForeignKeyAction>,
    /// What happens when a key is changed that is referred to.
    pub on_update: Option<ForeignKeyAction>,
    /// How keys of several columns match that are null in part.
    pub matching: Option<ForeignKeyMatch>,
    /// Whether and when the check can be put off.
    pub deferrability: Option<Deferrability>,
}

/// What happens to a row when the one is deleted or changed that it refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ForeignKeyAction {
    /// Refused, at the end of the statement or of the transaction.
    NoAction,
    /// Refused at once.
    Restrict,
    /// It goes, or changes, too.
    Cascade,
    /// It refers to nothing any more.
    SetNull,
    /// It refers to the default of its column; InnoDB has no such thing.
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

/// How keys of several columns match that are null in part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ForeignKeyMatch {
    /// One null is enough for the key to refer to nothing: what all databases do by default.
    Simple,
    /// All columns are null or none is: PostgreSQL only.
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
            on_update: None,
            matching: None,
            deferrability: None,
        }
    }
}

setters! {
    ForeignKey:
    /// The name, where the convention should not make it.
    name(name: impl Into<String>) => name = Some(name.into());
    /// What happens when a row is deleted that is referred to.
    on_delete(action: ForeignKeyAction) => on_delete = Some(action);
    /// What happens when a key is changed that is referred to.
    on_update(action: ForeignKeyAction) => on_update = Some(action);
    /// How keys of several columns match that are null in part.
    matching(matching: ForeignKeyMatch) => matching = Some(matching);
    /// The check can be put off.
    deferrable(deferrability: Deferrability) => deferrability = Some(deferrability);
}
