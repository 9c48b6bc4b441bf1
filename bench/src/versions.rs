//! What was compared, as `Cargo.lock` pins it.

use crate::database::Database;
use crate::package::{Peer, root};
use anyhow::{Context, Result};
use std::fs;
use std::process::Command;

/// `servicekit 0.1.0, sqlx 0.9.0, diesel 2.3.14, diesel_migrations 2.3.2`
pub fn of(peers: &[Peer], database: Database) -> Result<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).context("Cargo.lock")?;
    let mut versions: Vec<String> = Vec::new();
    for package in peers.iter().flat_map(|peer| peer.packages(database)) {
        let version = find(&lock, package)?;
        if !versions.contains(&version) {
            versions.push(version);
        }
    }
    Ok(versions.join(", "))
}

fn find(lock: &str, package: &str) -> Result<String> {
    let (_, after) = lock
        .split_once(&format!("name = \"{package}\"\nversion = \""))
        .with_context(|| format!("{package} is not in Cargo.lock"))?;
    let version = after.split('"').next().unwrap_or_default();
    Ok(format!("{package} {version}"))
}

/// The compiler and the machine, because ratios of compile times depend on both.
pub fn machine() -> String {
    let rustc = Command::new("rustc").arg("--version").output();
    let rustc = rustc.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let processors = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    format!("{}, {processors} processors, load {}", rustc.unwrap_or_default(), load())
}

/// The load average of the last minute, where the system tells it: a high one makes numbers noisy.
pub fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("unknown").to_owned()
}
