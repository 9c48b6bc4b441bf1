//! Columns.

use super::{Check, ForeignKey, ForeignKeyAction, TableName, Type, Value};
use servicekit_chain::Dialect;

/// A column of a table.
///
/// Create it with a function named after its type, such as [`text`](super::text), or with [`Column::new`]. It is
/// nullable unless [`not_null`](Column::not_null) is set, as in SQL.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let mut op = Operations::default();
/// op.add_column("users", string("country", 2).not_null().default("NO").comment("ISO 3166"));
/// assert_eq!(
///     op.sql(Dialect::Mysql).unwrap(),
///     ["ALTER TABLE `users` ADD COLUMN `country` VARCHAR(2) NOT NULL DEFAULT 'NO' COMMENT 'ISO 3166'"]
/// );
/// ```
#[allow(clippy::struct_excessive_bools, reason = "each is a property of its own")]
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Column {
    /// The name.
    pub name: String,
    /// The type.
    pub data_type: Type,
    /// Whether it can be null.
    pub nullable: bool,
    /// The default value.
    pub default: Option<Value>,
    /// Whether it is the primary key, or a part of it.
    pub primary_key: bool,
    /// Whether it has its own unique constraint.
    pub unique: bool,
    /// Whether it has its own index.
    pub indexed: bool,
    /// Its check constraints.
    pub checks: Vec<Check>,
    /// The column of another table that it refers to.
    pub references: Option<ForeignKey>,
    /// Whether the database generates numbers: autoincrement, identity.
    pub identity: Option<Identity>,
    /// The generation expression, for a generated column.
    pub generated: Option<Generated>,
    /// Its collations, by the name on each database.
    pub collations: Vec<(Option<Dialect>, String)>,
    /// The comment.
    pub comment: Option<String>,
}

/// How the database generates numbers for rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Identity {
    /// The database generates a number for a row without one.
    ByDefault,
    /// A row cannot set its own number (PostgreSQL's `GENERATED ALWAYS AS IDENTITY`).
    Always,
}

/// How a generated column is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Generated {
    /// The expression.
    pub expression: String,
    /// Whether the value is stored, or virtual: computed when it is read.
    pub stored: bool,
}

impl Column {
    /// A nullable column.
    pub fn new(name: impl Into<String>, data_type: Type) -> Self {
        Self {
            name: name.into(),
            data_type,
            nullable: true,
            default: None,
            primary_key: false,
            unique: false,
            indexed: false,
            checks: Vec::new(),
            references: None,
            identity: None,
            generated: None,
            collations: Vec::new(),
            comment: None,
        }
    }

    /// Makes it `NOT NULL` and the primary key, or a part of the key if several columns are.
    ///
    /// On SQLite an `integer` key always generates its numbers (lang_createtable.html, 5); for the same on every
    /// database use [`autoincrement`](Self::autoincrement).
    #[must_use]
    pub fn primary_key(mut self) -> Self {
        self.primary_key = true;
        self.nullable = false;
        self
    }

    /// Adds a check constraint, named by the [convention](super::NamingConvention).
    #[must_use]
    pub fn check(mut self, condition: impl Into<String>) -> Self {
        self.checks.push(super::check(condition));
        self
    }

    /// Adds a foreign key to this column of another table.
    #[must_use]
    pub fn references(mut self, table: impl Into<TableName>, column: impl Into<String>) -> Self {
        let key = self.references.get_or_insert_with(ForeignKey::nowhere);
        key.columns = vec![self.name.clone()];
        key.referred_table = table.into();
        key.referred_columns = vec![column.into()];
        self
    }

    /// Sets the action when the [referenced](Self::references) row is deleted.
    #[must_use]
    pub fn on_delete(mut self, action: ForeignKeyAction) -> Self {
        self.references.get_or_insert_with(ForeignKey::nowhere).on_delete = Some(action);
        self
    }

    /// Sets the action when the [referenced](Self::references) key is changed.
    #[must_use]
    pub fn on_update(mut self, action: ForeignKeyAction) -> Self {
        self.references.get_or_insert_with(ForeignKey::nowhere).on_update = Some(action);
        self
    }

    /// Sets its collation.
    #[must_use]
    pub fn collate(mut self, collation: impl Into<String>) -> Self {
        self.collations.push((None, collation.into()));
        self
    }

    /// Sets its collation on this database, instead of [`collate`](Self::collate).
    #[must_use]
    pub fn collate_on(mut self, dialect: Dialect, collation: impl Into<String>) -> Self {
        self.collations.push((Some(dialect), collation.into()));
        self
    }

    /// Sets another type for this database; see [`Type::on`].
    #[must_use]
    pub fn type_on(mut self, dialect: Dialect, other: Type) -> Self {
        self.data_type = self.data_type.on(dialect, other);
        self
    }

    /// The collation on this database.
    pub(crate) fn collation(&self, dialect: Dialect) -> Option<&str> {
        let of = |wanted| self.collations.iter().rfind(|(known, _)| *known == wanted);
        of(Some(dialect)).or_else(|| of(None)).map(|(_, name)| name.as_str())
    }
}

setters! {
    Column:
    /// Makes it `NOT NULL`.
    not_null() => nullable = false;
    /// Rows without a value get the next number, and no number is used twice.
    ///
    /// `GENERATED BY DEFAULT AS IDENTITY` on PostgreSQL, `AUTO_INCREMENT` on MySQL. On SQLite the column must be the
    /// primary key, and becomes `INTEGER PRIMARY KEY AUTOINCREMENT` for every kind of integer (autoinc.html).
    autoincrement() => identity = Some(Identity::ByDefault);
    /// Every row gets the next number and cannot set its own: PostgreSQL only.
    identity_always() => identity = Some(Identity::Always);
    /// Adds a unique constraint, named by the [convention](super::NamingConvention).
    unique() => unique = true;
    /// Adds an index, named by the [convention](super::NamingConvention).
    indexed() => indexed = true;
    /// Sets the default: a value, [`sql`](super::sql) or [`now`](super::now).
    default(value: impl Into<Value>) => default = Some(value.into());
    /// Makes it a stored generated column.
    generated(expression: impl Into<String>) => generated = Some(Generated { expression: expression.into(), stored: true });
    /// Makes it a virtual generated column, computed when it is read.
    ///
    /// Refused on PostgreSQL, which supports this only since version 18.
    generated_virtual(expression: impl Into<String>) => generated = Some(Generated { expression: expression.into(), stored: false });
    /// The comment.
    ///
    /// SQLite stores it as an SQL comment in the text of the table.
    comment(comment: impl Into<String>) => comment = Some(comment.into());
}
