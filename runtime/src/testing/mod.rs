//! What tests of a service want: databases that are migrated and go away, and checks of its history.

mod repeatable;
mod temporary;

pub use repeatable::{Unrepeatable, check_repeatable};
pub use temporary::{TempDatabaseError, TempSqlite, temp_sqlite};
