//! `Cargo.toml`: what it says, and what is added to it.

use super::PlannedFile;
use super::build_script::BuildScript;
use crate::failure::{Failure, InitFailure, list_of_names};
use servicekit_chain::Dialect;
use servicekit_chain::regular_file::{self, LARGEST_TEXT, Unreadable};
use std::path::{Path, PathBuf};
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value, value};

/// The dependency.
const NAME: &str = "servicekit";
/// The feature that the derives of models need.
const MODELS: &str = "models";
/// The version that this program belongs to.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The manifest of the crate in the current folder.
pub(super) struct Manifest {
    path: PathBuf,
    document: DocumentMut,
}

impl Manifest {
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = match regular_file::read_text(path, LARGEST_TEXT) {
            Ok(text) => text,
            Err(Unreadable::Missing) => return Err(InitFailure::NoManifest.into()),
            Err(source) => return Err(InitFailure::Read { path: path.display().to_string(), source }.into()),
        };
        let document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
            InitFailure::BrokenManifest { reason: error.to_string().trim_end().to_owned() }
        })?;
        if document.get("package").is_none() {
            return Err(InitFailure::NoPackage.into());
        }
        Ok(Self { path: path.to_owned(), document })
    }

    /// The file that the macro belongs into: that of the library, where there is one.
    pub(super) fn root_file(&self) -> String {
        let library = self.document.get("lib").and_then(|lib| lib.get("path")).and_then(Item::as_str);
        match library {
            Some(path) => path.to_owned(),
            None if Path::new("src/lib.rs").is_file() => "src/lib.rs".to_owned(),
            None => "src/main.rs".to_owned(),
        }
    }

    pub(super) fn build_script(&self) -> BuildScript {
        match self.document.get("package").and_then(|package| package.get("build")) {
            Some(build) if build.as_bool() == Some(false) => BuildScript::Off,
            Some(build) => BuildScript::At(build.as_str().unwrap_or("build.rs").into()),
            None => BuildScript::At("build.rs".into()),
        }
    }

    /// The manifest with the dependency, and what a person has to see to when it is there already.
    pub(super) fn with_dependency(&self, template: Dialect) -> (PlannedFile, Option<String>) {
        let mut document = self.document.clone();
        let unchanged = || PlannedFile { path: self.path.clone(), text: None, exists: true };
        if let Some(present) = self.document.get("dependencies").and_then(|all| all.get(NAME)) {
            let missing =
                [template.name(), MODELS].into_iter().filter(|feature| !has_feature(present, feature));
            let words = match missing.collect::<Vec<_>>().as_slice() {
                [] => None,
                [feature] => Some(format!("the feature `{feature}`")),
                several => Some(format!("the features {}", list_of_names(several, "and"))),
            };
            let words = words.map(|words| format!("make sure that `{NAME}` in `Cargo.toml` has {words}"));
            return (unchanged(), words);
        }
        let dependencies = document.entry("dependencies").or_insert_with(|| Item::Table(Table::new()));
        let Some(dependencies) = dependencies.as_table_like_mut() else {
            let words = format!("add `{NAME}` to the dependencies in `Cargo.toml`");
            return (unchanged(), Some(words));
        };
        dependencies.insert(NAME, dependency(template));
        (PlannedFile { path: self.path.clone(), text: Some(document.to_string()), exists: true }, None)
    }
}

/// SQLite is the default; what is not used is not compiled.
fn dependency(template: Dialect) -> Item {
    let mut table = InlineTable::new();
    table.insert("version", VERSION.into());
    let mut features = vec![MODELS];
    if template != Dialect::Sqlite {
        table.insert("default-features", false.into());
        features.insert(0, template.name());
    }
    table.insert("features", Value::Array(Array::from_iter(features)));
    value(table)
}

fn has_feature(dependency: &Item, feature: &str) -> bool {
    let listed = dependency.get("features").and_then(Item::as_array);
    let is_listed = listed.is_some_and(|list| list.iter().any(|one| one.as_str() == Some(feature)));
    let defaults = dependency.get("default-features").and_then(Item::as_bool).unwrap_or(true);
    is_listed || (feature == "sqlite" && defaults)
}
