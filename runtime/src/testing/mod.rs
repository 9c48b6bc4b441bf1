//! Utilities for tests of a service: migrated temporary databases, and checks of a history.

mod repeatable;
mod temporary;

pub use repeatable::{Unrepeatable, check_repeatable};
pub use temporary::{TempDatabaseError, TempSqlite, temp_sqlite};
