//! PostgreSQL.

mod bookkeeping;
mod driver;
mod driver_settings;
mod errors;
mod inspection;
pub(crate) mod locate;
mod locking;
pub(crate) mod pooler;
mod session_state;
mod sessions;
mod transactions;

use crate::backend::engine::Quoting;
use servicekit_chain::Dialect;
use servicekit_chain::sql::ObjectName;

#[derive(Debug)]
pub(crate) struct Postgres;

impl Quoting for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn literal(&self, value: &str) -> String {
        // `E'…'` reads backslashes whatever `standard_conforming_strings` is:
        // https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-ESCAPE
        let escaped = value.replace('\\', "\\\\").replace('\'', "''");
        let prefix = if escaped == value { "" } else { "E" };
        format!("{prefix}'{escaped}'")
    }

    fn quote(&self, name: &str) -> String {
        format!("\"{}\"", name.replace('"', "\"\""))
    }
}

impl Postgres {
    /// The name of an object, with its schema where that is known.
    pub(super) fn quoted(&self, name: &ObjectName) -> String {
        match &name.schema {
            Some(schema) => format!("{}.{}", self.quote(schema), self.quote(&name.name)),
            None => self.quote(&name.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_says_the_same_whatever_the_server_thinks_of_backslashes() {
        assert_eq!(Postgres.literal("plain"), "'plain'");
        assert_eq!(Postgres.literal(r"it's \ back"), r"E'it''s \\ back'");
    }
}
