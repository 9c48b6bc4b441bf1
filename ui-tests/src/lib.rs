//! Tests only: what a user of `migrations!` sees from the compiler.
//!
//! - `tests/messages.rs` compiles every program in `tests/fail/` and compares the messages with the reviewed
//!   `.stderr` files beside them (`TRYBUILD=overwrite` writes them again; then review them again),
//! - `tests/programs/` holds histories that compile, and runs programs on them,
//! - `tests/cargo_projects/` makes real cargo projects in a temporary folder: rebuilding, workspaces, clippy, rustdoc,
//!   odd paths.
