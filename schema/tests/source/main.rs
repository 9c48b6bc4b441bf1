//! Operations as Rust: what is written is compiled here, and records the same operations.
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

extern crate servicekit_schema as servicekit;

#[path = "../operations/cases/mod.rs"]
#[allow(dead_code, reason = "only what is recorded is of interest here")]
mod cases;
mod compiled;
mod documents;
mod examples;
// It is laid out by what is tested.
#[rustfmt::skip]
#[allow(unreachable_pub, clippy::all, clippy::pedantic, reason = "what is written is not written for clippy")]
mod generated;
mod laid_out;
mod random;
#[allow(dead_code, reason = "the other tests compare texts")]
mod recorded;

/// What the cases find under this name.
use servicekit_schema::table;
