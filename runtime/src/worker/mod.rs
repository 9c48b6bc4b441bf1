//! How the command line gets at revisions in Rust, which only the application has.
//!
//! `migrations!` puts a test into the application that does nothing, unless the command line has started it: then it
//! connects to the command line, which sends requests and receives what happens. The command line is the
//! parent process on the same machine. Each shows the other first what only the two know: the worker the token that it was
//! started with, the command line the answer to it.

#[allow(clippy::question_mark, reason = "the derive macros of nanoserde write it out")]
mod diagnostic;
mod environment;
mod files;
mod greet;
mod models;
mod replay;
mod serve;
#[allow(clippy::question_mark, reason = "the derive macros of nanoserde write it out")]
pub mod wire;

pub use environment::Environment;
pub use files::can_wait;
pub use greet::is_same;
pub use serve::{FOLDER, PLACE, serve};

use std::time::Duration;

/// What both sides must have in common; another number means that they do not understand each other.
pub const PROTOCOL: u32 = 6;

/// How long each side takes at most to show that it is the right one, all in all: anyone on this machine can connect to a
/// port, and can listen at one that has become free.
pub const TIME_TO_GREET: Duration = Duration::from_secs(10);

/// What the worker writes to its stdout before and after a run: what stands between is the application's own.
pub const FRAME: &str = "\n--- servicekit worker ---\n";

/// What the command line sends to stop a run at the next boundary of a stage.
pub const STOP: &str = "stop";
