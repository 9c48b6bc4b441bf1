//! The difference between two schemas: laws with random schemas, and one fact for each thing that changes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

extern crate servicekit_schema as servicekit;

mod answered;
mod decided;
mod ignored;
mod laws;
mod mutations;
mod planned;
#[path = "../source/random.rs"]
#[allow(dead_code, reason = "only tables are of interest here")]
mod random;
#[path = "../source/recorded.rs"]
mod recorded;
mod scripts;
mod several;
mod turned;
#[path = "../source/written.rs"]
#[allow(dead_code, reason = "no history begins here")]
mod written;

use servicekit_schema::{script, table};
