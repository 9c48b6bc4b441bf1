//! A database of a service: its pool and its history.

/// `Debug` for what holds the options of a connection to a server. Not derived: sqlx shows the password of its options.
#[cfg(any(feature = "postgres", feature = "mysql"))]
macro_rules! debug_without_password {
    ($settings:ident) => {
        impl std::fmt::Debug for $settings {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let Self { connect, pool } = self;
                f.debug_struct(stringify!($settings))
                    .field("host", &connect.get_host())
                    .field("port", &connect.get_port())
                    .field("socket", &connect.get_socket())
                    .field("username", &connect.get_username())
                    .field("database", &connect.get_database())
                    .field("ssl_mode", &connect.get_ssl_mode())
                    .field("pool", pool)
                    .finish_non_exhaustive()
            }
        }
    };
}

mod any;
mod backend;
mod builder;
#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;
mod url;

pub use crate::backend::driver::AnyPool;
pub use crate::backend::rights::MissingRight;
pub use crate::run::rights::Rights;
pub use any::AnyBackend;
pub use backend::Backend;
pub use builder::DatabaseBuilder;
#[cfg(feature = "mysql")]
pub use mysql::MySqlDatabaseBuilder;
#[cfg(feature = "postgres")]
pub use postgres::PostgresDatabaseBuilder;
#[cfg(feature = "sqlite")]
pub use sqlite::SqliteDatabaseBuilder;
pub use url::UrlError;

use crate::backend::{IntoConnection, Link, with_driver};
use crate::error::{Error, ErrorKind};
use crate::report::Report;
use crate::run::Migrator;
use std::sync::{Arc, RwLock};

/// A database of a service: a pool that [`init`](Self::init) opens and upgrades.
///
/// `D` is the kind: one of sqlx's databases, or [`AnyBackend`] if a URL selects it. Clones share the pool.
///
/// ```
/// # #[cfg(feature = "sqlite")] mod sqlite {
/// # use servicekit::{Migrations, SqliteDatabaseBuilder};
/// # async fn example(migrations: Migrations) -> Result<(), Box<dyn std::error::Error>> {
/// let database = SqliteDatabaseBuilder::from_file("app.db").with_migrations(migrations).build();
/// database.init().await?;
/// let pool = database.pool()?;
/// # Ok(())
/// # }
/// # }
/// ```
#[derive(Debug)]
pub struct Database<D: Backend = AnyBackend> {
    shared: Arc<Shared<D>>,
}

// Not derived: that would ask for `D: Clone`, which no database of sqlx is.
impl<D: Backend> Clone for Database<D> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

#[derive(Debug)]
struct Shared<D: Backend> {
    settings: D::Settings,
    migrator: Option<Migrator>,
    pool: RwLock<Option<D::Pool>>,
    /// Held while the pool is opened or closed, so that two calls of `init` open one.
    opening: tokio::sync::Mutex<()>,
}

impl<D: Backend> Database<D> {
    /// Opens the pool and applies pending revisions. Later calls only apply pending revisions.
    ///
    /// The report is empty if there was nothing to do, or if there is no history.
    ///
    /// # Errors
    /// If the database cannot be opened; see also [`Error`]. A pool that this call opened is closed again; a pool
    /// that was open before stays open.
    pub async fn init(&self) -> Result<Report, Error> {
        let _opening = self.shared.opening.lock().await;
        if let Some(pool) = self.shared.open_pool() {
            return self.shared.migrate(pool).await;
        }
        let deadline = self.shared.migrator.as_ref().map(Migrator::deadline);
        let pool = D::open(&self.shared.settings, deadline).await?;
        let report = self.shared.migrate(pool.clone()).await;
        match report {
            Ok(_) => self.shared.set_pool(Some(pool)),
            Err(_) => close(D::any(pool)).await,
        }
        report
    }

    /// The pool.
    ///
    /// # Errors
    /// [`ErrorKind::NotInitialised`] before [`init`](Self::init) and after [`dispose`](Self::dispose).
    pub fn pool(&self) -> Result<D::Pool, Error> {
        self.shared.open_pool().ok_or_else(|| ErrorKind::NotInitialised.into())
    }

    /// Closes the pool after all connections are returned. A running [`init`](Self::init) ends first.
    pub async fn dispose(&self) {
        let opening = self.shared.opening.lock().await;
        let pool = self.shared.open_pool();
        self.shared.set_pool(None);
        // Whoever holds a connection may call `init` before giving it back.
        drop(opening);
        if let Some(pool) = pool {
            close(D::any(pool)).await;
        }
    }
}

impl<D: Backend> Shared<D> {
    async fn migrate(&self, pool: D::Pool) -> Result<Report, Error> {
        match &self.migrator {
            Some(migrator) => migrator.upgrade(Opened(D::any(pool))).await,
            None => Ok(Report::nothing()),
        }
    }

    fn open_pool(&self) -> Option<D::Pool> {
        // A poisoned lock still holds a whole value: it is only ever replaced.
        self.pool.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    fn set_pool(&self, pool: Option<D::Pool>) {
        *self.pool.write().unwrap_or_else(std::sync::PoisonError::into_inner) = pool;
    }
}

async fn close(pool: AnyPool) {
    with_driver!(pool, AnyPool(pool) => pool.close().await);
}

/// A pool that is open, of whatever kind.
struct Opened(AnyPool);

impl crate::backend::into_connection::sealed::Sealed for Opened {}
impl<'c> IntoConnection<'c> for Opened {
    fn link(self) -> Link<'c> {
        Link::Pool(self.0)
    }
}

impl<D: Backend> crate::backend::into_connection::sealed::Sealed for &Database<D> {}
impl<'c, D: Backend> IntoConnection<'c> for &'c Database<D> {
    fn link(self) -> Link<'c> {
        self.shared.open_pool().map_or(Link::Closed, |pool| Link::Pool(D::any(pool)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the helpers of tests say what they expect by unwrapping it")]
mod tests {
    use super::*;

    /// Characters that a URL must encode are among it.
    const PASSWORD: &str = "ti ger\"9041";

    /// The debug texts of a builder, its database, and a copy of that.
    fn shown<D: Backend + std::fmt::Debug>(builder: &DatabaseBuilder<D>) -> String {
        let database = builder.clone().build();
        format!("{builder:?} {builder:#?} {database:?} {:?}", database.clone())
    }

    fn assert_hidden(shown: &str) {
        for part in [PASSWORD, "ger", "9041", "ti%20"] {
            assert!(!shown.contains(part), "{shown}");
        }
    }

    /// Of a database whose URL holds the password, and of one that was given it apart from its URL.
    #[cfg(any(feature = "postgres", feature = "mysql"))]
    fn assert_all_but_the_password_shown<D: Backend + std::fmt::Debug>(
        url: &str,
        typed: &DatabaseBuilder<D>,
        handed_in: &DatabaseBuilder<D>,
    ) {
        for shown in [shown(typed), shown(handed_in), shown(&Database::from_url(url).unwrap())] {
            assert_hidden(&shown);
            assert!(
                shown.contains("scott") && shown.contains("\"host\"") && shown.contains("\"db\""),
                "{shown}"
            );
        }
    }

    #[cfg(feature = "postgres")]
    #[test]
    fn no_debug_text_of_postgres_shows_the_password() {
        let url = "postgres://scott:ti%20ger%229041@host/db";
        let typed = PostgresDatabaseBuilder::from_url(url).unwrap();
        let handed_in = PostgresDatabaseBuilder::from_url("postgres://scott@host/db").unwrap();
        let handed_in = handed_in.with_options(|options| options.password(PASSWORD));
        assert_all_but_the_password_shown(url, &typed, &handed_in);
    }

    #[cfg(feature = "mysql")]
    #[test]
    fn no_debug_text_of_mysql_shows_the_password() {
        let url = "mysql://scott:ti%20ger%229041@host/db";
        let typed = MySqlDatabaseBuilder::from_url(url).unwrap();
        let handed_in = MySqlDatabaseBuilder::from_url("mysql://scott@host/db").unwrap();
        let handed_in = handed_in.with_options(|options| options.password(PASSWORD));
        assert_all_but_the_password_shown(url, &typed, &handed_in);
    }

    #[cfg(feature = "sqlite")]
    #[test]
    fn no_debug_text_of_sqlite_shows_the_key_of_a_file() {
        let builder = SqliteDatabaseBuilder::from_file("app.db");
        let shown = shown(&builder.with_options(|options| options.pragma("key", PASSWORD)));
        assert_hidden(&shown);
        assert!(shown.contains("app.db"), "{shown}");
    }
}
