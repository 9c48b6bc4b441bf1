//! The line of the build script that lets cargo see new files.

use super::Planned;
use crate::chain::shown;
use crate::failure::{Failure, InitFailure};
use std::fs;
use std::path::PathBuf;

/// What becomes of the build script.
pub(super) enum Plan {
    File(Planned),
    /// What a person has to do.
    ByHand(String),
}

/// Which build script a package has.
pub(super) enum Script {
    /// In this file, there or not.
    At(PathBuf),
    /// None, and cargo is told so.
    Off,
}

/// A new build script, or the words for one that is there: it is code, and nobody's business but its owner's.
pub(super) fn plan(script: &Script, name: &str) -> Result<Plan, Failure> {
    let line = format!("println!(\"cargo::rerun-if-changed={name}/versions\");");
    let path = match script {
        Script::At(path) => path,
        Script::Off => {
            return Ok(Plan::ByHand(format!(
                "`Cargo.toml` says `build = false`: allow a build script, with `{line}` in its `main`, so that cargo sees new files"
            )));
        }
    };
    if !path.try_exists().map_err(|source| InitFailure::read(path, source))? {
        let text = format!("//! Lets cargo see new revision files.\n\nfn main() {{\n    {line}\n}}\n");
        return Ok(Plan::File(Planned { path: path.clone(), text: Some(text), exists: false }));
    }
    let text = fs::read_to_string(path).map_err(|source| InitFailure::read(path, source))?;
    if says(&text, name) {
        return Ok(Plan::File(Planned { path: path.clone(), text: None, exists: true }));
    }
    let shown = shown(path);
    Ok(Plan::ByHand(format!("add `{line}` to `main` in `{shown}`, so that cargo sees new files")))
}

/// Whether a build script names the folder to cargo, with one colon or two.
fn says(text: &str, name: &str) -> bool {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .any(|line| line.contains("rerun-if-changed=") && line.contains(name))
}
