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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

from! {
    TableName:
    &str => |name| name.to_owned().into();
    String => |name| Self { schema: None, name };
    &String => |name| name.as_str().into();
    &Self => |name| name.clone();
}

impl<S: Into<String>, N: Into<String>> From<(S, N)> for TableName {
    fn from((schema, name): (S, N)) -> Self {
        Self { schema: Some(schema.into()), name: name.into() }
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

from! {
    Name:
    &str => |name| Self(Some(name.to_owned()));
    String => |name| Self(Some(name));
    &String => |name| name.as_str().into();
}

/// A name by the naming convention; see [`Name`].
pub fn by_convention() -> Name {
    Name(None)
}
