//! SQLite.

use super::backend::{Backend, sealed};
use super::builder::DatabaseBuilder;
use crate::backend::AnyPool;
use crate::backend::error_help::open_error;
use crate::error::Error;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Sqlite, SqlitePool};
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Builds a [`Database`](super::Database) on SQLite.
pub type SqliteDatabaseBuilder = DatabaseBuilder<Sqlite>;

/// How a file is opened, and how many connections there are.
#[doc(hidden)]
#[derive(Clone)]
pub struct Settings {
    pub(super) connect: SqliteConnectOptions,
    pub(super) pool: SqlitePoolOptions,
}

impl Settings {
    /// A file, which is made when it does not exist.
    pub(super) fn file(connect: SqliteConnectOptions) -> Self {
        Self { connect: connect.create_if_missing(true), pool: SqlitePoolOptions::new() }
    }

    /// What a URL names. A file is made when it does not exist, unless the URL says how it is opened.
    pub(super) fn from_url(url: &str) -> Result<Self, Error> {
        let (options, has_mode) = super::url::sqlite(url)?;
        Ok(if url.contains(":memory:") {
            Self::memory()
        } else if has_mode {
            Self { connect: options, pool: SqlitePoolOptions::new() }
        } else {
            Self::file(options)
        })
    }

    pub(super) fn options(&self) -> SqliteConnectOptions {
        self.connect.clone()
    }

    /// A database in memory.
    pub(super) fn memory() -> Self {
        // Every connection to `:memory:` is a database of its own, and it ends with the connection: so
        // there is one, and it is never given up.
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None);
        Self { connect: SqliteConnectOptions::new().in_memory(true), pool }
    }
}

// Not derived: sqlx shows the pragmas of its options, and the key of an encrypted file is one.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { connect, pool } = self;
        f.debug_struct("Settings")
            .field("filename", &connect.get_filename())
            .field("pool", pool)
            .finish_non_exhaustive()
    }
}

impl sealed::Sealed for Sqlite {}
impl Backend for Sqlite {
    type Pool = SqlitePool;
    type Settings = Settings;

    async fn open(settings: &Settings, _: Option<Duration>) -> Result<SqlitePool, Error> {
        let Settings { connect, pool } = settings;
        if connect.get_filename().as_os_str().is_empty() {
            // SQLite would give each connection a private temporary database.
            let unnamed = sqlx::Error::Configuration("the path of the file is empty".into());
            return Err(open_error(unnamed, connect));
        }
        if let Some(error) = super::url::in_place_of_path(connect.get_filename()) {
            return Err(error);
        }
        pool.clone().connect_with(connect.clone()).await.map_err(|error| open_error(error, connect))
    }

    fn any(pool: SqlitePool) -> AnyPool {
        AnyPool::Sqlite(pool)
    }
}

impl DatabaseBuilder<Sqlite> {
    /// A database in a file. [`Database::init`](super::Database::init) creates a missing file.
    ///
    /// The file keeps its journal mode; use [`with_options`](Self::with_options) to set one.
    pub fn from_file(path: impl AsRef<Path>) -> Self {
        let path: PathBuf = path.as_ref().to_owned();
        Self::new(Settings::file(SqliteConnectOptions::new().filename(path)))
    }

    /// A database in memory that lives as long as the [`Database`](super::Database).
    pub fn in_memory() -> Self {
        Self::new(Settings::memory())
    }

    /// Changes the options of the pool.
    ///
    /// ```
    /// # use servicekit::SqliteDatabaseBuilder;
    /// let database = SqliteDatabaseBuilder::from_file("app.db")
    ///     .with_pool(|pool| pool.max_connections(4))
    ///     .build();
    /// ```
    pub fn with_pool(mut self, change: impl FnOnce(SqlitePoolOptions) -> SqlitePoolOptions) -> Self {
        self.settings.pool = change(self.settings.pool);
        self
    }

    /// Changes the options of connections.
    ///
    /// ```
    /// # use servicekit::{SqliteDatabaseBuilder, sqlx::sqlite::SqliteJournalMode};
    /// let database = SqliteDatabaseBuilder::from_file("app.db")
    ///     .with_options(|options| options.journal_mode(SqliteJournalMode::Wal))
    ///     .build();
    /// ```
    pub fn with_options(mut self, change: impl FnOnce(SqliteConnectOptions) -> SqliteConnectOptions) -> Self {
        self.settings.connect = change(self.settings.connect);
        self
    }
}
