//! Ends a server whose tests were killed and could not end it themselves.

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A shell that waits on a pipe. A line means that all is well; the pipe's end means that this process is gone.
#[derive(Debug)]
pub(super) struct Watchdog(Child);

const SCRIPT: &str = r#"read -r _ || { kill -s KILL "$1"; sleep 1; rm -rf "$2"; }"#;

impl Watchdog {
    pub(super) fn over(pid: u32, folder: &Path) -> Self {
        let child = Command::new("sh")
            .args(["-c", SCRIPT, "servicekit-watchdog", &pid.to_string()])
            .arg(folder)
            // Not in the group that Ctrl-C ends.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("`sh` cannot be started: {error}"));
        Self(child)
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        if let Some(mut pipe) = self.0.stdin.take() {
            let _ = pipe.write_all(b"done\n");
        }
        let _ = self.0.wait();
    }
}
