//! Models that are written down and that the application does not have: what no source names is not linked.

use super::package;
use crate::failure::{Failure, Unlinked};
use cargo_metadata::semver::Version;
use cargo_metadata::{Dependency, DependencyKind, Package, TargetKind};
use servicekit::worker::wire::RegistryFacts;
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What of this package and of the packages beside it, on which it depends, is missing in the registries.
///
/// # Errors
/// When cargo does not tell which packages there are.
pub(super) fn find(
    application: &Package,
    history: &Path,
    registries: &[RegistryFacts],
) -> Result<Vec<Unlinked>, Failure> {
    let models = registries.iter().flat_map(|registry| &registry.models);
    let linked: HashSet<&str> = models.filter_map(|path| path.split("::").next()).collect();
    let members = package::beside(application)?;
    let dependencies = application.dependencies.iter().filter(|one| one.kind != DependencyKind::Build);
    let beside = dependencies.filter_map(|dependency| {
        let is_meant = |member: &&Package| dependency.path.is_some() && *member.name == dependency.name;
        let member = members.iter().find(is_meant)?;
        of_dependency(application, history, dependency, member, &linked)
    });
    let mut found: Vec<Unlinked> = beside.chain(own(application, &linked)).collect();
    found.sort_by_cached_key(Unlinked::to_string);
    found.dedup();
    Ok(found)
}

fn of_dependency(
    application: &Package,
    history: &Path,
    dependency: &Dependency,
    member: &Package,
    linked: &HashSet<&str>,
) -> Option<Unlinked> {
    let library = library_of(member).filter(|library| !linked.contains(library.as_str()))?;
    file_with_models(&sources(member))?;
    let package = member.name.to_string();
    if let Some(required) = other_version(member) {
        return Some(Unlinked::OtherVersion { package, required });
    }
    let name = dependency.rename.as_ref().unwrap_or(&library).replace('-', "_");
    let is_named = is_named(application, history, &name);
    let application = application.name.to_string();
    (!is_named).then_some(Unlinked::Dependency { application, package, name })
}

/// The application's own models, where none of them is linked.
fn own(application: &Package, linked: &HashSet<&str>) -> Option<Unlinked> {
    let mut names = application.targets.iter().map(|target| target.name.replace('-', "_"));
    if names.any(|name| linked.contains(name.as_str())) {
        return None;
    }
    let file = file_with_models(&sources(application))?;
    let root = application.manifest_path.parent().map_or(Path::new(""), |parent| parent.as_std_path());
    let file = file.strip_prefix(root).unwrap_or(&file).display().to_string();
    Some(Unlinked::Own { application: application.name.to_string(), file })
}

/// The name of the library in paths.
fn library_of(package: &Package) -> Option<String> {
    let mut targets = package.targets.iter();
    let library = targets
        .find(|target| target.kind.iter().any(|kind| matches!(kind, TargetKind::Lib | TargetKind::RLib)));
    library.map(|library| library.name.replace('-', "_"))
}

/// Which version of this crate a package wants, if it is not this one.
fn other_version(package: &Package) -> Option<String> {
    let ours = Version::parse(env!("CARGO_PKG_VERSION")).ok()?;
    let wanted = package.dependencies.iter().find(|dependency| dependency.name == "servicekit")?;
    (!wanted.req.matches(&ours)).then(|| wanted.req.to_string())
}

/// The Rust files of the library and the programs.
fn sources(package: &Package) -> Vec<PathBuf> {
    let is_compiled =
        |kind: &TargetKind| !matches!(kind, TargetKind::CustomBuild | TargetKind::Test | TargetKind::Bench);
    let targets = package.targets.iter().filter(|target| target.kind.iter().all(is_compiled));
    let folders: BTreeSet<&Path> =
        targets.filter_map(|target| target.src_path.as_std_path().parent()).collect();
    let mut files = Vec::new();
    for folder in folders {
        collect(folder, &mut files);
    }
    files.sort();
    files.dedup();
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    // What cannot be read has nothing to find.
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        // A link may lead back.
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && !is_of_another(&path) => collect(&path, files),
            Ok(kind) if kind.is_file() && path.extension().is_some_and(|kind| kind == "rs") => {
                files.push(path);
            }
            _ => {}
        }
    }
}

/// Whether a folder is another package, or what cargo has built.
fn is_of_another(folder: &Path) -> bool {
    folder.join("Cargo.toml").exists() || folder.join("CACHEDIR.TAG").exists()
}

fn file_with_models(files: &[PathBuf]) -> Option<PathBuf> {
    let has_models = |path: &&PathBuf| fs::read_to_string(path).is_ok_and(|text| declares_models(&text));
    files.iter().find(has_models).cloned()
}

/// Whether a text looks as if it had `#[derive(Table)]` or `#[entity]` in it.
fn declares_models(text: &str) -> bool {
    let derives = text.split("derive(").skip(1).filter_map(|rest| rest.split_once(')'));
    let is_table = |word: &str| word.trim().rsplit("::").next().is_some_and(|last| last.trim() == "Table");
    let attributes = text.split("#[").skip(1);
    let is_entity = |attribute: &str| {
        let path = attribute.split([']', '(']).next().unwrap_or_default();
        matches!(path.trim(), "entity" | "servicekit::entity")
    };
    derives.flat_map(|(list, _)| list.split(',')).any(is_table) || attributes.into_iter().any(is_entity)
}

/// Whether a source of the package, or a file of its history, names a crate.
fn is_named(package: &Package, history: &Path, name: &str) -> bool {
    let mut files = sources(package);
    collect(history, &mut files);
    files.iter().any(|path| fs::read_to_string(path).is_ok_and(|text| has_word(&text, name)))
}

fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c == '_' || c.is_alphanumeric();
    text.split(|c: char| !is_part(c)).any(|part| part == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derive_or_an_attribute_declares_a_model() {
        for text in [
            "#[derive(Debug, Table)]\nstruct A;",
            "#[derive(servicekit::Table)]",
            "#[derive(\n    Clone,\n    sk::Table,\n)]",
            "#[entity]\npub struct User {}",
            "#[servicekit::entity(comment = \"x\")]",
        ] {
            assert!(declares_models(text), "{text}");
        }
        for text in ["#[derive(Debug)]\nstruct Table;", "#[derive(TableOf)]", "// entity", "#[identity]"] {
            assert!(!declares_models(text), "{text}");
        }
    }

    #[test]
    fn a_crate_is_named_by_a_word_of_its_own() {
        assert!(has_word("use shop_models as _;", "shop_models"));
        assert!(!has_word("use shop_models_of_old as _; // shop-models", "shop_models"));
    }
}
