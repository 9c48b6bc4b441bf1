//! Tables as Rust structs, by the derive.
#![cfg(all(feature = "models", feature = "sqlite"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy does not see that this is part of tests")]

#[cfg(all(feature = "postgres", feature = "mysql"))]
mod create_all;
#[cfg(all(feature = "postgres", feature = "mysql"))]
mod created;
mod shapes;
mod shop;
mod tables;
