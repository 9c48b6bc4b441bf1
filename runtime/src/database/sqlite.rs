//! SQLite.

mod journal_mode;
mod memory;

use super::backend::{Backend, Opened, sealed};
use super::builder::DatabaseBuilder;
use crate::backend::error_help::open_error;
use crate::backend::{AnyPool, answer_limits};
use crate::error::{Error, ErrorKind};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Sqlite, SqlitePool};
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Builds a [`Database`](super::Database) on SQLite.
///
/// Each connection has these pragmas, which [`with_options`](Self::with_options) can change
/// (<https://www.sqlite.org/pragma.html>):
///
/// | pragma | value | why |
/// |---|---|---|
/// | `foreign_keys` | `ON` | SQLite does not check them otherwise |
/// | `busy_timeout` | 30 s | a writer waits for another one instead of failing at once; a run of revisions has its own timeouts |
/// | `journal_size_limit` | 64 MiB | a log that a long reader let grow is cut back at the next checkpoint |
/// | `synchronous` | `NORMAL` in a file in WAL mode, else `FULL` | in WAL mode `NORMAL` cannot damage a file; the last commits before a loss of power can be missing. `FULL` keeps those too |
///
/// The journal mode is a property of the file. A file that [`init`](super::Database::init) creates is in WAL mode, in which
/// readers and a writer do not wait for each other; a file that exists keeps its mode, unless
/// [`with_wal`](Self::with_wal) changes it. WAL needs memory that processes share, so not a network file system
/// (<https://www.sqlite.org/wal.html>).
pub type SqliteDatabaseBuilder = DatabaseBuilder<Sqlite>;

/// How long a connection waits for another writer.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// In bytes.
const JOURNAL_SIZE_LIMIT: &str = "67108864";

/// How a file is opened, and how many connections there are.
#[doc(hidden)]
#[derive(Clone)]
pub struct Settings {
    pub(super) connect: SqliteConnectOptions,
    pub(super) pool: SqlitePoolOptions,
    is_memory: bool,
    /// Whether a file that exists is switched to WAL mode.
    wal: bool,
}

impl Settings {
    fn new(connect: SqliteConnectOptions) -> Self {
        // Of a file that turns out not to be in WAL mode `NORMAL` is taken back: see `journal_mode`.
        let connect = connect
            .busy_timeout(BUSY_TIMEOUT)
            .synchronous(SqliteSynchronous::Normal)
            .pragma("journal_size_limit", JOURNAL_SIZE_LIMIT);
        Self { connect, pool: SqlitePoolOptions::new(), is_memory: false, wal: false }
    }

    /// A file, which is made when it does not exist.
    fn file(connect: SqliteConnectOptions) -> Self {
        Self::new(connect.create_if_missing(true))
    }

    /// What a URL names. A file is made when it does not exist, unless the URL says how it is opened.
    pub(super) fn from_url(url: &str) -> Result<Self, Error> {
        let (options, has_mode) = super::url::sqlite(url)?;
        Ok(if url.contains(":memory:") {
            Self::memory()
        } else if has_mode {
            Self::new(options)
        } else {
            Self::file(options)
        })
    }

    pub(super) fn options(&self) -> SqliteConnectOptions {
        self.connect.clone()
    }

    /// A database in memory.
    fn memory() -> Self {
        let mut settings = Self::new(SqliteConnectOptions::new());
        // Kept by the pool too, for whoever keeps that and drops the `Database`.
        settings.pool = settings.pool.min_connections(1).idle_timeout(None).max_lifetime(None);
        settings.is_memory = true;
        settings
    }
}

// Not derived: sqlx shows the pragmas of its options, and the key of an encrypted file is one.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { connect, pool, is_memory: _, wal } = self;
        f.debug_struct("Settings")
            .field("filename", &connect.get_filename())
            .field("wal", wal)
            .field("pool", pool)
            .finish_non_exhaustive()
    }
}

impl sealed::Sealed for Sqlite {}
impl Backend for Sqlite {
    type Pool = SqlitePool;
    type Session = sqlx::Transaction<'static, Sqlite>;
    type Settings = Settings;

    async fn open(settings: &Settings, deadline: Option<Duration>) -> Result<Opened<SqlitePool>, Error> {
        if settings.is_memory {
            return memory::open(settings).await;
        }
        let Settings { connect, pool, wal, .. } = settings;
        if connect.get_filename().as_os_str().is_empty() {
            // SQLite would give each connection a private temporary database.
            let unnamed = sqlx::Error::Configuration("the path of the file is empty".into());
            return Err(open_error(unnamed, connect));
        }
        if let Some(error) = super::url::in_place_of_path(connect.get_filename()) {
            return Err(error);
        }
        if *wal {
            journal_mode::switch_to_wal(connect, deadline.unwrap_or(BUSY_TIMEOUT)).await?;
        } else {
            journal_mode::prepare_new_file(connect).await;
        }
        let connect = journal_mode::with_safe_synchronous(connect).await;
        let opened = pool.clone().connect_with(connect.clone());
        // The pragmas read the file, and wait for whoever holds it as long as the connections of the service do.
        let waited = deadline.unwrap_or(BUSY_TIMEOUT).max(answer_limits::LEAST);
        match tokio::time::timeout(waited, opened).await {
            Ok(pool) => pool.map(Opened::new).map_err(|error| open_error(error, &connect)),
            Err(_) => Err(ErrorKind::Locked { waited, holder: None, source: None }.into()),
        }
    }

    async fn begin(pool: &SqlitePool) -> Result<Self::Session, sqlx::Error> {
        pool.begin_with("BEGIN IMMEDIATE").await
    }

    async fn closed(settings: &Settings) {
        if !settings.is_memory {
            journal_mode::empty_log(&settings.connect).await;
        }
    }

    fn echo(settings: &mut Settings, level: log::LevelFilter) {
        settings.connect = settings.connect.clone().log_statements(level);
    }

    fn any(pool: SqlitePool) -> AnyPool {
        AnyPool::Sqlite(pool)
    }
}

impl DatabaseBuilder<Sqlite> {
    /// A database in a file. [`Database::init`](super::Database::init) creates a missing file, in WAL mode; a file that
    /// exists keeps its journal mode.
    pub fn from_file(path: impl AsRef<Path>) -> Self {
        let path: PathBuf = path.as_ref().to_owned();
        Self::new(Settings::file(SqliteConnectOptions::new().filename(path)))
    }

    /// A database in memory that all connections of the pool share, and that lives as long as the
    /// [`Database`](super::Database) or its pool: [`dispose`](super::Database::dispose) ends it.
    ///
    /// It can hold 1 GiB (`SQLITE_CONFIG_MEMDB_MAXSIZE`). Its connections wait for each other as those of a file that is not
    /// in WAL mode do: while one writes, others do not read. So do not wait for a second connection while you hold a
    /// [`session`](super::Database::session).
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

    /// Switches a file that exists to WAL mode too, when [`Database::init`](super::Database::init) opens it.
    ///
    /// That changes the file for every program that uses it, and needs a moment in which no other has it open.
    /// [`init`](super::Database::init) fails with [`ErrorKind::JournalMode`](crate::ErrorKind::JournalMode) if the file
    /// system cannot have it, or if others do not close the file within the acquire timeout.
    ///
    /// ```
    /// # use servicekit::SqliteDatabaseBuilder;
    /// let database = SqliteDatabaseBuilder::from_file("app.db").with_wal().build();
    /// ```
    pub fn with_wal(mut self) -> Self {
        self.settings.wal = true;
        self
    }

    /// Changes the options of connections.
    ///
    /// A `journal_mode` that is set here is set by each connection, and so also for a file that is created.
    ///
    /// ```
    /// # use servicekit::{SqliteDatabaseBuilder, sqlx::sqlite::SqliteJournalMode};
    /// let database = SqliteDatabaseBuilder::from_file("app.db")
    ///     .with_options(|options| options.journal_mode(SqliteJournalMode::Truncate))
    ///     .build();
    /// ```
    pub fn with_options(mut self, change: impl FnOnce(SqliteConnectOptions) -> SqliteConnectOptions) -> Self {
        self.settings.connect = change(self.settings.connect);
        self
    }
}
