//! A database of a service: its pool and the history that it is brought to at the start.

use crate::migrate::{Access, Error, Link, Migrator, Report};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Sqlite, SqlitePool};
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

/// A SQLite database of a service: a pool that [`init`](Self::init) opens and brings up to date.
///
/// Clones share the pool.
///
/// ```
/// # use servicekit::{Migrations, SqliteDatabaseBuilder};
/// # async fn example(migrations: Migrations) -> Result<(), Box<dyn std::error::Error>> {
/// let database = SqliteDatabaseBuilder::from_file("app.db").with_migrations(migrations).build();
/// database.init().await?;
/// let pool = database.pool()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Database<D: sqlx::Database = Sqlite> {
    shared: Arc<Shared<D>>,
}

// Not derived: that would ask for `D: Clone`, which no database of sqlx is.
impl<D: sqlx::Database> Clone for Database<D> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

#[derive(Debug)]
struct Shared<D: sqlx::Database> {
    connect_options: SqliteConnectOptions,
    pool_options: sqlx::pool::PoolOptions<D>,
    migrator: Option<Migrator>,
    pool: RwLock<Option<sqlx::Pool<D>>>,
    /// Held while the pool is opened or closed, so that two calls of `init` open one.
    opening: tokio::sync::Mutex<()>,
}

impl Database<Sqlite> {
    /// Opens the pool and applies what is pending; called again, it only looks for something to apply.
    ///
    /// The report is empty when there was nothing to do, or no history was given.
    ///
    /// # Errors
    /// When the database cannot be opened, or see [`Error`]. A pool that was opened for this call is closed
    /// again; one that was open before stays open.
    pub async fn init(&self) -> Result<Report, Error> {
        let _opening = self.shared.opening.lock().await;
        if let Some(pool) = self.shared.open_pool() {
            return self.shared.migrate(&pool).await;
        }
        let options = self.shared.pool_options.clone();
        let connect = &self.shared.connect_options;
        if connect.get_filename().as_os_str().is_empty() {
            // SQLite would give each connection a private temporary database.
            let unnamed = sqlx::Error::Configuration("the path of the file is empty".into());
            return Err(Error::connect(unnamed, connect));
        }
        let pool =
            options.connect_with(connect.clone()).await.map_err(|error| Error::connect(error, connect))?;
        let report = self.shared.migrate(&pool).await;
        match report {
            Ok(_) => self.shared.set_pool(Some(pool)),
            Err(_) => pool.close().await,
        }
        report
    }

    /// The pool.
    ///
    /// # Errors
    /// [`Error::NotInitialised`] before [`init`](Self::init) and after [`dispose`](Self::dispose).
    pub fn pool(&self) -> Result<SqlitePool, Error> {
        self.shared.open_pool().ok_or(Error::NotInitialised)
    }

    /// Closes the pool, after the connections in use have come back. An [`init`](Self::init) that is going on
    /// ends first.
    pub async fn dispose(&self) {
        let opening = self.shared.opening.lock().await;
        let pool = self.shared.open_pool();
        self.shared.set_pool(None);
        // Whoever holds a connection may call `init` before giving it back.
        drop(opening);
        if let Some(pool) = pool {
            pool.close().await;
        }
    }
}

impl Shared<Sqlite> {
    async fn migrate(&self, pool: &SqlitePool) -> Result<Report, Error> {
        match &self.migrator {
            Some(migrator) => migrator.upgrade(pool).await,
            None => Ok(Report::nothing()),
        }
    }
}

impl<D: sqlx::Database> Shared<D> {
    fn open_pool(&self) -> Option<sqlx::Pool<D>> {
        // A poisoned lock still holds a whole value: it is only ever replaced.
        self.pool.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    fn set_pool(&self, pool: Option<sqlx::Pool<D>>) {
        *self.pool.write().unwrap_or_else(std::sync::PoisonError::into_inner) = pool;
    }
}

impl crate::migrate::sealed::Sealed for &Database<Sqlite> {}
impl<'c> Access<'c> for &'c Database<Sqlite> {
    fn link(self) -> Link<'c> {
        self.shared.open_pool().map_or(Link::Closed, Link::SqlitePool)
    }
}

/// Builds a [`Database`] on SQLite.
#[derive(Debug, Clone)]
#[must_use]
pub struct SqliteDatabaseBuilder {
    connect_options: SqliteConnectOptions,
    pool_options: SqlitePoolOptions,
    migrator: Option<Migrator>,
}

impl SqliteDatabaseBuilder {
    /// A database in a file, which is made at [`Database::init`] when it is not there.
    ///
    /// The file keeps its journal mode; see [`with_options`](Self::with_options) to set one.
    pub fn from_file(path: impl AsRef<Path>) -> Self {
        let path: PathBuf = path.as_ref().to_owned();
        Self {
            connect_options: SqliteConnectOptions::new().filename(path).create_if_missing(true),
            pool_options: SqlitePoolOptions::new(),
            migrator: None,
        }
    }

    /// A database in memory that lives as long as the [`Database`].
    pub fn in_memory() -> Self {
        // Every connection to `:memory:` is a database of its own, and it ends with the connection: so
        // there is one, and it is never given up.
        let pool_options = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None);
        let connect_options = SqliteConnectOptions::new().in_memory(true);
        Self { connect_options, pool_options, migrator: None }
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

    /// Changes the settings of the pool.
    ///
    /// ```
    /// # use servicekit::SqliteDatabaseBuilder;
    /// let database = SqliteDatabaseBuilder::from_file("app.db")
    ///     .with_pool(|pool| pool.max_connections(4))
    ///     .build();
    /// ```
    pub fn with_pool(mut self, change: impl FnOnce(SqlitePoolOptions) -> SqlitePoolOptions) -> Self {
        self.pool_options = change(self.pool_options);
        self
    }

    /// Changes how connections are opened.
    ///
    /// ```
    /// # use servicekit::{SqliteDatabaseBuilder, sqlx::sqlite::SqliteJournalMode};
    /// let database = SqliteDatabaseBuilder::from_file("app.db")
    ///     .with_options(|options| options.journal_mode(SqliteJournalMode::Wal))
    ///     .build();
    /// ```
    pub fn with_options(mut self, change: impl FnOnce(SqliteConnectOptions) -> SqliteConnectOptions) -> Self {
        self.connect_options = change(self.connect_options);
        self
    }

    /// The database, still closed: [`Database::init`] opens it.
    pub fn build(self) -> Database<Sqlite> {
        let Self { connect_options, pool_options, migrator } = self;
        let (pool, opening) = (RwLock::new(None), tokio::sync::Mutex::new(()));
        Database { shared: Arc::new(Shared { connect_options, pool_options, migrator, pool, opening }) }
    }
}
