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

use crate::backend::engine::{Engine, Quoting};
use servicekit_chain::Dialect;
use servicekit_chain::sql::ObjectName;

#[derive(Debug)]
pub(crate) struct Postgres;

impl Engine for Postgres {}

impl Quoting for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
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
