//! Running cargo.

use std::env;
use std::path::Path;
use std::process::Command;

/// The workspace's folder.
pub(crate) const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Runs cargo in a folder with more environment variables.
pub(crate) fn run(arguments: &[&str], folder: &Path, variables: &[(&str, &str)]) -> Result<(), String> {
    eprintln!("xtask: cargo {}", arguments.join(" "));
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(folder).envs(variables.iter().copied());
    let status = command.status().map_err(|error| format!("cargo cannot be started: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("cargo {} failed", arguments.join(" "))) }
}
