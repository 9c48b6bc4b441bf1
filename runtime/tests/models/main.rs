//! Tables as Rust structs, by models that are written by hand.
#![cfg(all(feature = "models", feature = "sqlite"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy does not see that this is part of tests")]

#[cfg(all(feature = "testing", feature = "introspection"))]
mod at_head;
#[cfg(feature = "entity")]
mod entities;
#[cfg(all(feature = "postgres", feature = "mysql"))]
mod enums;
#[cfg(all(
    feature = "postgres",
    feature = "mysql",
    feature = "chrono",
    feature = "time",
    feature = "uuid",
    feature = "json",
    feature = "rust_decimal",
    feature = "bigdecimal"
))]
mod extremes;
mod identifiers;
mod lists;
#[cfg(all(
    feature = "postgres",
    feature = "mysql",
    feature = "chrono",
    feature = "time",
    feature = "json",
    feature = "rust_decimal",
    feature = "bigdecimal"
))]
mod losses;
#[cfg(all(feature = "postgres", feature = "mysql", feature = "testing"))]
mod model_types;
mod problems;
mod readings;
#[cfg(all(feature = "postgres", feature = "mysql", feature = "json"))]
mod rows;
mod shop;
#[cfg(all(
    feature = "postgres",
    feature = "mysql",
    feature = "chrono",
    feature = "time",
    feature = "uuid",
    feature = "json",
    feature = "rust_decimal",
    feature = "bigdecimal"
))]
mod types;
mod worker;
