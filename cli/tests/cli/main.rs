//! The program from outside: each command on folders that the tests make.
//!
//! Command lines are run by a shell, as a person would type them.

#![cfg(unix)]

mod broken;
mod guide;
mod json;
mod listing;
mod merge;
mod plan;
mod project;
mod revision;
mod terminal;
