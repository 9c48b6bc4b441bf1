//! PostgreSQL.

mod bookkeeping;
mod driver;
mod driver_settings;
#[cfg(feature = "introspection")]
mod equality;
mod errors;
mod inspection;
#[cfg(feature = "introspection")]
mod introspect;
pub(crate) mod locate;
mod locking;
pub(crate) mod pooler;
#[cfg(feature = "introspection")]
mod scratch;
mod session_state;
mod sessions;
#[cfg(feature = "testing")]
pub(crate) mod template;
mod transactions;

use crate::backend::Engine;
use crate::backend::engine::Quoting;
use servicekit_chain::Dialect;

#[derive(Debug)]
pub(crate) struct Postgres;

/// Whether a transaction block is open: outside of one a statement is a transaction by itself, and begins with it.
const IS_IN_TRANSACTION: &str = "transaction_timestamp() <> statement_timestamp()";

impl Engine for Postgres {}

impl Quoting for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }
}
