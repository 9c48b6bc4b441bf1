//! Checks of a whole history on a database of each kind: what `migration_tests!` makes tests of.

mod error;
mod hook;
mod own_branch;
mod reversible;
mod revisions;
mod seed;
mod state;
mod survival;

pub use error::{MigrationCheckError, SchemaChange};
pub use revisions::CheckedRevisions;
pub use seed::Seed;

use crate::database::Backend;
use crate::history::compiled::History;
use crate::history::stale;
use crate::{Database, Destination, Error, Migrations, Migrator, Target};
use servicekit_chain::{Heads, Plan, RevisionId};
use state::State;
use std::fmt;

/// A revision that could not be checked, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SkippedRevision {
    /// The revision.
    pub revision: RevisionId,
    /// Its file.
    pub path: &'static str,
}

impl fmt::Display for SkippedRevision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not checked: revision `{}` ({}) has no downgrade", self.revision, self.path)
    }
}

/// Checks of a history. [`migration_tests!`](crate::migration_tests) makes a test of each.
///
/// Those that take a database need an empty one, and leave in it what they made.
///
/// ```
/// # #[cfg(feature = "sqlite")] mod sqlite {
/// # use servicekit::{Migrations, SqliteDatabaseBuilder};
/// use servicekit::testing::MigrationChecks;
///
/// # async fn example(migrations: Migrations) -> Result<(), Box<dyn std::error::Error>> {
/// let checks = MigrationChecks::new(migrations);
/// checks.single_head()?;
///
/// let database = SqliteDatabaseBuilder::in_memory().build();
/// database.init().await?;
/// for skipped in checks.up_down_up(&database).await? {
///     println!("{skipped}");
/// }
/// # Ok(())
/// # }
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct MigrationChecks {
    migrations: Migrations,
    revisions: CheckedRevisions,
}

impl MigrationChecks {
    /// The checks of a history.
    pub fn new(migrations: Migrations) -> Self {
        Self { migrations, revisions: CheckedRevisions::Last(20) }
    }

    /// Which revisions [`up_down_up`](Self::up_down_up) checks; by default, the last 20 and those of this branch of git: see
    /// [`CheckedRevisions::Last`].
    pub fn revisions(mut self, revisions: CheckedRevisions) -> Self {
        self.revisions = revisions;
        self
    }

    /// Checks that the history has one head: two people have not added a revision after the same one.
    ///
    /// # Errors
    /// [`MigrationCheckError::SeveralHeads`].
    pub fn single_head(&self) -> Result<(), MigrationCheckError> {
        let heads = History::new(self.migrations)?.graph().heads();
        if heads.len() > 1 {
            return Err(MigrationCheckError::SeveralHeads { heads, folder: self.migrations.folder() });
        }
        Ok(())
    }

    /// Checks that the program has every file that the folder has now. Only debug builds know the folder.
    ///
    /// # Errors
    /// [`ErrorKind::Stale`](crate::ErrorKind::Stale) with the files.
    pub fn every_file_is_embedded(&self) -> Result<(), MigrationCheckError> {
        Ok(stale::check(self.migrations)?)
    }

    /// Checks that each revision in Rust records the same operations each time; see
    /// [`check_repeatable`](super::check_repeatable).
    ///
    /// # Errors
    /// [`MigrationCheckError::Unrepeatable`].
    pub fn recordings_are_repeatable(&self) -> Result<(), MigrationCheckError> {
        Ok(super::check_repeatable(&self.migrations)?)
    }

    /// Applies the whole history.
    ///
    /// # Errors
    /// The error of the run.
    pub async fn upgrade_to_head<D: Backend>(
        &self,
        database: &Database<D>,
    ) -> Result<(), MigrationCheckError> {
        self.migrator().upgrade(database).await?;
        Ok(())
    }

    /// Applies the whole history, reverts all of it, and checks that nothing is left but the version table and the journal.
    ///
    /// If a revision has no downgrade, nothing is checked, and it is returned.
    ///
    /// # Errors
    /// [`MigrationCheckError::Left`] with what is left; and the error of a run.
    pub async fn downgrade_to_base<D: Backend>(
        &self,
        database: &Database<D>,
    ) -> Result<Vec<SkippedRevision>, MigrationCheckError> {
        let migrator = self.migrator();
        migrator.ensure_version(database).await?;
        let before = State::read(self.migrations, database).await?;
        migrator.upgrade(database).await?;
        let rows = migrator.current(database).await?;
        let to_base = Destination::downgrade("base").map_err(Error::from)?;
        let plan = self.migrations.plan_from(&rows, &to_base)?;
        let one_way = reversible::without_downgrade(self.migrations, &plan, before.dialect)?;
        if !one_way.is_empty() {
            return Ok(one_way);
        }
        migrator.run_to(database, to_base).await?;
        let left = State::read(self.migrations, database).await?.added_since(&before);
        if left.is_empty() { Ok(Vec::new()) } else { Err(MigrationCheckError::Left { left }) }
    }

    /// Checks that models are what the history makes.
    ///
    /// # Errors
    /// [`MigrationCheckError::Models`] with everything that differs.
    #[cfg(feature = "models")]
    pub async fn models_match_head<D: Backend>(
        &self,
        models: impl crate::Models,
        database: &Database<D>,
    ) -> Result<(), MigrationCheckError> {
        self.migrator().upgrade(database).await?;
        let checked = super::check_models_on(self.migrations, models, database).await;
        checked.map_err(|error| MigrationCheckError::Models(Box::new(error)))
    }

    fn migrator(&self) -> Migrator {
        self.migrations.migrator().ignoring_edits()
    }

    /// The order in which all revisions are applied.
    fn plan(&self) -> Result<Plan, Error> {
        self.migrations.plan_from(&Heads::base(), &Destination::head())
    }

    /// Applies a revision, and what it needs.
    async fn apply<D: Backend>(&self, revision: &RevisionId, database: &Database<D>) -> Result<(), Error> {
        let target: Target = revision.clone().into();
        self.migrator().upgrade_to(database, target).await?;
        Ok(())
    }
}
