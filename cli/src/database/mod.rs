//! What the commands share that open a database.

mod course;
mod interrupt;
mod open;
mod progress;
mod url;

pub(crate) use course::{Course, Settings};
pub(crate) use open::Missing;
pub(crate) use url::UrlSource;

use crate::arguments::Common;
use crate::chain::Chain;
use crate::failure::{DatabaseFailure, Failure};
use crate::waiting;
use servicekit::{
    AnyBackend, BookkeepingTables, Database, Dialect, Direction, EditedRevision, Error, Migrations, Plan,
    RecordedElsewhere, Rights, ServerNote, Status, Target,
};
use std::future::Future;
use std::time::Duration;
use tokio::runtime::Runtime;
use url::Url;

/// Who the journal says has run the revisions.
const APPLICATION: &str = concat!("servicekit-cli ", env!("CARGO_PKG_VERSION"));

/// How long connections may take to be closed in order.
const TIME_TO_CLOSE: Duration = Duration::from_secs(2);

/// A history, a database that is open, and the runtime that both need.
#[derive(Debug)]
pub(crate) struct Work<'c> {
    chain: &'c Chain,
    migrations: Migrations,
    database: Database<AnyBackend>,
    url: Url,
    runtime: Runtime,
}

impl<'c> Work<'c> {
    /// Reads the history and opens the database.
    ///
    /// # Errors
    /// When the chain is broken, no database is named, or it cannot be reached.
    pub(crate) fn begin(chain: &'c Chain, common: &Common, missing: Missing) -> Result<Self, Failure> {
        chain.sound_graph()?;
        let migrations = history(chain)?;
        let url = Url::find(common.database(), chain)?;
        let runtime = waiting::runtime().map_err(|source| DatabaseFailure::Runtime { source })?;
        let database = runtime.block_on(open::open(&url, missing))?;
        Ok(Self { chain, migrations, database, url, runtime })
    }

    /// The database as messages name it.
    pub(crate) fn shown_url(&self) -> String {
        self.url.shown()
    }

    /// Where the database is.
    pub(crate) fn status(&self) -> Result<Status, Failure> {
        self.wait_for(self.migrations.migrator().status(&self.database)).map_err(|error| self.failed(&error))
    }

    /// What a run would do.
    ///
    /// # Errors
    /// When there is no plan.
    pub(crate) fn plan(&self, target: Target, direction: Direction) -> Result<Plan, Failure> {
        self.try_to_plan(target, direction).map_err(|error| self.failed(&error))
    }

    fn try_to_plan(&self, target: Target, direction: Direction) -> Result<Plan, Error> {
        let migrator = self.migrations.migrator();
        self.wait_for(async {
            match direction {
                Direction::Upgrade => migrator.plan(&self.database, target).await,
                Direction::Downgrade => migrator.plan_downgrade(&self.database, target).await,
            }
        })
    }

    /// Which of the two tables are there.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) fn bookkeeping_tables(&self) -> Result<BookkeepingTables, Failure> {
        let found = self.wait_for(self.migrations.migrator().bookkeeping_tables(&self.database));
        found.map_err(|error| self.failed(&error))
    }

    /// What keeps the user of the database from running revisions.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) fn rights(&self) -> Result<Rights, Failure> {
        let found = self.wait_for(self.migrations.migrator().rights(&self.database));
        found.map_err(|error| self.failed(&error))
    }

    /// Version rows of this history in another schema, where a run would not look for them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) fn recorded_elsewhere(&self) -> Result<Option<RecordedElsewhere>, Failure> {
        let found = self.wait_for(self.migrations.migrator().recorded_elsewhere(&self.database));
        found.map_err(|error| self.failed(&error))
    }

    /// What is to be known of the server.
    ///
    /// # Errors
    /// When revisions do not run on it, or it cannot be asked.
    pub(crate) fn check_server(&self) -> Result<Option<ServerNote>, Failure> {
        let checked = self.wait_for(self.migrations.migrator().check_server(&self.database));
        checked.map_err(|error| self.failed(&error))
    }

    /// Applied revisions whose files were changed afterwards.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) fn edited(&self) -> Result<Vec<EditedRevision>, Failure> {
        self.wait_for(self.migrations.edited(&self.database)).map_err(|error| self.failed(&error))
    }

    /// The kind of the database.
    pub(crate) fn dialect(&self) -> Dialect {
        self.url.dialect
    }

    fn failed(&self, error: &Error) -> Failure {
        match error {
            Error::Plan { source: servicekit_chain::PlanError::Resolve(source), .. } => {
                self.chain.unresolved(source.clone())
            }
            error => DatabaseFailure::run(error, self.status_after(error.code()), self.chain).into(),
        }
    }

    /// Where the database is, for an error of this code that may have left something half done without saying so.
    fn status_after(&self, code: &str) -> Option<Status> {
        // A file of SQLite that somebody holds may not let anybody read.
        let is_readable = self.dialect() != Dialect::Sqlite;
        let asks = code == "stopped" || is_readable && ["locked", "lock_lost"].contains(&code);
        if asks { self.status().ok() } else { None }
    }

    fn wait_for<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }
}

impl Drop for Work<'_> {
    /// Closes the connections in order, so that no server logs a client that went away.
    fn drop(&mut self) {
        let closed = async { tokio::time::timeout(TIME_TO_CLOSE, self.database.dispose()).await };
        // A server that does not answer would keep the program from ending.
        let _ = self.runtime.block_on(closed);
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
pub(crate) fn kind_of_database(chain: &Chain, common: &Common) -> Result<Dialect, Failure> {
    Ok(Url::find(common.database(), chain)?.dialect)
}

/// The database that is named, without its password, and by whom.
///
/// # Errors
/// When none is named.
pub(crate) fn named(chain: &Chain, common: &Common) -> Result<(String, String), Failure> {
    let url = Url::find(common.database(), chain)?;
    Ok((url.shown(), url.source.to_string()))
}

/// The targets of a command.
///
/// # Errors
/// When one of them has no form that a target can have.
pub(crate) fn target(texts: &[String], chain: &Chain) -> Result<Target, Failure> {
    Target::parse_several(texts.iter().map(String::as_str)).map_err(|error| chain.no_plan(error.into()))
}
