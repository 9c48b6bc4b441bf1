//! Errors of reading the schema of a database.

use servicekit_chain::Dialect;
use servicekit_chain::diagnostic::{list, suggestions};
use servicekit_schema::table::TableName;
use std::fmt;

/// Why the schema of a database could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum IntrospectionError {
    /// A table that was asked for is not there, or is nothing that can be described, such as a view.
    #[non_exhaustive]
    NoTable {
        /// The table.
        table: TableName,
        /// The tables of that schema.
        tables: Vec<String>,
    },
    /// A schema that was asked for is not there, or cannot be seen by this user.
    #[non_exhaustive]
    NoSchema {
        /// The schema.
        schema: String,
    },
    /// A foreign key can be seen, and not its actions, because the user has too few rights: MariaDB.
    #[non_exhaustive]
    HiddenForeignKey {
        /// The table.
        table: TableName,
        /// The foreign key.
        constraint: String,
    },
    /// The database changed each time while it was read.
    Changing,
    /// The catalogue does not answer as this kind of database does: another product, which only resembles it.
    #[non_exhaustive]
    UnknownCatalogue {
        /// The catalogue table.
        catalogue: &'static str,
        /// What is not known.
        found: String,
    },
    /// A difference of one kind of database was to be decided by a database of another.
    #[non_exhaustive]
    OtherKind {
        /// The kind of the difference.
        wanted: Dialect,
        /// The kind of the database.
        found: Dialect,
    },
}

impl fmt::Display for IntrospectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTable { table, .. } => write!(f, "there is no table `{table}`"),
            Self::NoSchema { schema } => write!(f, "there is no schema `{schema}`"),
            Self::HiddenForeignKey { table, constraint } => {
                write!(f, "this user may not see what the foreign key `{constraint}` of `{table}` does")
            }
            Self::Changing => f.write_str("the tables were changed each time while they were read"),
            Self::UnknownCatalogue { catalogue, found } => {
                write!(f, "`{catalogue}` of this database has an unknown answer: {found}")
            }
            Self::OtherKind { wanted, found } => {
                write!(f, "a difference of {wanted} cannot be decided by a database of {found}")
            }
        }
    }
}

impl IntrospectionError {
    pub(super) fn help(&self) -> String {
        match self {
            Self::NoTable { tables, .. } if tables.is_empty() => {
                "the schema has no tables, or this user may see none of them".to_owned()
            }
            Self::NoTable { table, tables } => {
                let schema = table.schema.as_ref().map(|schema| format!("{schema}.")).unwrap_or_default();
                let quoted = |name: &str| format!("`{schema}{name}`");
                match suggestions(&table.name, tables.iter().map(String::as_str)).as_slice() {
                    [] => format!("the tables are {}", list(tables.iter().map(|name| quoted(name)), "and")),
                    near => format!("did you mean {}?", list(near.iter().map(|name| quoted(name)), "or")),
                }
            }
            Self::NoSchema { .. } => "check the name, and that this user may use the schema".to_owned(),
            Self::HiddenForeignKey { table, .. } => format!(
                "MariaDB shows it to a user with another right than SELECT: `GRANT REFERENCES ON {table} TO …` is enough"
            ),
            Self::Changing => "wait until no migration is running, and start again".to_owned(),
            Self::UnknownCatalogue { .. } => {
                "only SQLite, PostgreSQL, MySQL and MariaDB themselves can be read".to_owned()
            }
            Self::OtherKind { wanted, .. } => format!("pass a database of {wanted}"),
        }
    }
}
