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
pub use any::{AnyBackend, AnySession};
pub use backend::Backend;
pub use builder::DatabaseBuilder;
#[cfg(feature = "mysql")]
pub use mysql::MySqlDatabaseBuilder;
#[cfg(feature = "postgres")]
pub use postgres::PostgresDatabaseBuilder;
#[cfg(feature = "sqlite")]
pub use sqlite::SqliteDatabaseBuilder;
pub use url::UrlError;

use crate::backend::{IntoConnection, Link, database_error, with_driver};
use crate::error::{Error, ErrorKind, Phase};
use crate::report::Report;
use crate::run::Migrator;
use backend::Opened;
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
    libraries: Vec<builder::Library>,
    migrator: Option<Migrator>,
    open: RwLock<Option<Opened<D::Pool>>>,
    /// Held while the pool is opened or closed, so that two calls of `init` open one.
    opening: tokio::sync::Mutex<()>,
}

impl<D: Backend> Database<D> {
    /// Opens the pool and applies pending revisions. Later calls only apply pending revisions.
    ///
    /// The report is that of the service's history: empty if there was nothing to do, or if there is no history.
    ///
    /// # Errors
    /// If the database cannot be opened; see also [`Error`]. A pool that this call opened is closed again; a pool
    /// that was open before stays open.
    pub async fn init(&self) -> Result<Report, Error> {
        let _opening = self.shared.opening.lock().await;
        if let Some(pool) = self.shared.open_pool() {
            return self.shared.migrate(pool).await;
        }
        let deadline = self.shared.migrators().map(Migrator::deadline).max();
        let opened = D::open(&self.shared.settings, deadline).await?;
        let report = self.shared.migrate(opened.pool.clone()).await;
        match report {
            Ok(_) => drop(self.shared.replace(Some(opened))),
            Err(_) => self.shared.close(opened).await,
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

    /// Begins a transaction: `commit` makes what is done in it last, and dropping it rolls it back.
    ///
    /// It is a [`sqlx::Transaction`], or an [`AnySession`] if a URL selected the database. On SQLite it begins with `BEGIN
    /// IMMEDIATE`, so it waits for other writers now, up to the busy timeout: a transaction that reads first and writes
    /// later fails at once if another one has written in between (<https://www.sqlite.org/isolation.html>). For reading
    /// alone use the [`pool`](Self::pool), which lets others write.
    ///
    /// ```
    /// # #[cfg(feature = "sqlite")] mod sqlite {
    /// # use servicekit::{Database, sqlx};
    /// # async fn example(database: Database<sqlx::Sqlite>) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut session = database.session().await?;
    /// sqlx::query("INSERT INTO users (email) VALUES (?)").bind("ann@example.org").execute(&mut *session).await?;
    /// session.commit().await?;
    /// # Ok(())
    /// # }
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::NotInitialised`] before [`init`](Self::init) and after [`dispose`](Self::dispose);
    /// [`ErrorKind::Database`] if no connection is free in time, or the transaction cannot be begun.
    pub async fn session(&self) -> Result<D::Session, Error> {
        D::begin(&self.pool()?).await.map_err(|error| database_error(Phase::BeginSession, error))
    }

    /// Closes the pool after all connections are returned. A running [`init`](Self::init) ends first.
    ///
    /// What the write-ahead log of a SQLite file holds is then in the file itself, so that a copy of the file alone has
    /// everything: unless another process reads an older state of it for more than a second.
    pub async fn dispose(&self) {
        let opening = self.shared.opening.lock().await;
        let opened = self.shared.replace(None);
        // Whoever holds a connection may call `init` before giving it back.
        drop(opening);
        if let Some(opened) = opened {
            self.shared.close(opened).await;
        }
    }
}

/// What a service asks of its databases.
#[cfg(feature = "api")]
impl<D: Backend> Database<D> {
    /// The histories in the order in which they run. Those of libraries have a name.
    pub(crate) fn named_migrators(&self) -> impl Iterator<Item = (Option<&str>, &Migrator)> {
        let libraries = self.shared.libraries.iter();
        let libraries = libraries.map(|library| (Some(library.name.as_str()), &library.migrator));
        libraries.chain(self.shared.migrator.iter().map(|migrator| (None, migrator)))
    }

    pub(crate) fn any_pool(&self) -> Result<AnyPool, Error> {
        self.pool().map(D::any)
    }
}

impl<D: Backend> Shared<D> {
    /// In the order in which they run.
    fn migrators(&self) -> impl Iterator<Item = &Migrator> {
        self.libraries.iter().map(|library| &library.migrator).chain(&self.migrator)
    }

    async fn migrate(&self, pool: D::Pool) -> Result<Report, Error> {
        for library in &self.libraries {
            library.migrator.upgrade(OpenPool(D::any(pool.clone()))).await?;
        }
        match &self.migrator {
            Some(migrator) => migrator.upgrade(OpenPool(D::any(pool))).await,
            None => Ok(Report::nothing()),
        }
    }

    fn open_pool(&self) -> Option<D::Pool> {
        // A poisoned lock still holds a whole value: it is only ever replaced.
        let open = self.open.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        open.as_ref().map(|opened| opened.pool.clone())
    }

    /// Gives what was open before.
    fn replace(&self, opened: Option<Opened<D::Pool>>) -> Option<Opened<D::Pool>> {
        let mut open = self.open.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        std::mem::replace(&mut *open, opened)
    }

    async fn close(&self, opened: Opened<D::Pool>) {
        with_driver!(D::any(opened.pool), AnyPool(pool) => pool.close().await);
        D::closed(&self.settings).await;
    }
}

/// A pool that is open, of whatever kind.
struct OpenPool(AnyPool);

impl crate::backend::into_connection::sealed::Sealed for OpenPool {}
impl<'c> IntoConnection<'c> for OpenPool {
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
