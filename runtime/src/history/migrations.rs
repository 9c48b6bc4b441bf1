//! The embedded history that [`migrations!`](crate::history::migrations) makes.

use crate::backend::into_connection::IntoConnection;
use crate::error::Error;
use crate::history::embedded::Revision;
use crate::report::{EditedRevision, Report};
use crate::run::migrator::Migrator;
use servicekit_chain::{Heads, Plan, RevisionId, Target};

/// A history of revisions that the compiler has checked: what `MIGRATIONS` is.
///
/// It is a small value that can be copied freely; the revisions themselves are static data.
#[derive(Debug, Clone, Copy)]
pub struct Migrations {
    embedded: &'static Embedded,
}

/// What the macro hands over.
#[doc(hidden)]
#[derive(Debug)]
pub struct Embedded {
    /// The folder that holds `versions/`, as messages name it.
    pub folder: &'static str,
    /// The version rows of a database on which everything is applied, sorted.
    pub heads: &'static [&'static str],
    /// Every revision, in the order of the files.
    pub revisions: &'static [Revision],
    /// Name of the version table.
    pub version_table: &'static str,
    /// Name of the journal table.
    pub journal_table: &'static str,
    /// Schema of both tables, where the database has schemas.
    pub schema: Option<&'static str>,
    /// The folders of versions on the machine that compiled, in debug builds only: for the check of a stale
    /// binary.
    pub directories: &'static [&'static str],
    /// Name and version of the crate that embeds the history.
    pub application: &'static str,
    /// Whether both tables are in whichever schema the session is in, and others elsewhere are of other histories.
    pub current_schema: bool,
}

impl Migrations {
    /// Wraps what the macro found.
    #[doc(hidden)]
    pub const fn new(embedded: &'static Embedded) -> Self {
        Self { embedded }
    }

    /// Every revision, in the order of the files.
    pub const fn revisions(&self) -> &'static [Revision] {
        self.embedded.revisions
    }

    /// The folder that holds `versions/`, as messages name it.
    pub const fn folder(&self) -> &'static str {
        self.embedded.folder
    }

    /// The same history with settings for its runs.
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

    /// See [`Migrator::stamp`].
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn stamp<'c, T>(self, database: impl IntoConnection<'c>, target: T) -> Result<Report, Error>
    where
        T: TryInto<Target>,
        Error: From<T::Error>,
    {
        self.migrator().stamp(database, target).await
    }

    /// See [`Migrator::current`].
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn current<'c>(self, database: impl IntoConnection<'c>) -> Result<Heads, Error> {
        self.migrator().current(database).await
    }

    /// See [`Migrator::pending`].
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn pending<'c>(self, database: impl IntoConnection<'c>) -> Result<Vec<RevisionId>, Error> {
        self.migrator().pending(database).await
    }

    /// See [`Migrator::plan`].
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn plan<'c, T>(self, database: impl IntoConnection<'c>, target: T) -> Result<Plan, Error>
    where
        T: TryInto<Target>,
        Error: From<T::Error>,
    {
        self.migrator().plan(database, target).await
    }

    /// See [`Migrator::plan_downgrade`].
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn plan_downgrade<'c, T>(
        self,
        database: impl IntoConnection<'c>,
        target: T,
    ) -> Result<Plan, Error>
    where
        T: TryInto<Target>,
        Error: From<T::Error>,
    {
        self.migrator().plan_downgrade(database, target).await
    }

    /// See [`Migrator::edited`].
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn edited<'c>(self, database: impl IntoConnection<'c>) -> Result<Vec<EditedRevision>, Error> {
        self.migrator().edited(database).await
    }

    pub(crate) const fn embedded(self) -> &'static Embedded {
        self.embedded
    }
}
