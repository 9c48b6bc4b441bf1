//! What a history does with the usual settings.

use crate::backend::IntoConnection;
use crate::error::Error;
use crate::history::Migrations;
use crate::report::Report;
use crate::run::Migrator;
use servicekit_chain::{Heads, Target};

/// The runs that most services need, with the settings as they are; [`Migrator`] has the others.
impl Migrations {
    /// The same history with settings for its runs, and with all other methods.
    pub fn migrator(self) -> Migrator {
        Migrator::from(self)
    }

    /// See [`Migrator::upgrade`].
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn upgrade<'c>(self, database: impl IntoConnection<'c>) -> Result<Report, Error> {
        self.migrator().upgrade(database).await
    }

    /// See [`Migrator::upgrade_to`].
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn upgrade_to<'c, T>(
        self,
        database: impl IntoConnection<'c>,
        target: T,
    ) -> Result<Report, Error>
    where
        T: TryInto<Target>,
        Error: From<T::Error>,
    {
        self.migrator().upgrade_to(database, target).await
    }

    /// See [`Migrator::downgrade_to`].
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn downgrade_to<'c, T>(
        self,
        database: impl IntoConnection<'c>,
        target: T,
    ) -> Result<Report, Error>
    where
        T: TryInto<Target>,
        Error: From<T::Error>,
    {
        self.migrator().downgrade_to(database, target).await
    }

    /// See [`Migrator::current`].
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn current<'c>(self, database: impl IntoConnection<'c>) -> Result<Heads, Error> {
        self.migrator().current(database).await
    }
}
