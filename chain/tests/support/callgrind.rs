//! Instructions, counted by valgrind's callgrind.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "clippy does not see that this is part of tests"
)]

use std::path::Path;
use std::process::{Command, Stdio};

/// Whether valgrind is there; says so where it is not.
pub(crate) fn is_there() -> bool {
    let found = Command::new("valgrind").arg("--version").stdout(Stdio::null()).status();
    let is_there = found.is_ok_and(|status| status.success());
    if !is_there {
        println!(
            "LEFT OUT: instructions are counted with valgrind, which is not installed (apt-get install valgrind)"
        );
    }
    is_there
}

/// The instructions of a dump.
pub(crate) fn total(path: &Path) -> u64 {
    let dump = std::fs::read_to_string(path).unwrap();
    let line = dump.lines().find_map(|line| line.strip_prefix("totals: ").or(line.strip_prefix("summary: ")));
    line.unwrap().trim().parse().unwrap()
}
