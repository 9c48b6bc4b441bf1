//! PostgreSQL.

mod bookkeeping;
mod driver;
mod driver_settings;
mod errors;
mod inspection;
#[cfg(feature = "introspection")]
mod introspect;
pub(crate) mod locate;
mod locking;
pub(crate) mod pooler;
mod session_state;
mod sessions;
mod transactions;

use crate::backend::Engine;
use crate::backend::engine::Quoting;
use servicekit_chain::Dialect;

#[derive(Debug)]
pub(crate) struct Postgres;

impl Engine for Postgres {}

impl Quoting for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }
}
