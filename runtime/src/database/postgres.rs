//! PostgreSQL.

use super::backend::{Backend, Opened, sealed};
use super::builder::DatabaseBuilder;
use crate::backend::AnyPool;
use crate::backend::server_room::open as open_pool;
use crate::error::Error;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions as _, PgPool, Postgres};
use std::time::Duration;

/// Builds a [`Database`](super::Database) on PostgreSQL.
pub type PostgresDatabaseBuilder = DatabaseBuilder<Postgres>;

/// Where the server is, and how many connections there are.
#[doc(hidden)]
#[derive(Clone)]
pub struct Settings {
    pub(super) connect: PgConnectOptions,
    pub(super) pool: PgPoolOptions,
}

impl Settings {
    pub(super) fn new(connect: PgConnectOptions) -> Self {
        Self { connect, pool: PgPoolOptions::new() }
    }

    /// The options, with a host that can be looked up.
    pub(super) fn options(&self) -> PgConnectOptions {
        match super::url::without_brackets(self.connect.get_host()) {
            Some(address) => self.connect.clone().host(&address),
            None => self.connect.clone(),
        }
    }
}

debug_without_password!(Settings);

impl sealed::Sealed for Postgres {}
impl Backend for Postgres {
    type Pool = PgPool;
    type Session = sqlx::Transaction<'static, Postgres>;
    type Settings = Settings;

    async fn open(settings: &Settings, deadline: Option<Duration>) -> Result<Opened<PgPool>, Error> {
        open_pool(settings.pool.clone(), settings.options(), deadline).await.map(Opened::new)
    }

    async fn begin(pool: &PgPool) -> Result<Self::Session, sqlx::Error> {
        pool.begin().await
    }

    async fn closed(_: &Settings) {}

    fn echo(settings: &mut Settings, level: log::LevelFilter) {
        settings.connect = settings.connect.clone().log_statements(level);
    }

    fn any(pool: PgPool) -> AnyPool {
        AnyPool::Postgres(pool)
    }
}

impl DatabaseBuilder<Postgres> {
    /// A database on the server in the URL.
    ///
    /// ```
    /// # use servicekit::PostgresDatabaseBuilder;
    /// let database = PostgresDatabaseBuilder::from_url("postgres://app@localhost/app")?
    ///     .with_pool(|pool| pool.max_connections(4))
    ///     .with_options(|options| options.application_name("shop"))
    ///     .build();
    /// # Ok::<(), servicekit::Error>(())
    /// ```
    ///
    /// # Errors
    /// If the URL cannot be parsed, or has an unknown parameter.
    pub fn from_url(url: &str) -> Result<Self, Error> {
        Ok(Self::from_options(super::url::postgres(url)?))
    }

    /// A database with these connection options.
    pub fn from_options(options: PgConnectOptions) -> Self {
        Self::new(Settings::new(options))
    }

    /// Changes the options of the pool.
    pub fn with_pool(mut self, change: impl FnOnce(PgPoolOptions) -> PgPoolOptions) -> Self {
        self.settings.pool = change(self.settings.pool);
        self
    }

    /// Changes the options of connections.
    pub fn with_options(mut self, change: impl FnOnce(PgConnectOptions) -> PgConnectOptions) -> Self {
        self.settings.connect = change(self.settings.connect);
        self
    }
}
