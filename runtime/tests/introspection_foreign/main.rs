//! Databases that others made: what is read of them makes the same again, as the database's own dump has it.
#![cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql", feature = "introspection"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "clippy exempts test functions, not their helpers"
)]

// What is the same in two dumps of MySQL.
#[path = "../introspection/shown.rs"]
mod shown;

mod foreign;
mod mysql;
mod postgres;
mod python;
#[path = "../../../schema/tests/source/recorded.rs"]
mod recorded;
mod scripts;
mod sqlite;
mod stored_text;
#[path = "../../../schema/tests/source/written.rs"]
mod written;

/// What the files that `servicekit-schema` tests with too find under these names.
use servicekit::{revision_script as script, schema as table};
