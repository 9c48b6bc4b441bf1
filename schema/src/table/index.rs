//! Indexes.

use super::Expression;

/// An index; created by [`index`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Index {
    /// The name.
    pub name: Option<String>,
    /// The keys.
    pub keys: Vec<IndexKey>,
    /// Whether it is unique.
    pub unique: bool,
    /// The condition for the indexed rows: SQLite and PostgreSQL.
    pub filter: Option<String>,
    /// The index method, such as `btree`, `gin` or `hash`: PostgreSQL and MySQL.
    pub method: Option<String>,
    /// Additional stored columns that are not keys: PostgreSQL.
    pub include: Vec<String>,
    /// Whether nulls are equal in a unique index: PostgreSQL 15.
    pub nulls_not_distinct: bool,
    /// The storage options, by their names: PostgreSQL.
    pub options: Vec<(String, String)>,
    /// The comment.
    pub comment: Option<String>,
}

/// A key of an index; created by [`key`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexKey {
    /// A column or an expression.
    pub of: KeyOf,
    /// Ascending or descending.
    pub order: Option<Order>,
    /// The position of nulls: PostgreSQL.
    pub nulls: Option<Nulls>,
    /// The collation: SQLite and PostgreSQL.
    pub collation: Option<String>,
    /// The operator class: PostgreSQL.
    pub operator_class: Option<String>,
    /// The length of the prefix on MySQL, in characters or bytes; ignored on other databases.
    pub mysql_length: Option<u32>,
}

/// A column or an expression of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyOf {
    /// A column.
    Column(String),
    /// An expression: SQLite, PostgreSQL and MySQL, not MariaDB.
    Expression(String),
}

/// The order of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Order {
    /// Ascending.
    Ascending,
    /// Descending.
    Descending,
}

/// The position of nulls in the order of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Nulls {
    /// First.
    First,
    /// Last.
    Last,
}

/// An index that is created together with its table.
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
        options: Vec::new(),
        comment: None,
    }
}

/// A key of an index: a column by its name, or an expression by [`sql`](super::sql).
///
/// Without options, use plain names and expressions: `["name"]`, `[sql("lower(name)")]`.
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
    /// Sets the name, instead of the convention.
    name(name: impl Into<String>) => name = Some(name.into());
    /// Makes the index unique.
    unique() => unique = true;
    /// Limits the index to rows that satisfy this condition: SQLite and PostgreSQL.
    filter(condition: impl Into<String>) => filter = Some(condition.into());
    /// The index method, such as `gin`: PostgreSQL and MySQL.
    using(method: impl Into<String>) => method = Some(method.into());
    /// Additional stored columns: PostgreSQL.
    include(columns: impl IntoIterator<Item = impl Into<String>>) => include = columns.into_iter().map(Into::into).collect();
    /// Treats nulls as equal in a unique index: PostgreSQL 15.
    nulls_not_distinct() => nulls_not_distinct = true;
    /// The comment. SQLite stores it as an SQL comment in the text of the index.
    comment(comment: impl Into<String>) => comment = Some(comment.into());
}

impl Index {
    /// Sets a storage option, such as `fillfactor`: PostgreSQL.
    #[must_use]
    pub fn option(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.push((name.into(), value.into()));
        self
    }
}

impl IndexKey {
    pub(crate) fn new(of: KeyOf) -> Self {
        Self { of, order: None, nulls: None, collation: None, operator_class: None, mysql_length: None }
    }
}

setters! {
    IndexKey:
    /// Ascending, the default.
    asc() => order = Some(Order::Ascending);
    /// Descending.
    desc() => order = Some(Order::Descending);
    /// The position of nulls: PostgreSQL.
    nulls(nulls: Nulls) => nulls = Some(nulls);
    /// The collation: SQLite and PostgreSQL.
    collate(collation: impl Into<String>) => collation = Some(collation.into());
    /// The operator class, such as `text_pattern_ops`: PostgreSQL.
    operator_class(class: impl Into<String>) => operator_class = Some(class.into());
    /// Sets the length of the prefix that MySQL indexes, in characters or bytes; required for [`text`](super::text),
    /// and ignored on other databases.
    mysql_length(length: u32) => mysql_length = Some(length);
}

from! {
    IndexKey:
    &str => |column| column.to_owned().into();
    String => |column| Self::new(KeyOf::Column(column));
    &String => |column| column.clone().into();
    Expression => |expression| Self::new(KeyOf::Expression(expression.0));
}
