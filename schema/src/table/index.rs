//! Indexes.

use super::Expression;

/// An index; made by [`index`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Index {
    /// The name.
    pub name: Option<String>,
    /// What it is ordered by.
    pub keys: Vec<IndexKey>,
    /// Whether no two rows have the same keys.
    pub unique: bool,
    /// The rows that are in it, where not all: SQLite and PostgreSQL.
    pub filter: Option<String>,
    /// How it is built, such as `btree`, `gin` or `hash`: PostgreSQL and MySQL.
    pub method: Option<String>,
    /// Further columns that it holds without being ordered by them: PostgreSQL.
    pub include: Vec<String>,
    /// Whether two nulls count as equal in a unique index: PostgreSQL 15.
    pub nulls_not_distinct: bool,
}

/// One of the things that an index is ordered by; made by [`key`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexKey {
    /// A column or an expression.
    pub of: KeyOf,
    /// Upwards or downwards.
    pub order: Option<Order>,
    /// Where nulls stand: PostgreSQL.
    pub nulls: Option<Nulls>,
    /// How text is compared: SQLite and PostgreSQL.
    pub collation: Option<String>,
    /// The operator class: PostgreSQL.
    pub operator_class: Option<String>,
    /// How many characters (bytes of a binary column) MySQL takes from the beginning; nothing to the others.
    pub mysql_length: Option<u32>,
}

/// What a key of an index is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyOf {
    /// A column.
    Column(String),
    /// An expression: SQLite and PostgreSQL.
    Expression(String),
}

/// The order of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Order {
    /// Upwards.
    Ascending,
    /// Downwards.
    Descending,
}

/// Where nulls stand in the order of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Nulls {
    /// Before everything else.
    First,
    /// After everything else.
    Last,
}

/// An index of a table that is made together with it.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let mut op = Operations::default();
/// op.create_table("users", [text("email"), boolean("active")])
///     .with(index([key(sql("lower(email)"))]).name("ix_users_email").unique().filter("active"));
/// assert_eq!(
///     op.sql(Dialect::Postgres).unwrap()[1],
///     r#"CREATE UNIQUE INDEX "ix_users_email" ON "users" ((lower(email))) WHERE (active)"#
/// );
/// ```
pub fn index(keys: impl IntoIterator<Item = impl Into<IndexKey>>) -> Index {
    Index {
        name: None,
        keys: keys.into_iter().map(Into::into).collect(),
        unique: false,
        filter: None,
        method: None,
        include: Vec::new(),
        nulls_not_distinct: false,
    }
}

/// A key of an index: a column by its name, or an expression by [`sql`](super::sql).
///
/// Plain names and plain expressions will do where there are no options: `["name"]`, `[sql("lower(name)")]`.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let mut op = Operations::default();
/// op.create_index("ix_log_newest", "log", [key("user_id"), key("at").desc()]);
/// assert_eq!(
///     op.sql(Dialect::Mysql).unwrap(),
///     ["CREATE INDEX `ix_log_newest` ON `log` (`user_id`, `at` DESC)"]
/// );
/// ```
pub fn key(of: impl Into<IndexKey>) -> IndexKey {
    of.into()
}

setters! {
    Index:
    /// The name, where the convention should not make it.
    name(name: impl Into<String>) => name = Some(name.into());
    /// No two rows have the same keys.
    unique() => unique = true;
    /// Only rows that fulfil this condition are in it: SQLite and PostgreSQL.
    filter(condition: impl Into<String>) => filter = Some(condition.into());
    /// How it is built, such as `gin`: PostgreSQL and MySQL.
    using(method: impl Into<String>) => method = Some(method.into());
    /// Further columns that it holds: PostgreSQL.
    include(columns: impl IntoIterator<Item = impl Into<String>>) => include = columns.into_iter().map(Into::into).collect();
    /// Two nulls count as equal in a unique index: PostgreSQL 15.
    nulls_not_distinct() => nulls_not_distinct = true;
}

impl IndexKey {
    fn new(of: KeyOf) -> Self {
        Self { of, order: None, nulls: None, collation: None, operator_class: None, mysql_length: None }
    }
}

setters! {
    IndexKey:
    /// Upwards, which is the default.
    asc() => order = Some(Order::Ascending);
    /// Downwards.
    desc() => order = Some(Order::Descending);
    /// Where nulls stand: PostgreSQL.
    nulls(nulls: Nulls) => nulls = Some(nulls);
    /// How text is compared: SQLite and PostgreSQL.
    collate(collation: impl Into<String>) => collation = Some(collation.into());
    /// The operator class, such as `text_pattern_ops`: PostgreSQL.
    operator_class(class: impl Into<String>) => operator_class = Some(class.into());
    /// How many characters (bytes of a binary column) MySQL takes from the beginning, as it must of
    /// [`text`](super::text); the others take the whole.
    mysql_length(length: u32) => mysql_length = Some(length);
}

impl From<&str> for IndexKey {
    fn from(column: &str) -> Self {
        column.to_owned().into()
    }
}

impl From<String> for IndexKey {
    fn from(column: String) -> Self {
        Self::new(KeyOf::Column(column))
    }
}

impl From<&String> for IndexKey {
    fn from(column: &String) -> Self {
        column.clone().into()
    }
}

impl From<Expression> for IndexKey {
    fn from(expression: Expression) -> Self {
        Self::new(KeyOf::Expression(expression.0))
    }
}
