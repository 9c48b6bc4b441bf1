//! Operations: what they record, the SQL that they become, and what that does on real databases.
#![cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "clippy exempts test functions, not their helpers"
)]

#[path = "../support/mod.rs"]
mod support;

// One case for each operation, which the tests of servicekit-schema go through too.
#[path = "../../../schema/tests/operations/cases/mod.rs"]
mod cases;

mod autocommit;
mod catalogue;
mod client;
mod example;
mod executed;
mod helper;
mod hostile;
mod literals;
mod numbers;
mod prelude;
mod rebuild;
mod rebuild_laws;
mod reversed;
mod run;
mod sqlite_runner;
mod work;

/// What the cases find under this name.
use servicekit::schema as table;
