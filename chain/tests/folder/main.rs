//! Folders of revisions on disk: what is read, what is wrong and how it is said.
//!
//! The modules named after kinds of problem hold one reviewed rendering for every variant of `Problem`. Each test
//! asserts on everything that is said about its folder, so it also shows that nothing else is said.

#![allow(clippy::unwrap_used, reason = "a test says what it expects by unwrapping it")]
#![allow(
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking and shows what it measured"
)]

mod configuration;
mod cost;
mod disguised;
mod files;
mod graph;
mod header;
mod laws;
mod listing;
#[cfg(unix)]
mod no_files;
mod project;
mod rust;
mod sections;
