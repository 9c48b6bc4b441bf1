//! Which package it is that embeds a folder.

use super::build::{Targets, cargo, run};
use crate::failure::{ApplicationFailure, Failure};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A package that may embed the history.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) manifest_path: PathBuf,
    targets: Vec<Target>,
    dependencies: Vec<Dependency>,
}

#[derive(Debug, Clone, Deserialize)]
struct Target {
    kind: Vec<String>,
    test: bool,
}

#[derive(Debug, Clone, Deserialize)]
struct Dependency {
    name: String,
}

/// What `cargo metadata` prints.
#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

impl Package {
    /// What of it is built in turn: a history is most often in the library.
    pub(super) fn targets(&self) -> impl Iterator<Item = Targets> + use<> {
        let tested = |kinds: &[&str]| {
            let is_one = |target: &&Target| target.kind.iter().any(|kind| kinds.contains(&kind.as_str()));
            self.targets.iter().filter(is_one).any(|target| target.test)
        };
        let library = tested(&["lib", "rlib", "dylib", "cdylib", "staticlib"]).then_some(Targets::Library);
        let programs = tested(&["bin"]).then_some(Targets::Programs);
        library.into_iter().chain(programs)
    }

    fn needs_servicekit(&self) -> bool {
        self.dependencies.iter().any(|dependency| dependency.name == "servicekit")
    }
}

/// The package that is named; else those that could embed this folder, the likeliest first.
///
/// # Errors
/// When there is none.
pub(super) fn that_may_embed(folder: &Path, name: Option<&str>) -> Result<Vec<Package>, Failure> {
    // The folder may be named as seen from one below the package.
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let manifest =
        folder.ancestors().skip(1).map(|parent| parent.join("Cargo.toml")).find(|path| path.is_file());
    let Some(manifest) = manifest else { return Err(ApplicationFailure::NoManifest.into()) };
    let mut packages = metadata(&manifest)?.packages;
    if let Some(name) = name {
        let known: Vec<String> = packages.iter().map(|package| package.name.clone()).collect();
        packages.retain(|package| package.name == name);
        if packages.is_empty() {
            return Err(ApplicationFailure::UnknownPackage { name: name.to_owned(), known }.into());
        }
        return Ok(packages);
    }
    packages.retain(Package::needs_servicekit);
    packages.sort_by_key(|package| package.manifest_path != manifest);
    if packages.is_empty() { Err(ApplicationFailure::NobodyNeedsUs.into()) } else { Ok(packages) }
}

fn metadata(manifest: &Path) -> Result<Metadata, Failure> {
    let mut cargo = cargo("metadata", manifest);
    cargo.args(["--no-deps", "--format-version", "1"]);
    let output = run(cargo)?;
    if !output.status.success() {
        return Err(ApplicationFailure::BrokenManifest.into());
    }
    serde_json::from_slice(&output.stdout).map_err(|source| ApplicationFailure::Cargo { source }.into())
}
