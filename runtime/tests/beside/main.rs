//! The same tables as Python's Alembic makes them, and what it does not see.
#![cfg(all(
    feature = "sqlite",
    feature = "postgres",
    feature = "mysql",
    feature = "models",
    feature = "introspection",
    feature = "testing",
    feature = "chrono",
    feature = "json",
    feature = "rust_decimal",
    feature = "uuid"
))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "clippy exempts test functions, not their helpers"
)]

mod changed;
mod guide;
mod models;
mod place;
mod recorded;
mod same;
mod seen;
