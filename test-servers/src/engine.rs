//! The two kinds of server, and what has to be asked of each.

mod mysql;
mod postgres;

use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long a server that has no connection left, or is busy in some other passing way, is waited for.
const PATIENCE: Duration = Duration::from_mins(1);

/// A kind of server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// PostgreSQL.
    Postgres,
    /// MySQL or MariaDB.
    MySql,
}

impl Engine {
    /// The environment variable that names the server for the tests.
    pub fn url_variable(self) -> &'static str {
        match self {
            Self::Postgres => "SERVICEKIT_TEST_POSTGRES_URL",
            Self::MySql => "SERVICEKIT_TEST_MYSQL_URL",
        }
    }

    /// The environment variable that names a folder with the programs of a server: with `bin/postgres` and
    /// `bin/initdb`, or an unpacked distribution with `usr/sbin/mysqld` or `usr/sbin/mariadbd`.
    ///
    /// Servers of tests are then started from it, the shared one too unless [`url_variable`](Self::url_variable)
    /// names one. With [`NO_FOLDER`](crate::NO_FOLDER) the tests of this engine are left out, also where all are
    /// required.
    pub fn folder_variable(self) -> &'static str {
        match self {
            Self::Postgres => "SERVICEKIT_TEST_POSTGRES_FOLDER",
            Self::MySql => "SERVICEKIT_TEST_MYSQL_FOLDER",
        }
    }

    /// Where a server is looked for that no variable names.
    pub fn default_url(self) -> &'static str {
        match self {
            Self::Postgres => "postgres://postgres@127.0.0.1:5432/postgres",
            Self::MySql => "mysql://root@127.0.0.1:3306",
        }
    }

    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Postgres => "PostgreSQL",
            Self::MySql => "MySQL or MariaDB",
        }
    }

    /// Asks the server for the folder of its data, which shows that it answers, and which server it is.
    pub(crate) async fn data_folder(self, url: &str) -> Result<PathBuf, sqlx::Error> {
        match self {
            Self::Postgres => postgres::data_folder(url).await,
            Self::MySql => mysql::data_folder(url).await,
        }
    }

    /// What the server says of its version, as `15.18 (Debian 15.18-0+deb12u1)` or `9.7.4-2`.
    pub(crate) async fn version(self, url: &str) -> Result<String, sqlx::Error> {
        match self {
            Self::Postgres => postgres::version(url).await,
            Self::MySql => mysql::version(url).await,
        }
    }

    pub(crate) async fn create_database(self, url: &str, name: &str) -> Result<(), sqlx::Error> {
        match self {
            Self::Postgres => postgres::create_database(url, name).await,
            Self::MySql => mysql::create_database(url, name).await,
        }
    }

    pub(crate) async fn drop_database(self, url: &str, name: &str) -> Result<(), sqlx::Error> {
        match self {
            Self::Postgres => postgres::drop_database(url, name).await,
            Self::MySql => mysql::drop_database(url, name).await,
        }
    }

    /// Tries again for as long as the server says that it is busy.
    pub(crate) async fn patiently<T>(
        self,
        mut attempt: impl AsyncFnMut() -> Result<T, sqlx::Error>,
    ) -> Result<T, sqlx::Error> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match attempt().await {
                Err(error) if self.is_busy(&error) && Instant::now() < deadline => {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                result => return result,
            }
        }
    }

    fn is_busy(self, error: &sqlx::Error) -> bool {
        match self {
            Self::Postgres => postgres::is_busy(error),
            Self::MySql => mysql::is_busy(error),
        }
    }
}
