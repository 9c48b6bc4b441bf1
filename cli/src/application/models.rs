//! The models of the application.

use super::unlinked;
use super::worker::Worker;
use crate::arguments::ApplicationArgs;
use crate::failure::{ApplicationFailure, Failure, ModelsFailure, Unlinked};
use crate::output::{ModelSummary, Note};
use crate::project::Project;
use servicekit::diff::Ignored;
use servicekit::document;
use servicekit::schema::{Hints, Schema};
use servicekit::worker::wire::{Message, Models, RegistryFacts, Request};

/// The models that `env()` of the application gives.
#[derive(Debug)]
pub(crate) struct ApplicationModels {
    /// The package whose tests have them.
    pub(crate) package: String,
    /// Their tables, sorted by name, and the enum types that the columns have on PostgreSQL.
    pub(crate) schema: Schema,
    /// Where each of them is, in the order of the tables.
    pub(crate) models: Vec<ModelSummary>,
    /// What they say that autogenerate leaves as it is.
    pub(crate) ignored: Vec<Ignored>,
    /// Every registry of the application, also those that `env()` does not give.
    pub(crate) registries: Vec<RegistryFacts>,
    /// What a person should know: models that are left out, packages whose models are not linked.
    pub(crate) notes: Vec<Note>,
}

/// Builds the application as for its tests, and asks it for its models.
///
/// There is at least one table: an application without models is a
/// failure, so that a registry that was not linked never looks as if all tables were to be dropped.
///
/// # Errors
/// When the application is not found, does not compile, or is not that of this folder; when its `env()` fails; when it has no
/// models, or those that it has do not fit together.
pub(crate) fn models(
    project: &Project,
    application: &ApplicationArgs,
    quiet: bool,
) -> Result<ApplicationModels, Failure> {
    let worker = super::start(project, application, quiet)?;
    let (package, environment) = (worker.package().clone(), worker.environment.clone());
    let found = asked(worker)?;
    if !found.is_compiled {
        return Err(ModelsFailure::NoFeature { package: package.name.to_string() }.into());
    }
    if !found.problems.is_empty() {
        return Err(ModelsFailure::Invalid { problems: found.problems }.into());
    }
    let unlinked = unlinked::find(&package, &project.folder.path, &found.registries)?;
    let schema = found.document.parse().and_then(document::schema);
    let schema = schema.map_err(|source| ApplicationFailure::Models { source })?;
    if schema.is_empty() {
        let (package, registries) = (package.name.to_string(), found.registries);
        return Err(ModelsFailure::None { package, environment, registries, unlinked }.into());
    }
    let notes = found.notes.iter().map(|message| Note { message: message.clone(), help: None });
    let notes = notes.chain(unlinked.iter().map(|unlinked| note(unlinked, &environment))).collect();
    let models = described(&found);
    // The application has read them.
    let ignored = found.ignored.iter().filter_map(|text| text.parse().ok()).collect();
    let (package, registries) = (package.name.to_string(), found.registries);
    Ok(ApplicationModels { package, schema, models, ignored, registries, notes })
}

fn asked(worker: Worker) -> Result<Models, Failure> {
    match worker.ask_once(&Request::Models)? {
        Message::Models(models) => Ok(models),
        _ => Err(ApplicationFailure::Ended { status: None }.into()),
    }
}

/// The models beside their tables: the application has sorted both by the name of the table.
fn described(found: &Models) -> Vec<ModelSummary> {
    let described = found.models.iter().map(|model| {
        let renamed = found.renames.iter().find(|renamed| renamed.table == model.table);
        let mut hints = Hints::default();
        if let Some(renamed) = renamed {
            (hints.table, hints.columns) = (renamed.table_before.clone(), renamed.columns.clone());
        }
        let (rust, file) = (model.rust.clone(), model.file.clone());
        ModelSummary { rust, file, line: model.line, hints }
    });
    described.collect()
}

fn note(unlinked: &Unlinked, environment: &str) -> Note {
    Note { message: unlinked.to_string(), help: Some(unlinked.help(environment)) }
}
