//! Everything that a database has, as far as the vocabulary goes, and what is beyond it.

use super::{EnumType, Table};
use servicekit_chain::Dialect;

/// The enum types and tables of a database.
///
/// ```
/// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
/// use servicekit::{Dialect, revision::*, schema::Schema};
/// let mut schema = Schema::default();
/// schema.tables.push(Table::new("users", [ulid("id").primary_key()]));
/// assert_eq!(schema.operations(Dialect::Postgres).len(), 1);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Schema {
    /// The enum types: PostgreSQL. On other databases they are in the columns.
    pub enums: Vec<EnumType>,
    /// The tables.
    pub tables: Vec<Table>,
}

impl Schema {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.enums.is_empty() && self.tables.is_empty()
    }
}

/// The tables, and the enum types that their columns have on PostgreSQL, each once.
///
/// ```
/// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
/// use servicekit::{revision::*, schema::Schema};
/// let state = enum_type("order_state", ["new", "paid"]);
/// let orders = Table::new("orders", [enumeration("state", state.clone()), enumeration("before", state.clone())]);
/// assert_eq!(Schema::from(vec![orders]).enums, [state]);
/// ```
impl From<Vec<Table>> for Schema {
    fn from(tables: Vec<Table>) -> Self {
        let mut enums: Vec<EnumType> = Vec::new();
        for column in tables.iter().flat_map(|table| &table.columns) {
            if let Some(of) = column.data_type.enum_on_postgres().filter(|of| !enums.contains(of)) {
                enums.push(of.clone());
            }
        }
        Self { enums, tables }
    }
}

/// Something of a table that the vocabulary has no word for, as the statement that makes it on one database.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remainder {
    /// The database.
    pub dialect: Dialect,
    /// What it is, such as `row level security` or `storage of body`.
    pub what: String,
    /// A statement for the table as it is without it.
    pub sql: String,
}

impl Remainder {
    /// What this statement makes.
    pub fn new(dialect: Dialect, what: impl Into<String>, sql: impl Into<String>) -> Self {
        Self { dialect, what: what.into(), sql: sql.into() }
    }
}
