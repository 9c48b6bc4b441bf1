//! The line of the build script that lets cargo see new files.

use super::PlannedFile;
use crate::failure::{Failure, InitFailure};
use crate::project::shown;
use servicekit_chain::regular_file::{self, LARGEST_TEXT, Unreadable};
use std::path::{Path, PathBuf};

/// What becomes of the build script.
pub(super) enum BuildScriptPlan {
    File(PlannedFile),
    /// What a person has to do.
    ByHand(String),
}

/// Which build script a package has.
pub(super) enum BuildScript {
    /// In this file, whether it exists or not.
    At(PathBuf),
    /// None: the manifest turns it off.
    Off,
}

/// A new build script, or the line to add to an existing one: it is code, and only its owner changes it.
pub(super) fn plan(script: &BuildScript, name: &str) -> Result<BuildScriptPlan, Failure> {
    let line = format!("println!(\"cargo::rerun-if-changed={name}/versions\");");
    let path = match script {
        BuildScript::At(path) => path,
        BuildScript::Off => {
            return Ok(BuildScriptPlan::ByHand(format!(
                "`Cargo.toml` says `build = false`: allow a build script, with `{line}` in its `main`, so that cargo notices new files"
            )));
        }
    };
    let text = match regular_file::read_text(path, LARGEST_TEXT) {
        Ok(text) => text,
        Err(Unreadable::Missing) => return Ok(new(path, &line)),
        Err(source) => return Err(InitFailure::Read { path: path.display().to_string(), source }.into()),
    };
    if says(&text, name) {
        return Ok(BuildScriptPlan::File(PlannedFile { path: path.clone(), text: None, exists: true }));
    }
    let shown = shown(path);
    Ok(BuildScriptPlan::ByHand(format!(
        "add `{line}` to `main` in `{shown}`, so that cargo notices new files"
    )))
}

/// A build script that does nothing else.
fn new(path: &Path, line: &str) -> BuildScriptPlan {
    let text = format!("//! Makes cargo notice new revision files.\n\nfn main() {{\n    {line}\n}}\n");
    BuildScriptPlan::File(PlannedFile { path: path.to_owned(), text: Some(text), exists: false })
}

/// Whether a build script names the folder to cargo, with one colon or two.
fn says(text: &str, name: &str) -> bool {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .any(|line| line.contains("rerun-if-changed=") && line.contains(name))
}
