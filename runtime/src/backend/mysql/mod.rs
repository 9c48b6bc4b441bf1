//! MySQL and MariaDB: every DDL statement commits by itself, so a run always holds a lock of its session.

mod bookkeeping;
pub(crate) mod driver;
mod driver_settings;
#[cfg(feature = "introspection")]
mod equality;
mod errors;
mod inspection;
#[cfg(feature = "introspection")]
mod introspect;
pub(crate) mod locate;
mod locking;
mod processlist;
#[cfg(feature = "introspection")]
mod scratch;
mod session_state;
mod sessions;
mod storage;
#[cfg(feature = "testing")]
pub(crate) mod template;
mod transactions;

use crate::backend::Engine;
use crate::backend::engine::Quoting;
use servicekit_chain::Dialect;
use servicekit_chain::sql::catalogue_literal;

#[derive(Debug)]
pub(crate) struct MySql;

impl Engine for MySql {}

impl Quoting for MySql {
    fn dialect(&self) -> Dialect {
        Dialect::Mysql
    }
}

impl MySql {
    /// A name as a literal to be compared with the names in the catalogue.
    fn catalogue_literal(&self, name: &str) -> String {
        catalogue_literal(self.dialect(), name)
    }

    /// A schema as SQL, to be compared with the catalogue; the one of the session where none is named.
    fn schema(&self, schema: Option<&str>) -> String {
        schema.map_or_else(|| "DATABASE()".to_owned(), |schema| self.catalogue_literal(schema))
    }
}
