//! MySQL or MariaDB.

use super::backend::{Backend, Opened, sealed};
use super::builder::DatabaseBuilder;
use crate::backend::AnyPool;
use crate::backend::server_room::open as open_pool;
use crate::error::Error;
use sqlx::mysql::{MySqlConnectOptions, MySqlPoolOptions};
use sqlx::{ConnectOptions as _, MySql, MySqlPool};
use std::time::Duration;

/// Builds a [`Database`](super::Database) on MySQL or MariaDB.
pub type MySqlDatabaseBuilder = DatabaseBuilder<MySql>;

/// Where the server is, and how many connections there are.
#[doc(hidden)]
#[derive(Clone)]
pub struct Settings {
    pub(super) connect: MySqlConnectOptions,
    pub(super) pool: MySqlPoolOptions,
}

impl Settings {
    pub(super) fn new(connect: MySqlConnectOptions) -> Self {
        Self { connect, pool: MySqlPoolOptions::new() }
    }

    /// The options, with a host that can be looked up.
    pub(super) fn options(&self) -> MySqlConnectOptions {
        match super::url::without_brackets(self.connect.get_host()) {
            Some(address) => self.connect.clone().host(&address),
            None => self.connect.clone(),
        }
    }
}

debug_without_password!(Settings);

impl sealed::Sealed for MySql {}
impl Backend for MySql {
    type Pool = MySqlPool;
    type Session = sqlx::Transaction<'static, MySql>;
    type Settings = Settings;

    async fn open(settings: &Settings, deadline: Option<Duration>) -> Result<Opened<MySqlPool>, Error> {
        open_pool(settings.pool.clone(), settings.options(), deadline).await.map(Opened::new)
    }

    async fn begin(pool: &MySqlPool) -> Result<Self::Session, sqlx::Error> {
        pool.begin().await
    }

    async fn closed(_: &Settings) {}

    fn echo(settings: &mut Settings, level: log::LevelFilter) {
        settings.connect = settings.connect.clone().log_statements(level);
    }

    fn any(pool: MySqlPool) -> AnyPool {
        AnyPool::MySql(pool)
    }
}

impl DatabaseBuilder<MySql> {
    /// A database on the server in the URL.
    ///
    /// ```
    /// # use servicekit::MySqlDatabaseBuilder;
    /// let database = MySqlDatabaseBuilder::from_url("mysql://app@localhost/app")?
    ///     .with_pool(|pool| pool.max_connections(4))
    ///     .with_options(|options| options.charset("utf8mb4"))
    ///     .build();
    /// # Ok::<(), servicekit::Error>(())
    /// ```
    ///
    /// # Errors
    /// If the URL cannot be parsed, or has an unknown parameter.
    pub fn from_url(url: &str) -> Result<Self, Error> {
        Ok(Self::from_options(super::url::mysql(url)?))
    }

    /// A database with these connection options.
    pub fn from_options(options: MySqlConnectOptions) -> Self {
        Self::new(Settings::new(options))
    }

    /// Changes the options of the pool.
    pub fn with_pool(mut self, change: impl FnOnce(MySqlPoolOptions) -> MySqlPoolOptions) -> Self {
        self.settings.pool = change(self.settings.pool);
        self
    }

    /// Changes the options of connections.
    pub fn with_options(mut self, change: impl FnOnce(MySqlConnectOptions) -> MySqlConnectOptions) -> Self {
        self.settings.connect = change(self.settings.connect);
        self
    }
}
