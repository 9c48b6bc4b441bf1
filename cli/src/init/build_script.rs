//! The line of the build script that lets cargo see new files.

use super::Planned;
use crate::chain::shown;
use crate::failure::{Failure, InitFailure};
use servicekit_chain::regular_file::{self, LARGEST_TEXT, Unreadable};
use std::path::{Path, PathBuf};

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
    let text = match regular_file::read_text(path, LARGEST_TEXT) {
        Ok(text) => text,
        Err(Unreadable::Missing) => return Ok(new(path, &line)),
        Err(source) => return Err(InitFailure::read(path, source).into()),
    };
    if says(&text, name) {
        return Ok(Plan::File(Planned { path: path.clone(), text: None, exists: true }));
    }
    let shown = shown(path);
    Ok(Plan::ByHand(format!("add `{line}` to `main` in `{shown}`, so that cargo sees new files")))
}

/// A build script that does nothing else.
fn new(path: &Path, line: &str) -> Plan {
    let text = format!("//! Lets cargo see new revision files.\n\nfn main() {{\n    {line}\n}}\n");
    Plan::File(Planned { path: path.to_owned(), text: Some(text), exists: false })
}

/// Whether a build script names the folder to cargo, with one colon or two.
fn says(text: &str, name: &str) -> bool {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .any(|line| line.contains("rerun-if-changed=") && line.contains(name))
}
