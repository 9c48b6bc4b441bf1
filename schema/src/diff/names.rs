//! Whether two names are one, as each database takes them.

use crate::table::TableName;
use servicekit_chain::Dialect;

/// On MySQL it depends on the server and its files; a name that differs in case only is taken for another one there.
pub(super) fn is_same_table(one: &TableName, other: &TableName, dialect: Dialect) -> bool {
    match dialect {
        Dialect::Sqlite => {
            one.name.eq_ignore_ascii_case(&other.name)
                && match (&one.schema, &other.schema) {
                    (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
                    (one, other) => one == other,
                }
        }
        _ => one == other,
    }
}

/// Whether two names of columns, constraints or indexes are one.
pub(super) fn is_same(one: &str, other: &str, dialect: Dialect) -> bool {
    match dialect {
        Dialect::Postgres => one == other,
        _ => one.eq_ignore_ascii_case(other),
    }
}

/// Whether two lists of columns are one, in this order.
pub(super) fn are_same(some: &[String], others: &[String], dialect: Dialect) -> bool {
    some.len() == others.len() && some.iter().zip(others).all(|(one, other)| is_same(one, other, dialect))
}
