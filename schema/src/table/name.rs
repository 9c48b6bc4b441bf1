//! Names of tables, and names by the naming convention.

use std::fmt;

/// The name of a table, optionally with its schema.
///
/// On MySQL a schema is a database; on SQLite it is `main`, `temp` or the name of an attached database. A dot has no
/// special meaning: `"shop.users"` is one name, `("shop", "users")` is a schema and a name.
///
/// ```
/// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
/// use servicekit::schema::TableName;
/// assert_eq!(TableName::from(("shop", "users")).to_string(), "shop.users");
/// assert_eq!(TableName::from("users").schema, None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableName {
    /// The schema.
    pub schema: Option<String>,
    /// The name in it.
    pub name: String,
}

impl TableName {
    /// Another name in the same schema.
    pub(crate) fn in_same_schema(&self, name: &str) -> Self {
        Self { schema: self.schema.clone(), name: name.to_owned() }
    }
}

impl From<&str> for TableName {
    fn from(name: &str) -> Self {
        name.to_owned().into()
    }
}

impl From<String> for TableName {
    fn from(name: String) -> Self {
        Self { schema: None, name }
    }
}

impl From<&String> for TableName {
    fn from(name: &String) -> Self {
        name.as_str().into()
    }
}

impl<S: Into<String>, N: Into<String>> From<(S, N)> for TableName {
    fn from((schema, name): (S, N)) -> Self {
        Self { schema: Some(schema.into()), name: name.into() }
    }
}

impl From<&Self> for TableName {
    fn from(name: &Self) -> Self {
        name.clone()
    }
}

impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "{schema}.")?;
        }
        f.write_str(&self.name)
    }
}

/// The name of an index or a constraint: explicit, or by the [naming convention](super::NamingConvention).
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let mut op = Operations::default();
/// op.create_index("by_email", "users", ["email"]);
/// op.create_index(by_convention(), "users", ["email"]);
/// assert_eq!(
///     op.sql(Dialect::Postgres).unwrap(),
///     [
///         r#"CREATE INDEX "by_email" ON "users" ("email")"#,
///         r#"CREATE INDEX "ix_users_email" ON "users" ("email")"#,
///     ]
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(pub(crate) Option<String>);

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Self(Some(name.to_owned()))
    }
}

impl From<String> for Name {
    fn from(name: String) -> Self {
        Self(Some(name))
    }
}

impl From<&String> for Name {
    fn from(name: &String) -> Self {
        name.as_str().into()
    }
}

/// A name by the naming convention; see [`Name`].
pub fn by_convention() -> Name {
    Name(None)
}
