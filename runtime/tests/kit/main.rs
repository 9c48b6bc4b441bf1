//! `#[servicekit::test]`: each test has a migrated database of its own.
#![cfg(all(feature = "testing", feature = "sqlite"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

#[path = "../support/mod.rs"]
mod support;

#[cfg(all(feature = "postgres", feature = "mysql"))]
mod costs;
mod failing;
mod passing;
#[cfg(all(feature = "postgres", feature = "mysql"))]
mod ready;
#[cfg(all(feature = "postgres", feature = "mysql"))]
mod servers;
mod templates;
