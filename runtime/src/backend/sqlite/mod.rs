//! SQLite.

pub(crate) mod cascade_check;
mod dropped_table;
#[cfg(feature = "sqlite")]
mod engine;
#[cfg(feature = "sqlite")]
pub(crate) mod file;
pub(crate) mod foreign_keys;
#[cfg(feature = "sqlite")]
pub(crate) mod locate;
pub(crate) mod rebuild;
#[cfg(feature = "sqlite")]
pub(crate) mod session_state;

#[cfg(feature = "sqlite")]
pub(crate) use engine::{Sqlite, primary_code};
