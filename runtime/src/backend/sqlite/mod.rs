//! SQLite.

#[cfg(feature = "sqlite")]
mod bookkeeping;
pub(crate) mod cascade_check;
#[cfg(feature = "sqlite")]
mod driver;
mod dropped_table;
#[cfg(feature = "sqlite")]
mod engine;
#[cfg(feature = "sqlite")]
mod errors;
#[cfg(feature = "sqlite")]
pub(crate) mod file;
pub(crate) mod foreign_keys;
#[cfg(feature = "sqlite")]
mod inspection;
#[cfg(feature = "sqlite")]
pub(crate) mod locate;
#[cfg(feature = "sqlite")]
mod locking;
mod quote;
pub(crate) mod rebuild;
#[cfg(feature = "sqlite")]
pub(crate) mod session_state;
#[cfg(feature = "sqlite")]
mod sessions;
#[cfg(feature = "sqlite")]
mod transactions;

#[cfg(feature = "sqlite")]
pub(crate) use engine::Sqlite;
#[cfg(feature = "sqlite")]
pub(crate) use errors::primary_code;
