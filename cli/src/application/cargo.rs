//! Running cargo.

use crate::console;
use crate::failure::{ApplicationFailure, Failure};
use std::io::BufReader;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The command that runs cargo in the package with this manifest: the cargo that has started this program, if one has.
pub(super) fn cargo(command: &str, manifest: &Path) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut cargo = Command::new(program);
    cargo.arg(command).arg("--manifest-path").arg(manifest).stdin(Stdio::null());
    if console::has_colors_on_stderr() {
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
    let failed = |source| ApplicationFailure::NoCargo { source };
    let mut child = cargo.spawn().map_err(failed)?;
    let stderr = child.stderr.take().map(BufReader::new);
    std::thread::scope(|scope| {
        scope.spawn(|| stderr.map(console::pass_all_on));
        Ok(child.wait_with_output().map_err(failed)?)
    })
}
