//! SQLite.

#[cfg(feature = "sqlite")]
mod bookkeeping;
pub(crate) mod cascade_check;
#[cfg(feature = "sqlite")]
mod driver;
mod dropped_table;
#[cfg(all(feature = "introspection", feature = "sqlite"))]
mod equality;
#[cfg(feature = "sqlite")]
mod errors;
#[cfg(feature = "sqlite")]
pub(crate) mod file;
pub(crate) mod foreign_keys;
#[cfg(feature = "sqlite")]
mod inspection;
#[cfg(all(feature = "introspection", feature = "sqlite"))]
mod introspect;
#[cfg(feature = "sqlite")]
pub(crate) mod locate;
#[cfg(feature = "sqlite")]
mod locking;
pub(crate) mod rebuild;
#[cfg(feature = "sqlite")]
pub(crate) mod session_state;
#[cfg(feature = "sqlite")]
mod sessions;
#[cfg(all(feature = "testing", feature = "sqlite"))]
pub(crate) mod template;
#[cfg(feature = "sqlite")]
mod transactions;

#[cfg(feature = "sqlite")]
pub(crate) use errors::primary_code;

/// SQLite, which has no server.
#[cfg(feature = "sqlite")]
#[derive(Debug)]
pub(crate) struct Sqlite;

#[cfg(feature = "sqlite")]
impl crate::backend::engine::Engine for Sqlite {}

#[cfg(feature = "sqlite")]
impl crate::backend::engine::Quoting for Sqlite {
    fn dialect(&self) -> servicekit_chain::Dialect {
        servicekit_chain::Dialect::Sqlite
    }
}
