//! Reading the schema of MySQL and MariaDB: what is read and made again is the same.
#![cfg(all(feature = "mysql", feature = "introspection"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "clippy exempts test functions, not their helpers"
)]

// One case for each operation, which the tests of servicekit-schema go through too.
#[path = "../../../schema/tests/operations/cases/mod.rs"]
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

// What is the same in two answers of the server.
#[path = "../introspection/shown.rs"]
mod shown;

mod bench;
mod changed;
mod executed;
mod odd;
mod random;
mod scripts;
mod session;

/// What the cases find under this name.
use servicekit::schema as table;
