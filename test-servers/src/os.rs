//! Programs, processes, users and ports of this machine.

mod daemon;
mod installed;
mod owner;
mod port;
mod program;
mod signal;
mod watchdog;

pub(crate) use daemon::{Daemon, Launch, StartError};
pub(crate) use installed::installed;
pub(crate) use owner::Owner;
pub(crate) use port::free_port;
pub(crate) use program::Program;

use std::path::Path;
use tempfile::TempDir;

/// A folder for one server, which belongs to the user that the server runs as.
pub(crate) fn server_folder(name: &str, owner: Owner) -> TempDir {
    let mut builder = tempfile::Builder::new();
    let prefix = format!("servicekit-{name}-");
    builder.prefix(&prefix);
    // Root's own folder for temporary files may be closed to the server's user; `/tmp` is open to all.
    let folder = if owner.is_another() { builder.tempdir_in("/tmp") } else { builder.tempdir() }
        .unwrap_or_else(|error| panic!("no temporary folder for {name}: {error}"));
    owner.give(folder.path());
    folder
}

/// The end of a log, for a panic's message.
pub(crate) fn tail(log: &Path) -> String {
    let text = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(40)..].join("\n")
}
