//! Which package it is that embeds a folder.

use super::cargo::{cargo, run};
use crate::failure::{ApplicationFailure, Failure};
use cargo_metadata::{Metadata, Package, TargetKind};
use std::path::Path;

/// What of a package is built in turn, as options of cargo: a history is most often in the library.
pub(super) fn targets(package: &Package) -> impl Iterator<Item = &'static str> + use<> {
    let tested = |kinds: &[TargetKind]| {
        let mut targets = package.targets.iter().filter(|target| target.test);
        targets.any(|target| target.kind.iter().any(|kind| kinds.contains(kind)))
    };
    let libraries =
        [TargetKind::Lib, TargetKind::RLib, TargetKind::DyLib, TargetKind::CDyLib, TargetKind::StaticLib];
    let library = tested(&libraries).then_some("--lib");
    let programs = tested(&[TargetKind::Bin]).then_some("--bins");
    library.into_iter().chain(programs)
}

fn needs_servicekit(package: &Package) -> bool {
    package.dependencies.iter().any(|dependency| dependency.name == "servicekit")
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
        let known: Vec<String> = packages.iter().map(|package| package.name.to_string()).collect();
        packages.retain(|package| *package.name == name);
        if packages.is_empty() {
            return Err(ApplicationFailure::UnknownPackage { name: name.to_owned(), known }.into());
        }
        return Ok(packages);
    }
    packages.retain(needs_servicekit);
    packages.sort_by_key(|package| package.manifest_path != manifest);
    if packages.is_empty() { Err(ApplicationFailure::NoDependency.into()) } else { Ok(packages) }
}

/// Those of the packages that have these features; one of a dependency, as `shop-models/admin`, is for cargo to find.
///
/// # Errors
/// When there is none.
pub(super) fn with_features(
    mut packages: Vec<Package>,
    features: &[String],
) -> Result<Vec<Package>, Failure> {
    let missing = |package: &Package| {
        let mut wanted = features.iter().filter(|feature| !feature.contains('/'));
        wanted.find(|feature| !package.features.contains_key(*feature)).cloned()
    };
    let first = packages.first().and_then(|package| Some((package.clone(), missing(package)?)));
    packages.retain(|package| missing(package).is_none());
    match first.filter(|_| packages.is_empty()) {
        Some((package, feature)) => {
            let known = package.features.keys().cloned().collect();
            Err(ApplicationFailure::UnknownFeature { package: package.name.to_string(), feature, known }
                .into())
        }
        None => Ok(packages),
    }
}

/// The packages of the workspace of this one, itself included.
///
/// # Errors
/// When cargo cannot read a manifest.
pub(super) fn beside(package: &Package) -> Result<Vec<Package>, Failure> {
    Ok(metadata(package.manifest_path.as_std_path())?.packages)
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
