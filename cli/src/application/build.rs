//! Building an application by cargo, as for its tests.

use super::cargo::{cargo, run};
use crate::failure::{ApplicationFailure, Failure};
use cargo_metadata::{Message, Package};
use std::path::PathBuf;

/// The programs that hold the tests of these targets; cargo shows meanwhile what it does, and what does not compile.
///
/// # Errors
/// When it does not compile.
pub(super) fn harnesses(
    package: &Package,
    targets: &str,
    features: &[String],
    is_one_of_several: bool,
    quiet: bool,
) -> Result<Vec<PathBuf>, Failure> {
    let mut cargo = cargo("test", package.manifest_path.as_std_path());
    cargo.args(["--no-run", "--message-format=json-render-diagnostics", "--package", &package.name, targets]);
    if !features.is_empty() {
        cargo.args(["--features", &features.join(",")]);
    }
    if quiet {
        cargo.arg("--quiet");
    }
    let output = run(cargo)?;
    if !output.status.success() {
        let package = package.name.to_string();
        return Err(ApplicationFailure::DoesNotCompile { package, is_one_of_several }.into());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    // Build scripts may print to stdout too.
    let messages = text.lines().filter_map(|line| serde_json::from_str::<Message>(line).ok());
    let tests = messages.filter_map(|message| match message {
        Message::CompilerArtifact(artifact) if artifact.profile.test => artifact.executable,
        _ => None,
    });
    Ok(tests.map(Into::into).collect())
}
