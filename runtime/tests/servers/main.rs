//! What a run does on real servers: PostgreSQL, and MariaDB or MySQL.
#![cfg(all(feature = "postgres", feature = "mysql"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

#[path = "../support/mod.rs"]
mod support;

mod basics;
mod place;
