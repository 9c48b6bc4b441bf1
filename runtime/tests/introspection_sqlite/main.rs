//! Reading the schema of SQLite: what is read is what was made, and makes the same again.
#![cfg(all(feature = "sqlite", feature = "introspection"))]
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
#[allow(dead_code, reason = "not everything of a case is of use here")]
mod cases;
#[path = "../introspection/declared.rs"]
mod declared;
#[path = "../introspection/leads.rs"]
mod leads;
#[path = "../introspection/renamed_values.rs"]
mod renamed_values;
#[path = "../introspection/rows.rs"]
mod rows;
#[path = "../operations/sqlite_runner.rs"]
#[allow(dead_code, reason = "nothing is reversed here")]
mod sqlite_runner;
#[path = "../../../schema/tests/difference/turned.rs"]
mod turned;

mod changed;
mod facts;
mod files;
mod operations;
mod random;
mod reading;
mod round_trip;
mod texts;
mod written;

/// What the cases find under this name.
use servicekit::schema as table;
