//! The changes in `cases/changes`: what is written for each, and that it leads there and back on real databases.
#![cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql", feature = "introspection"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "clippy exempts test functions, not their helpers"
)]

#[path = "../support/place.rs"]
mod place;
#[path = "../support/mod.rs"]
mod support;

mod answered;
mod case;
mod checked;
#[rustfmt::skip]
#[allow(unreachable_pub, reason = "they are written as a revision has them")]
mod compiled;
mod complaints;
mod converted;
mod costs;
mod counts;
mod database;
mod every;
mod head;
mod old_names;
mod values;
