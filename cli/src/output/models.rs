//! The models of an application.

use super::inspect::Written;
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};
use servicekit::document::{Node, document};
use servicekit::schema::{Hints, Schema};
use servicekit::worker::wire::RegistryFacts;

/// The models that `env()` of an application gives.
#[derive(Debug)]
pub(crate) struct ModelsOutput {
    /// The package whose tests have them.
    pub(crate) package: String,
    /// Their tables, sorted by name, and the enum types of the columns.
    pub(crate) schema: Schema,
    /// Where each of them is, in the order of the tables.
    pub(crate) models: Vec<ModelSummary>,
    /// Every registry of the application.
    pub(crate) registries: Vec<RegistryFacts>,
    pub(crate) notes: Vec<String>,
    pub(crate) text: ModelsText,
}

/// How they are printed for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ModelsText {
    /// Each table with its columns, in short.
    Tables,
    /// As for programs.
    Document,
}

/// A model, beside its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ModelSummary {
    /// The path of the struct.
    pub(crate) rust: String,
    /// Its file, from the root of the workspace on.
    pub(crate) file: String,
    pub(crate) line: u32,
    /// Former names of the table and its columns.
    pub(crate) hints: Hints,
}

impl ModelsOutput {
    /// The registry that a model is in; one that is named in a list may be in none.
    pub(crate) fn registry_of(&self, model: &ModelSummary) -> Option<&str> {
        let registry = self.registries.iter().find(|registry| registry.models.contains(&model.rust));
        registry.map(|registry| registry.name.as_str())
    }
}

impl Serialize for ModelsOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (mut enums, mut tables) = (Vec::new(), Vec::new());
        if let Node::Fields(fields) = document(&self.schema) {
            for (name, node) in fields {
                match (name.as_ref(), node) {
                    ("enums", Node::List(list)) => enums = list,
                    ("tables", Node::List(list)) => tables = list,
                    _ => {}
                }
            }
        }
        let models = tables.iter().zip(&self.models).map(|(table, model)| Described {
            model: &model.rust,
            file: &model.file,
            line: model.line,
            registry: self.registry_of(model),
            renamed_from: model.hints.table.as_deref(),
            columns_renamed_from: &model.hints.columns,
            table: Written(table),
        });
        let enums: Vec<Written<'_>> = enums.iter().map(Written).collect();
        let registries: Vec<Registry<'_>> = self.registries.iter().map(Registry::from).collect();
        let mut document = serializer.serialize_struct("Models", 5)?;
        document.serialize_field("package", &self.package)?;
        document.serialize_field("models", &models.collect::<Vec<_>>())?;
        document.serialize_field("enums", &enums)?;
        document.serialize_field("registries", &registries)?;
        document.serialize_field("notes", &self.notes)?;
        document.end()
    }
}

#[derive(Serialize)]
struct Described<'m> {
    model: &'m str,
    file: &'m str,
    line: u32,
    registry: Option<&'m str>,
    renamed_from: Option<&'m str>,
    #[serde(serialize_with = "renamed")]
    columns_renamed_from: &'m [(String, String)],
    table: Written<'m>,
}

fn renamed<S: Serializer>(columns: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(columns.iter().map(|(now, before)| (now, before)))
}

#[derive(Serialize)]
struct Registry<'r> {
    name: &'r str,
    models: &'r [String],
}

impl<'r> From<&'r RegistryFacts> for Registry<'r> {
    fn from(RegistryFacts { name, models }: &'r RegistryFacts) -> Self {
        Self { name, models }
    }
}
