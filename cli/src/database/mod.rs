//! What the commands share that open a database.

mod interrupt;
mod open;
mod progress;
pub(crate) mod secret;
mod url;

pub(crate) use open::Missing;
pub(crate) use url::UrlSource;

use crate::answer::{Live, Note};
use crate::arguments::{Change, Connection};
use crate::chain::Chain;
use crate::failure::{DatabaseFailure, Failure};
use servicekit::{Any, Database, Dialect, Error, Migrations, Migrator, Plan, Status, Step, Stop, Target};
use std::future::Future;
use tokio::runtime::{Builder, Runtime};
use url::Url;

/// Who the journal says has run the revisions.
const APPLICATION: &str = concat!("servicekit-cli ", env!("CARGO_PKG_VERSION"));

/// A history, a database that is open, and the runtime that both need.
#[derive(Debug)]
pub(crate) struct Work<'c> {
    chain: &'c Chain,
    migrations: Migrations,
    database: Database<Any>,
    url: Url,
    runtime: Runtime,
}

impl<'c> Work<'c> {
    /// Reads the history and opens the database.
    ///
    /// # Errors
    /// When the chain is broken, no database is named, or it cannot be reached.
    pub(crate) fn begin(chain: &'c Chain, arguments: &Connection, missing: Missing) -> Result<Self, Failure> {
        chain.sound_graph()?;
        let migrations = history(chain)?;
        let url = Url::find(arguments.database_url.as_deref(), chain)?;
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|source| DatabaseFailure::Runtime { source })?;
        let database = runtime.block_on(open::open(&url, missing))?;
        Ok(Self { chain, migrations, database, url, runtime })
    }

    /// The history with the settings of a command, which tells live what it does.
    pub(crate) fn migrator(&self, change: &Change, live: &Live) -> Migrator {
        let report = progress::reporter(live, self.migrations);
        let migrator = self.migrations.migrator().on_progress(report);
        match change.lock_timeout {
            Some(timeout) => migrator.lock_timeout(timeout),
            None => migrator,
        }
    }

    /// The database as messages name it.
    pub(crate) fn shown_url(&self) -> String {
        self.url.shown()
    }

    /// Tells what a plan has to tell, and refuses one that comes to a revision in Rust. A plan that cannot be made
    /// is no failure here: a run may have something half done to finish first.
    pub(crate) fn look_ahead(
        &self,
        live: &Live,
        plan: impl Future<Output = Result<Plan, Error>>,
    ) -> Result<(), Failure> {
        let plan = match self.wait_for(plan) {
            Ok(plan) => plan,
            Err(Error::Plan { .. }) => return Ok(()),
            Err(error) => return Err(self.failed(error)),
        };
        for note in &plan.notes {
            live.note(Note { message: note.to_string(), help: None });
        }
        let file = |step: &Step| self.chain.folder.file(step.revision.as_str()).filter(|file| file.is_rust());
        let files: Vec<String> =
            plan.steps.iter().filter_map(file).map(|file| file.source.name.clone()).collect();
        match plan.steps.first() {
            Some(Step { direction, .. }) if !files.is_empty() => {
                Err(DatabaseFailure::Rust { files, direction: *direction, at: plan.from }.into())
            }
            _ => Ok(()),
        }
    }

    /// Waits for a run. The first signal asks it to stop and waits on; the second ends everything at once.
    pub(crate) fn run<T>(
        self,
        live: &Live,
        migrator: Migrator,
        run: impl AsyncFnOnce(&Migrator, &Database<Any>) -> Result<T, Error>,
    ) -> Result<(T, Self), Failure> {
        let stop = Stop::new();
        let migrator = migrator.stopped_by(&stop);
        let result = self.wait_for(interrupt::stoppable(&stop, live, run(&migrator, &self.database)));
        match result {
            Some(Ok(report)) => Ok((report, self)),
            Some(Err(error @ Error::Stopped { .. })) => {
                let status = self.status().ok();
                Err(DatabaseFailure::run(error, status, self.chain).into())
            }
            Some(Err(error)) => Err(self.failed(error)),
            None => {
                let location = self.chain.location.clone();
                // The program ends now: closing would wait for what is under way.
                std::mem::forget(self);
                Err(DatabaseFailure::Ended { location }.into())
            }
        }
    }

    /// Where the database is.
    pub(crate) fn status(&self) -> Result<Status, Failure> {
        self.wait_for(self.migrations.migrator().status(&self.database)).map_err(|error| self.failed(error))
    }

    /// What a run would do.
    pub(crate) fn plan(&self, target: Target, downgrade: bool) -> Result<Plan, Failure> {
        let migrator = self.migrations.migrator();
        let plan = self.wait_for(async {
            if downgrade {
                migrator.plan_downgrade(&self.database, target).await
            } else {
                migrator.plan(&self.database, target).await
            }
        });
        plan.map_err(|error| self.failed(error))
    }

    /// The kind of the database.
    pub(crate) fn dialect(&self) -> Dialect {
        self.url.dialect
    }

    /// The database, for a question.
    pub(crate) fn database(&self) -> &Database<Any> {
        &self.database
    }

    fn failed(&self, error: Error) -> Failure {
        match error {
            Error::Plan { source: servicekit_chain::PlanError::Resolve(source), .. } => {
                self.chain.unresolved(source)
            }
            error => DatabaseFailure::run(error, None, self.chain).into(),
        }
    }

    fn wait_for<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }
}

impl Drop for Work<'_> {
    /// Closes the connections in order, so that no server logs a client that went away.
    fn drop(&mut self) {
        self.runtime.block_on(self.database.dispose());
    }
}

/// The history of a folder.
///
/// # Errors
/// When the chain is broken.
pub(crate) fn history(chain: &Chain) -> Result<Migrations, Failure> {
    Migrations::from_folder(&chain.folder, APPLICATION).map_err(|_| chain.broken())
}

/// The kind of the database that is named, which is not opened.
///
/// # Errors
/// When none is named.
pub(crate) fn kind_of_database(chain: &Chain, arguments: &Connection) -> Result<Dialect, Failure> {
    Ok(Url::find(arguments.database_url.as_deref(), chain)?.dialect)
}

/// The targets of a command.
///
/// # Errors
/// When one of them has no form that a target can have.
pub(crate) fn target(texts: &[String], chain: &Chain) -> Result<Target, Failure> {
    Target::parse_several(texts.iter().map(String::as_str)).map_err(|error| chain.no_plan(error.into()))
}
