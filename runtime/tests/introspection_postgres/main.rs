//! Reading the schema of PostgreSQL, on real databases.
#![cfg(all(feature = "postgres", feature = "introspection"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "clippy exempts test functions, not their helpers"
)]

// One case for each operation, which the tests of servicekit-schema go through too.
#[path = "../../../schema/tests/operations/cases/mod.rs"]
#[allow(dead_code, reason = "the other tests use all of it")]
mod cases;

#[path = "../introspection/declared.rs"]
mod declared;
#[path = "../introspection/leads.rs"]
mod leads;
#[path = "../introspection/renamed_values.rs"]
mod renamed_values;
#[path = "../introspection/rows.rs"]
mod rows;
#[path = "../../../schema/tests/difference/turned.rs"]
mod turned;

mod changed;
mod described;
mod fixed;
mod harmless;
mod random;
mod recorded;
mod round_trip;
mod scope;

/// What the cases find under this name.
use servicekit::schema as table;
