//! Utilities for tests of a service: migrated temporary databases, and checks of a history.

mod repeatable;
#[cfg(feature = "sqlite")]
mod temporary;

pub use repeatable::{Unrepeatable, check_repeatable};
#[cfg(feature = "sqlite")]
pub use temporary::{TempDatabaseError, TempSqlite, temp_sqlite};
