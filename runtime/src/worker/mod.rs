//! How the command line gets at revisions in Rust, which only the application has.
//!
//! `migrations!` puts a test into the application that does nothing, unless the command line has started it: then it
//! connects to the command line, which sends what is to be done, and is told what happens. The command line is the
//! parent process on the same machine.

mod serve;
#[allow(clippy::question_mark, reason = "the derive macros of nanoserde write it out")]
pub mod wire;

pub use serve::{FOLDER, PLACE, serve};

/// What both sides must have in common; another number means that they do not understand each other.
pub const PROTOCOL: u32 = 1;

/// What the worker writes to its stdout before and after a run: what stands between is the application's own.
pub const FRAME: &str = "\n--- servicekit worker ---\n";

/// What the command line sends to stop a run at the next step boundary.
pub const STOP: &str = "stop";
