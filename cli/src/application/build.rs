//! Building an application by cargo, as for its tests.

use super::package::Package;
use crate::failure::{ApplicationFailure, Failure};
use crate::output;
use serde::Deserialize;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What of a package is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Targets {
    Library,
    Programs,
}

/// A line that cargo prints.
#[derive(Debug, Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    profile: Profile,
    #[serde(default)]
    executable: Option<PathBuf>,
}

#[derive(Debug, Default, Deserialize)]
struct Profile {
    #[serde(default)]
    test: bool,
}

/// The command that runs cargo in the package with this manifest: the cargo that has started this program, if one has.
pub(super) fn cargo(command: &str, manifest: &Path) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut cargo = Command::new(program);
    cargo.arg(command).arg("--manifest-path").arg(manifest).stdin(Stdio::null());
    if output::has_colors_on_stderr() {
        cargo.args(["--color", "always"]);
    }
    cargo
}

/// Runs cargo to its end; what it shows meanwhile is passed on.
///
/// # Errors
/// When it cannot be started.
pub(super) fn run(mut cargo: Command) -> Result<Output, Failure> {
    cargo.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = cargo.spawn().map_err(ApplicationFailure::no_cargo)?;
    let stderr = child.stderr.take().map(BufReader::new);
    std::thread::scope(|scope| {
        scope.spawn(|| stderr.map(output::pass_all_on));
        child.wait_with_output().map_err(|source| ApplicationFailure::no_cargo(source).into())
    })
}

/// The programs that hold the tests of these targets; cargo shows meanwhile what it does, and what does not compile.
///
/// # Errors
/// When it does not compile.
pub(super) fn harnesses(
    package: &Package,
    targets: Targets,
    is_one_of_several: bool,
    quiet: bool,
) -> Result<Vec<PathBuf>, Failure> {
    let mut cargo = cargo("test", &package.manifest_path);
    cargo.args(["--no-run", "--message-format=json-render-diagnostics", "--package", &package.name]);
    cargo.arg(match targets {
        Targets::Library => "--lib",
        Targets::Programs => "--bins",
    });
    if quiet {
        cargo.arg("--quiet");
    }
    let output = run(cargo)?;
    if !output.status.success() {
        let package = package.name.clone();
        return Err(ApplicationFailure::DoesNotCompile { package, is_one_of_several }.into());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    // Build scripts may print to stdout too.
    let messages = text.lines().filter_map(|line| serde_json::from_str::<Message>(line).ok());
    let tests = messages.filter(|message| message.reason == "compiler-artifact" && message.profile.test);
    Ok(tests.filter_map(|message| message.executable).collect())
}
