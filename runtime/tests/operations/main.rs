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

mod autocommit;
mod cases;
mod catalogue;
mod client;
mod example;
mod executed;
mod helper;
mod hostile;
mod rebuild;
mod rebuild_laws;
mod recorded;
mod refused;
mod reversed;
mod run;
mod snapshots;
mod sqlite_runner;
mod work;
