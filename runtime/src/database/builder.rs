//! What the builders of all kinds of databases share.

use super::backend::Backend;
use super::{Database, Shared};
use crate::run::migrator::Migrator;
use std::sync::{Arc, RwLock};

/// Builds a [`Database`]; begin with the name of the kind, as in `SqliteDatabaseBuilder::from_file`, or with
/// [`Database::from_url`].
#[derive(Debug)]
#[must_use]
pub struct DatabaseBuilder<D: Backend> {
    pub(super) settings: D::Settings,
    pub(super) migrator: Option<Migrator>,
}

// Not derived: that would ask for `D: Clone`, which no database of sqlx is.
impl<D: Backend> Clone for DatabaseBuilder<D> {
    fn clone(&self) -> Self {
        Self { settings: self.settings.clone(), migrator: self.migrator.clone() }
    }
}

impl<D: Backend> DatabaseBuilder<D> {
    pub(super) fn new(settings: D::Settings) -> Self {
        Self { settings, migrator: None }
    }

    /// Brings the database to the head of this history at [`Database::init`]: a
    /// [`Migrations`](crate::Migrations), or a [`Migrator`] with settings.
    pub fn with_migrations(mut self, migrations: impl Into<Migrator>) -> Self {
        self.migrator = Some(migrations.into());
        self
    }

    /// Leaves the schema alone at [`Database::init`].
    pub fn with_migrations_disabled(mut self) -> Self {
        self.migrator = None;
        self
    }

    /// The database, still closed: [`Database::init`] opens it.
    pub fn build(self) -> Database<D> {
        let Self { settings, migrator } = self;
        let (pool, opening) = (RwLock::new(None), tokio::sync::Mutex::new(()));
        Database { shared: Arc::new(Shared { settings, migrator, pool, opening }) }
    }
}
