//! Operations: what they record, and the SQL that they become.
#![allow(clippy::unwrap_used, reason = "clippy exempts test functions, not their helpers")]

// Tests and their cases are written as a revision is; the tests of servicekit run the same cases on real databases.
extern crate servicekit_schema as servicekit;

mod cases;
mod recorded;
mod refused;
mod rendered;
mod reversed;
mod snapshots;

/// What the cases find under this name.
use servicekit_schema::table;
