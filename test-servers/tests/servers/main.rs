//! Each part of the crate against the real thing.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what they expect by unwrapping it")]

mod alembic;
mod databases;
mod pgbouncer;
mod private;
mod wire_mysql;
mod wire_postgres;
