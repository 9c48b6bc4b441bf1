//! A database whose kind is selected by a URL at run time.

use super::Database;
use super::backend::{Backend, Opened, sealed};
use super::builder::DatabaseBuilder;
use crate::backend::{AnyPool, driver_enum, map_driver, with_driver};
use crate::error::{Error, ErrorKind};
use sqlx::{ConnectOptions as _, Connection as _};
use std::time::Duration;

/// The kind of a [`Database`] that is selected by a URL: see [`Database::from_url`].
#[derive(Debug, Clone, Copy)]
pub enum AnyBackend {}

type Boxed<D> = Box<<D as Backend>::Settings>;

driver_enum! {
    #[doc(hidden)]
    #[derive(Debug, Clone)]
    pub enum Settings of Boxed
}

type Begun<D> = sqlx::Transaction<'static, D>;

driver_enum! {
    /// A transaction of the kind of database that the URL named: see [`Database::session`].
    #[derive(Debug)]
    #[non_exhaustive]
    pub enum AnySession of Begun
}

impl AnySession {
    /// Commits the transaction.
    ///
    /// # Errors
    /// If the database refuses it, or the connection is lost.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        with_driver!(self, AnySession(transaction) => transaction.commit().await)
    }

    /// Rolls the transaction back, as dropping it does.
    ///
    /// # Errors
    /// If the connection is lost.
    pub async fn rollback(self) -> Result<(), sqlx::Error> {
        with_driver!(self, AnySession(transaction) => transaction.rollback().await)
    }
}

impl sealed::Sealed for AnyBackend {}
impl Backend for AnyBackend {
    type Pool = AnyPool;
    type Session = AnySession;
    type Settings = Settings;

    async fn open(settings: &Settings, deadline: Option<Duration>) -> Result<Opened<AnyPool>, Error> {
        with_driver!(settings, Settings(settings) => {
            Ok(D::open(settings, deadline).await?.map(<D as Backend>::any))
        })
    }

    async fn begin(pool: &AnyPool) -> Result<AnySession, sqlx::Error> {
        Ok(map_driver!(pool, AnyPool(pool) => AnySession(D::begin(pool).await?)))
    }

    async fn closed(settings: &Settings) {
        with_driver!(settings, Settings(settings) => D::closed(settings).await);
    }

    fn echo(settings: &mut Settings, level: log::LevelFilter) {
        with_driver!(settings, Settings(settings) => D::echo(settings, level));
    }

    fn any(pool: AnyPool) -> AnyPool {
        pool
    }
}

impl Database<AnyBackend> {
    /// Builds a database of the kind in the URL, if its feature is enabled: `sqlite://app.db`, `sqlite::memory:`,
    /// `postgres://user@host/name` (or `postgresql`), `mysql://user@host/name` (or `mariadb`).
    ///
    /// ```
    /// # #[cfg(feature = "sqlite")] {
    /// # use servicekit::Database;
    /// let database = Database::from_url("sqlite://app.db")?.build();
    /// # }
    /// # Ok::<(), servicekit::Error>(())
    /// ```
    ///
    /// # Errors
    /// If the URL cannot be parsed, has an unknown parameter, or needs a feature that is not enabled.
    pub fn from_url(url: &str) -> Result<DatabaseBuilder<AnyBackend>, Error> {
        let scheme = super::url::scheme(url);
        let settings = match scheme.as_str() {
            #[cfg(feature = "sqlite")]
            "sqlite" => Settings::Sqlite(Box::new(super::sqlite::Settings::from_url(url)?)),
            #[cfg(feature = "postgres")]
            "postgres" | "postgresql" => {
                Settings::Postgres(Box::new(super::postgres::Settings::new(super::url::postgres(url)?)))
            }
            #[cfg(feature = "mysql")]
            "mysql" | "mariadb" => {
                Settings::MySql(Box::new(super::mysql::Settings::new(super::url::mysql(url)?)))
            }
            other => {
                let reason = unknown(other);
                return Err(ErrorKind::Url { scheme, reason }.into());
            }
        };
        Ok(DatabaseBuilder::new(settings))
    }
}

impl DatabaseBuilder<AnyBackend> {
    /// The maximum number of connections in the pool.
    pub fn with_max_connections(mut self, most: u32) -> Self {
        with_driver!(&mut self.settings, Settings(settings) => {
            settings.pool = settings.pool.clone().max_connections(most);
        });
        self
    }

    /// Opens one connection and closes it again: a pool tries for long, and does not say why it has none.
    #[doc(hidden)]
    pub async fn try_once(&self) -> Result<(), sqlx::Error> {
        with_driver!(&self.settings, Settings(settings) => settings.options().connect().await?.close().await)
    }
}

/// Why a scheme is not understood: it is not one, or its database was left out of this build.
fn unknown(scheme: &str) -> String {
    let (database, feature) = match scheme {
        "sqlite" => ("SQLite", "sqlite"),
        "postgres" | "postgresql" => ("PostgreSQL", "postgres"),
        "mysql" | "mariadb" => ("MySQL and MariaDB", "mysql"),
        _ => return "it should begin with `sqlite:`, `postgres:` or `mysql:`".to_owned(),
    };
    format!("this program was built without the feature `{feature}`, which is for {database}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_that_names_no_database_is_refused_without_being_repeated() {
        let error = Database::from_url("oracle://scott:tiger@host/db").map(|_| ()).unwrap_err();
        insta::assert_snapshot!(format!("{}: {error}", error.code()), @"
        invalid_url: the URL `oracle:…` names no database that can be opened: it should begin with `sqlite:`, `postgres:` or `mysql:`
        help: fix the URL, as in `sqlite://app.db`, `postgres://user@host/name` or `mysql://user@host/name`
        ");
        assert!(Database::from_url("").is_err());
    }

    #[cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql"))]
    #[test]
    fn each_scheme_is_of_its_kind() {
        let kind = |url: &str| match Database::from_url(url).unwrap().with_max_connections(3).settings {
            Settings::Sqlite(settings) => format!("sqlite {}", settings.pool.get_max_connections()),
            Settings::Postgres(settings) => format!("postgres {}", settings.pool.get_max_connections()),
            Settings::MySql(settings) => format!("mysql {}", settings.pool.get_max_connections()),
        };
        let urls = [
            "sqlite://a.db",
            "sqlite::memory:",
            "postgres://h/d",
            "postgresql://h/d",
            "mysql://h/d",
            "mariadb://h/d",
        ];
        assert_eq!(
            urls.map(kind),
            ["sqlite 3", "sqlite 3", "postgres 3", "postgres 3", "mysql 3", "mysql 3"]
        );
    }
}
