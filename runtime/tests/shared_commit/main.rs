//! Revisions on SQLite that share a commit: nobody can tell, but by the time and by when they are told of.
#![cfg(feature = "sqlite")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]
#![allow(clippy::large_futures, reason = "the future of a run, on the stack of a test")]

mod laws;
mod places;
#[path = "../support/mod.rs"]
mod support;
