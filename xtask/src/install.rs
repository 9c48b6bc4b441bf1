//! Installing packages on Debian and Ubuntu.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::process::Command;

/// Debian asks this program whether the service of a new package shall be started.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// What a person would type.
pub(crate) fn command_line(packages: &[&str]) -> String {
    format!("apt-get update && apt-get install -y {}", packages.join(" "))
}

/// Installs packages, without starting any service: the tests start servers of their own.
pub(crate) fn packages(packages: &[&str]) -> Result<(), String> {
    let _policy = NoServices::new();
    apt_get(&["update", "-qq"], packages)?;
    let mut install = vec!["install", "-y", "-qq"];
    install.extend(packages);
    apt_get(&install, packages)
}

fn apt_get(arguments: &[&str], packages: &[&str]) -> Result<(), String> {
    eprintln!("xtask: apt-get {}", arguments.join(" "));
    let status = Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive").status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("apt-get failed; it has to run as root: {}", command_line(packages))),
        Err(error) => Err(format!(
            "--install works on Debian and Ubuntu only, `apt-get` cannot be started ({error}); install what these \
             packages hold: {}",
            packages.join(", ")
        )),
    }
}

/// Forbids services to start for as long as it lives; a policy that is there already is left alone.
struct NoServices {
    is_ours: bool,
}

impl NoServices {
    fn new() -> Self {
        let file = File::options().write(true).create_new(true).mode(0o755).open(Path::new(POLICY));
        let is_ours = file.and_then(|mut file| file.write_all(b"#!/bin/sh\nexit 101\n")).is_ok();
        Self { is_ours }
    }
}

impl Drop for NoServices {
    fn drop(&mut self) {
        if self.is_ours {
            let _ = fs::remove_file(POLICY);
        }
    }
}
