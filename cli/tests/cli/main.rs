//! The program from outside: each command on folders that the tests make.
//!
//! Command lines are run by a shell, as a person would type them.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    reason = "the helpers of tests say what they expect by unwrapping it, as tests do"
)]

#[cfg(feature = "sqlite")]
mod alembic_ini;
mod broken;
#[cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql"))]
mod database;
#[cfg(not(all(feature = "sqlite", feature = "postgres", feature = "mysql")))]
mod drivers;
mod guide;
mod init;
mod json;
mod listing;
mod merge;
mod plan;
mod project;
#[cfg(feature = "sqlite")]
mod real_cargo;
#[cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql"))]
mod replay;
mod revision;
mod terminal;
