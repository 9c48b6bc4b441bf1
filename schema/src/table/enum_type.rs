//! Enum types.

use super::{TableName, Type};
use servicekit_chain::Dialect;

/// A type whose values are the texts of a list, in this order; created by [`enum_type`].
///
/// | | SQLite | PostgreSQL | MySQL, MariaDB |
/// |---|---|---|---|
/// | the type | nothing | `CREATE TYPE name AS ENUM (…)` | nothing |
/// | a column | `TEXT` with a check | `name` | `ENUM(…)` |
///
/// So on PostgreSQL the type must [exist](crate::Operations::create_enum) before a column uses it; on the others each
/// column has its own list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnumType {
    /// The name on PostgreSQL, optionally with its schema.
    pub name: TableName,
    /// The values, in the order that comparisons use (on SQLite that of the alphabet).
    pub values: Vec<String>,
}

/// An enum type with this name and these values.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
///
/// fn order_state() -> EnumType {
///     enum_type("order_state", ["new", "paid"])
/// }
///
/// fn upgrade(op: &mut Operations) {
///     op.create_enum(order_state());
///     op.create_table("orders", [ulid("id").primary_key(), enumeration("state", order_state())]);
/// }
/// # let mut op = Operations::default();
/// # upgrade(&mut op);
/// # assert_eq!(
/// #     op.sql(Dialect::Postgres).unwrap()[0],
/// #     r#"CREATE TYPE "order_state" AS ENUM ('new', 'paid')"#
/// # );
/// ```
pub fn enum_type(
    name: impl Into<TableName>,
    values: impl IntoIterator<Item = impl Into<String>>,
) -> EnumType {
    EnumType { name: name.into(), values: values.into_iter().map(Into::into).collect() }
}

impl From<EnumType> for Type {
    fn from(of: EnumType) -> Self {
        Self::Enum(of)
    }
}

impl Type {
    /// The enum type that a column of this type has on PostgreSQL, perhaps in an array.
    pub(crate) fn enum_on_postgres(&self) -> Option<&EnumType> {
        match self.for_dialect(Dialect::Postgres) {
            Self::Enum(of) => Some(of),
            Self::Array(element) => element.enum_on_postgres(),
            _ => None,
        }
    }
}
