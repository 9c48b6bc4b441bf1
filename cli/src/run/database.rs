//! A database that a command has open.

use super::error::run_failure;
use super::open::{self, MissingFile};
use super::url::DatabaseUrl;
use crate::arguments::CommonArgs;
use crate::async_runtime;
use crate::failure::{DatabaseFailure, Failure};
use crate::project::Project;
use servicekit::database::AnyBackend;
use servicekit::plan::Plan;
use servicekit::worker::wire::Category;
use servicekit::{Database, Destination, Dialect, Error, ErrorKind, Migrations, Migrator, Status, Target};
use servicekit_chain::{Folder, Graph};
use std::future::Future;
use std::time::Duration;
use tokio::runtime::Runtime;

/// Who the journal says has run the revisions.
const APPLICATION: &str = concat!("servicekit-cli ", env!("CARGO_PKG_VERSION"));

/// How long connections may take to be closed in order.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// A history, a database that is open, and the runtime that both need.
#[derive(Debug)]
pub(crate) struct OpenDatabase<'c> {
    pub(super) project: &'c Project,
    pub(super) migrations: Migrations,
    pub(super) database: Database<AnyBackend>,
    pub(super) url: DatabaseUrl,
    runtime: Runtime,
}

impl<'c> OpenDatabase<'c> {
    /// Reads the history and opens the database.
    ///
    /// # Errors
    /// When the chain is broken, no database is named, or it cannot be reached.
    pub(crate) fn open(
        project: &'c Project,
        common: &CommonArgs,
        missing: MissingFile,
    ) -> Result<Self, Failure> {
        project.sound_graph()?;
        Self::open_at(DatabaseUrl::find(common, project)?, project, missing)
    }

    /// Opens the database of this URL, with the history of the folder.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub(crate) fn open_at(
        url: DatabaseUrl,
        project: &'c Project,
        missing: MissingFile,
    ) -> Result<Self, Failure> {
        Self::open_with(history(project)?, url, project, missing)
    }

    /// The same for the first revision of a history, whose folder may be missing.
    ///
    /// # Errors
    /// As above, and if there is no file of a SQLite database.
    pub(crate) fn open_for_first_revision(
        project: &'c Project,
        common: &CommonArgs,
    ) -> Result<Self, Failure> {
        let migrations = match project.missing_folder() {
            Some(_) => {
                let Folder { path, name, config, .. } = &project.folder;
                let (path, name, config) = (path.clone(), name.clone(), config.clone());
                let graph = Some(Graph::default());
                let empty = Folder { path, name, config, graph, ..Folder::default() };
                Migrations::from_read_folder(&empty, APPLICATION).map_err(|_| project.broken())?
            }
            None => history(project)?,
        };
        Self::open_with(migrations, DatabaseUrl::find(common, project)?, project, MissingFile::Refuse)
    }

    fn open_with(
        migrations: Migrations,
        url: DatabaseUrl,
        project: &'c Project,
        missing: MissingFile,
    ) -> Result<Self, Failure> {
        let runtime = async_runtime::new().map_err(|source| DatabaseFailure::Runtime { source })?;
        let database = runtime.block_on(open::open(&url, missing))?;
        Ok(Self { project, migrations, database, url, runtime })
    }

    /// The database as messages name it.
    pub(crate) fn shown_url(&self) -> String {
        self.url.shown()
    }

    /// Where the database is.
    pub(crate) fn status(&self) -> Result<Status, Failure> {
        self.ask(async |migrator, database| migrator.status(database).await)
    }

    /// What a run would do.
    ///
    /// # Errors
    /// When there is no plan.
    pub(crate) fn plan(&self, to: Destination) -> Result<Plan, Failure> {
        self.try_plan(to).map_err(|error| self.failure(&error))
    }

    pub(super) fn try_plan(&self, to: Destination) -> Result<Plan, Error> {
        self.block_on(self.migrations.migrator().plan(&self.database, to))
    }

    /// What the database answers to a question.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(crate) fn ask<T>(
        &self,
        question: impl AsyncFnOnce(&Migrator, &Database<AnyBackend>) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        let migrator = self.migrations.migrator();
        self.block_on(question(&migrator, &self.database)).map_err(|error| self.failure(&error))
    }

    /// The product and version that answer, for people.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(crate) fn product(&self) -> Result<String, Failure> {
        let version = self.ask(async |migrator, database| migrator.server_version(database).await)?;
        // The library of SQLite is that of this program, whatever wrote the file.
        let unversioned = self.dialect().select("SQLite", "PostgreSQL", "MySQL");
        Ok(version.map_or_else(|| unversioned.to_owned(), |version| version.to_string()))
    }

    /// Where it is.
    pub(crate) fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// The kind of the database.
    pub(crate) fn dialect(&self) -> Dialect {
        self.url.dialect
    }

    pub(crate) fn failure(&self, error: &Error) -> Failure {
        match error.kind() {
            ErrorKind::Plan { source: servicekit_chain::PlanError::Resolve(source), .. } => {
                self.project.unresolved(source.clone())
            }
            kind => run_failure(error, self.status_after(Category::from(kind)), self.project),
        }
    }

    /// Where the database is, for an error of this kind that may have left a revision partially applied without saying so.
    pub(super) fn status_after(&self, category: Category) -> Option<Status> {
        // A file of SQLite that another session holds may not be readable.
        let is_readable = self.dialect().select(false, true, true);
        let asks = match category {
            Category::Stopped => true,
            Category::Locked | Category::LockLost => is_readable,
            _ => false,
        };
        if asks { self.status().ok() } else { None }
    }

    pub(super) fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }
}

impl Drop for OpenDatabase<'_> {
    /// Closes the connections in order, so that no server logs a client that went away.
    fn drop(&mut self) {
        let closed = async { tokio::time::timeout(CLOSE_TIMEOUT, self.database.dispose()).await };
        // A server that does not answer would keep the program from ending.
        let _ = self.runtime.block_on(closed);
    }
}

/// The history of a folder.
///
/// # Errors
/// When the chain is broken.
pub(crate) fn history(project: &Project) -> Result<Migrations, Failure> {
    Migrations::from_read_folder(&project.folder, APPLICATION).map_err(|_| project.broken())
}

/// The targets of a command.
///
/// # Errors
/// When one of them has no form that a target can have.
pub(crate) fn parse_target(texts: &[String], project: &Project) -> Result<Target, Failure> {
    Target::parse_several(texts.iter().map(String::as_str)).map_err(|error| project.no_plan(error.into()))
}
