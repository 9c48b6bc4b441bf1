//! The application, for revisions in Rust, which only it has: it is built as for its tests, and what comes out runs the
//! revisions as a worker of this program.

mod build;
mod cargo;
mod file_names;
mod handshake;
mod models;
mod package;
mod request;
mod unlinked;
mod worker;
mod worker_output;

pub(crate) use models::models;
pub(crate) use worker::Worker;

use crate::arguments::ApplicationArgs;
use crate::failure::{ApplicationFailure, Failure, list_of_names};
use crate::project::Project;
use std::path::Path;

/// The packages that may embed a folder, as messages name them.
///
/// # Errors
/// When there is none.
pub(crate) fn packages(folder: &Path) -> Result<String, Failure> {
    let packages = package::that_may_embed(folder, None)?;
    Ok(list_of_names(packages.iter().map(|package| &package.name), "or"))
}

/// Builds the application and starts it as a worker.
///
/// # Errors
/// When it is not found, has no such features, does not compile, or is not that of this folder.
pub(crate) fn start(
    project: &Project,
    application: &ApplicationArgs,
    quiet: bool,
) -> Result<Worker, Failure> {
    let folder = &project.folder.path;
    let features = [project.folder.config.features.as_slice(), &application.features].concat();
    let packages = package::that_may_embed(folder, application.package.as_deref())?;
    let packages = package::with_features(packages, &features)?;
    for package in &packages {
        for targets in package::targets(package) {
            for harness in build::harnesses(package, targets, &features, packages.len() > 1, quiet)? {
                if let Some(mut worker) = Worker::start(&harness, package, folder)? {
                    worker.check_revisions(project)?;
                    return Ok(worker);
                }
            }
        }
    }
    let packages = packages.iter().map(|package| package.name.to_string()).collect();
    Err(ApplicationFailure::NoHistory { packages, folder: project.folder.name.clone() }.into())
}
