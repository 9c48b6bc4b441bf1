//! How a private PostgreSQL is set up.

use super::{Flavour, Initialization, Place};
use crate::engine::Engine;
use crate::installation::Installation;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

pub(super) const FLAVOUR: Flavour = Flavour {
    engine: Engine::Postgres,
    name: "PostgreSQL",
    package: "postgresql",
    user: "postgres",
    server: &["postgres"],
    // "Fast": sessions are ended, and a checkpoint is written.
    stop_signal: "INT",
    // "Immediate": as after a crash, but the shared memory is given back.
    end_signal: "QUIT",
    url: |port| format!("postgres://postgres@127.0.0.1:{port}/postgres"),
    initialization,
    arguments,
    setting: |name, value| format!("--{name}={value}").into(),
    fixed_settings: &[],
    tidy,
};

fn initialization(_: &Installation, data: &Path) -> Initialization {
    let mut arguments: Vec<OsString> =
        ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"]
            .map(Into::into)
            .into();
    arguments.push(data.into());
    Initialization { program: "initdb", arguments, file: None, preamble: "", scripts: Vec::new() }
}

fn arguments(_: &Installation, place: &Place, durable: bool) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = vec!["-D".into(), place.data().into()];
    arguments.extend([format!("--port={}", place.port).into()]);
    arguments.extend(
        [
            "--listen_addresses=127.0.0.1",
            "--unix_socket_directories=",
            "--max_connections=300",
            // In the data folder, so that a killed server leaves nothing in /dev/shm.
            "--dynamic_shared_memory_type=mmap",
        ]
        .map(OsString::from),
    );
    if !durable {
        // `synchronous_commit` stays on: without it a killed server would lose what it has confirmed.
        arguments.extend(["--fsync=off", "--full_page_writes=off"].map(OsString::from));
    }
    arguments
}

/// A killed server leaves a small piece of System V memory behind, whose id stands at the end of line 7 of its
/// pid file; one that has ended itself leaves no such file.
fn tidy(data: &Path) {
    let Ok(file) = std::fs::read_to_string(data.join("postmaster.pid")) else { return };
    let Some(id) = file.lines().nth(6).and_then(|line| line.split_whitespace().nth(1)) else { return };
    let _ = Command::new("ipcrm").args(["-m", id]).stdout(Stdio::null()).stderr(Stdio::null()).status();
}
