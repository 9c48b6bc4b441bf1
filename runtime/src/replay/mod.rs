//! The history at a revision, applied to an empty database that nothing else depends on.
//!
//! A replay shows what the schema of a database should be by its revisions: [`Schema::difference`] between the two is
//! what was changed by hand. Before anything runs, every statement is checked: one that could reach beyond the empty
//! database is refused, and so is everything that is not known.
//!
//! ```
//! # #[cfg(feature = "sqlite")] mod sqlite {
//! # use servicekit::{Dialect, Migrations, sqlx::SqlitePool};
//! use servicekit::introspection::Introspection;
//! use servicekit::replay::Replay;
//!
//! # async fn example(migrations: Migrations, pool: SqlitePool) -> Result<(), servicekit::Error> {
//! let at = migrations.current(&pool).await?;
//! let introspection = Introspection::new();
//! let intended = Replay::new(migrations, at).in_memory(&introspection).await?;
//! let actual = introspection.read(&pool).await?;
//! for fact in intended.difference(&actual, Dialect::Sqlite).descriptions() {
//!     println!("{fact}");
//! }
//! # Ok(())
//! # }
//! # }
//! ```
//!
//! [`Schema::difference`]: crate::schema::Schema::difference

mod scratch;

pub use scratch::{SameServer, Scratch};

use crate::backend::{Acquired, IntoConnection as _, Timeouts};
use crate::database::AnyBackend;
use crate::error::Error;
use crate::error::Phase;
use crate::introspection::Introspection;
use crate::{Database, Destination, Direction, Migrations, Migrator, Progress, StopToken, Target};
use servicekit_chain::Heads;
use servicekit_schema::table::Schema;

/// A replay of a history at certain version rows.
#[derive(Debug, Clone)]
#[must_use]
pub struct Replay {
    migrator: Migrator,
    run_work: bool,
    schemas: Vec<String>,
    at: Heads,
}

impl Replay {
    /// The history as it is with these version rows.
    pub fn new(migrations: Migrations, at: Heads) -> Self {
        let (run_work, schemas) = (false, Vec::new());
        Self { migrator: migrations.migrator().confined(run_work, &schemas), run_work, schemas, at }
    }

    /// Also runs work in Rust (`op.run`), which cannot be checked.
    pub fn run_work(mut self) -> Self {
        self.run_work = true;
        self.confined()
    }

    /// Schemas of PostgreSQL that the history may take for there: those that no revision creates are created in the
    /// scratch database.
    pub fn schemas(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.schemas.extend(names.into_iter().map(Into::into));
        self.confined()
    }

    fn confined(mut self) -> Self {
        self.migrator = self.migrator.confined(self.run_work, &self.schemas);
        self
    }

    /// Stops before the next stage when `stop` is set.
    pub fn stopped_by(mut self, stop: &StopToken) -> Self {
        self.migrator = self.migrator.stopped_by(stop);
        self
    }

    /// Sets a callback for the progress; see [`Migrator::on_progress`].
    pub fn on_progress(mut self, callback: impl Fn(&Progress) + Send + Sync + 'static) -> Self {
        self.migrator = self.migrator.on_progress(callback);
        self
    }

    /// Where it leads from an empty database; `None` if nothing is applied at these version rows.
    ///
    /// # Errors
    /// If a version row is no target.
    pub fn destination(&self) -> Result<Option<Destination>, Error> {
        if self.at.is_base() {
            return Ok(None);
        }
        let target = Target::parse_several(self.at.iter().map(servicekit_chain::RevisionId::as_str))?;
        Ok(Some(Destination::new(Direction::Upgrade, target)))
    }

    /// Replays in a new SQLite database in memory, and reads its schema.
    ///
    /// # Errors
    /// [`ErrorKind::Refused`](crate::ErrorKind::Refused) before anything runs, and the errors of a run.
    pub async fn in_memory(&self, introspection: &Introspection) -> Result<Schema, Error> {
        read_in_memory(async |database| self.run_on(database).await, introspection).await
    }

    /// Replays in a scratch database, reads its schema, and drops everything that the replay made.
    ///
    /// # Errors
    /// As [`in_memory`](Self::in_memory); and [`ErrorKind::Scratch`](crate::ErrorKind::Scratch) if something could not
    /// be dropped.
    pub async fn in_scratch(&self, scratch: Scratch, introspection: &Introspection) -> Result<Schema, Error> {
        let schema = match self.run_on(scratch.database()).await {
            Ok(()) => introspection.read(scratch.database()).await,
            Err(error) => Err(error),
        };
        scratch.empty(schema).await
    }

    /// Applies the revisions to a database that was checked to be empty: [`Scratch::database`].
    #[doc(hidden)]
    pub async fn run_on(&self, database: &Database) -> Result<(), Error> {
        if let Some(to) = self.destination()? {
            self.migrator.replay_to(database, to).await?;
        }
        Ok(())
    }
}

/// The schema that these statements create, as a replay in memory of another process gives them.
#[doc(hidden)]
pub async fn read_statements(statements: &[String], introspection: &Introspection) -> Result<Schema, Error> {
    read_in_memory(async |database| create(database, statements).await, introspection).await
}

/// The schema of a new SQLite database in memory after this.
async fn read_in_memory(
    fill: impl AsyncFnOnce(&Database) -> Result<(), Error>,
    introspection: &Introspection,
) -> Result<Schema, Error> {
    let database = Database::<AnyBackend>::from_url("sqlite::memory:")?.build();
    database.init().await?;
    let schema = match fill(&database).await {
        Ok(()) => introspection.read(&database).await,
        Err(error) => Err(error),
    };
    database.dispose().await;
    schema
}

async fn create(database: &Database, statements: &[String]) -> Result<(), Error> {
    let mut acquired = Acquired::take(database.link(), &Timeouts::default()).await?;
    for statement in statements {
        let created = acquired.connection().ask_one(statement, Phase::Introspect).await;
        if let Err(error) = created {
            return acquired.ended(Err(error));
        }
    }
    acquired.ended(Ok(()))
}
