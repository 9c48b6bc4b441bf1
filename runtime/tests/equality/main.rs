//! Whether the databases themselves tell that two expressions are one, on real databases.
#![cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql", feature = "introspection"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "clippy exempts test functions, not their helpers"
)]

#[path = "../support/mod.rs"]
mod support;

mod bench;
mod bounded;
mod elsewhere;
mod mutations;
mod portable;
mod several;
mod silence;
mod spellings;
mod types;
