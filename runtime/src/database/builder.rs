//! The builder for all kinds of databases.

use super::backend::Backend;
use super::{Database, Shared};
use crate::run::Migrator;
use std::sync::{Arc, RwLock};

/// Builds a [`Database`]. Start with the builder of a kind, for example `SqliteDatabaseBuilder::from_file`, or with
/// [`Database::from_url`].
#[derive(Debug)]
#[must_use]
pub struct DatabaseBuilder<D: Backend> {
    pub(super) settings: D::Settings,
    pub(super) libraries: Vec<Library>,
    pub(super) migrator: Option<Migrator>,
}

/// The history of a library on the same database.
#[derive(Debug, Clone)]
pub(super) struct Library {
    #[cfg_attr(not(feature = "api"), allow(dead_code, reason = "only the health names it"))]
    pub(super) name: String,
    pub(super) migrator: Migrator,
}

// Not derived: that would ask for `D: Clone`, which no database of sqlx is.
impl<D: Backend> Clone for DatabaseBuilder<D> {
    fn clone(&self) -> Self {
        Self {
            settings: self.settings.clone(),
            libraries: self.libraries.clone(),
            migrator: self.migrator.clone(),
        }
    }
}

impl<D: Backend> DatabaseBuilder<D> {
    pub(super) fn new(settings: D::Settings) -> Self {
        Self { settings, libraries: Vec::new(), migrator: None }
    }

    /// Upgrades the database to the head of this history in [`Database::init`]: pass
    /// [`Migrations`](crate::Migrations), or a [`Migrator`] with settings.
    pub fn with_migrations(mut self, migrations: impl Into<Migrator>) -> Self {
        self.migrator = Some(migrations.into());
        self
    }

    /// Upgrades the database to the head of the history of a library too, which has its own `version_table`:
    /// [`Database::init`] does it before the history of the service, in the order of these calls.
    ///
    /// The health of a service shows the check `NAME.migrations` for it. Two histories with one version table are an error
    /// of the second one: the rows of the first are unknown to it.
    ///
    /// ```
    /// # #[cfg(feature = "sqlite")]
    /// # fn example(accounts: servicekit::Migrations, own: servicekit::Migrations) {
    /// let database = servicekit::SqliteDatabaseBuilder::from_file("app.db")
    ///     .with_library_migrations("accounts", accounts)
    ///     .with_migrations(own)
    ///     .build();
    /// # }
    /// ```
    pub fn with_library_migrations(
        mut self,
        name: impl Into<String>,
        migrations: impl Into<Migrator>,
    ) -> Self {
        self.libraries.push(Library { name: name.into(), migrator: migrations.into() });
        self
    }

    /// Does not change the schema in [`Database::init`].
    pub fn with_migrations_disabled(mut self) -> Self {
        self.libraries.clear();
        self.migrator = None;
        self
    }

    /// Logs every statement, at the level `info` with the target `sqlx::query`; `false` turns that off, also for what
    /// sqlx logs at `debug` without this call. Values that are bound are not logged.
    ///
    /// ```
    /// # #[cfg(feature = "sqlite")]
    /// let database = servicekit::SqliteDatabaseBuilder::from_file("app.db").with_echo(true).build();
    /// ```
    pub fn with_echo(mut self, echo: bool) -> Self {
        let level = if echo { log::LevelFilter::Info } else { log::LevelFilter::Off };
        D::echo(&mut self.settings, level);
        self
    }

    /// Returns the database, which [`Database::init`] opens.
    pub fn build(self) -> Database<D> {
        let Self { settings, libraries, migrator } = self;
        let (open, opening) = (RwLock::new(None), tokio::sync::Mutex::new(()));
        Database { shared: Arc::new(Shared { settings, libraries, migrator, open, opening }) }
    }
}
