//! The servers that all tests share, each with databases of its own.

use crate::database::TestDatabase;
use crate::engine::Engine;
use crate::installation::{Installation, NO_FOLDER};
use crate::notice::{Missing, left_out};
use crate::private::PrivateServer;
use crate::{blocking, url::DatabaseUrl, usage};
use std::sync::OnceLock;
use std::time::Duration;
use std::{env, fmt};

/// How long a server has to answer that may not be there at all.
const TIME_TO_ANSWER: Duration = Duration::from_secs(10);

/// A running server.
#[derive(Clone, Debug)]
pub struct Server {
    engine: Engine,
    url: String,
}

/// Why there is no server.
#[derive(Debug)]
pub enum NotFound {
    /// The environment names one that does not answer: a mistake, not a reason to leave tests out.
    NamedButSilent(String),
    /// None is named, and none answers at the default address.
    Nowhere(String),
    /// The environment names a folder instead, from which one can be started.
    InFolder(String),
    /// The environment says that the engine is not tested.
    Excluded(String),
}

/// The PostgreSQL server of the tests: the one in `SERVICEKIT_TEST_POSTGRES_URL`, else one that is started from the
/// folder in `SERVICEKIT_TEST_POSTGRES_FOLDER` and ends with the process, else the one that answers at 127.0.0.1:5432
/// to the user `postgres` without a password.
///
/// It is looked for once per process.
///
/// # Panics
/// When the one that the environment names does not answer, and when there is none though
/// `SERVICEKIT_TEST_REQUIRE_SERVERS` is set.
pub fn postgres() -> Option<&'static Server> {
    static FOUND: OnceLock<Option<Shared>> = OnceLock::new();
    FOUND.get_or_init(|| find_or_leave_out(Engine::Postgres)).as_ref().map(Shared::used)
}

/// The MySQL or MariaDB server of the tests: the one in `SERVICEKIT_TEST_MYSQL_URL`, else one that is started from the
/// folder in `SERVICEKIT_TEST_MYSQL_FOLDER` and ends with the process, else the one that answers at 127.0.0.1:3306 to
/// the user `root` without a password.
///
/// It is looked for once per process.
///
/// # Panics
/// As [`postgres()`].
pub fn mysql() -> Option<&'static Server> {
    static FOUND: OnceLock<Option<Shared>> = OnceLock::new();
    FOUND.get_or_init(|| find_or_leave_out(Engine::MySql)).as_ref().map(Shared::used)
}

/// A server that all tests of a process share.
#[derive(Debug)]
enum Shared {
    Found(Server),
    /// Its watchdog ends it after the process.
    Started(Box<PrivateServer>),
}

impl Shared {
    fn used(&self) -> &Server {
        usage::note();
        match self {
            Self::Found(server) => server,
            Self::Started(private) => private.server(),
        }
    }
}

fn find_or_leave_out(engine: Engine) -> Option<Shared> {
    let (missing, why) = match Server::find(engine) {
        Ok(server) => return Some(Shared::Found(server)),
        Err(NotFound::InFolder(_)) => {
            return PrivateServer::of(engine).start().map(|private| Shared::Started(Box::new(private)));
        }
        Err(NotFound::NamedButSilent(why)) => panic!("{why}"),
        Err(NotFound::Nowhere(why)) => (Missing::SharedServer, why),
        Err(NotFound::Excluded(why)) => (Missing::Excluded, why),
    };
    left_out(missing, &format!("every test on {}", engine.name()), &why);
    None
}

impl Server {
    /// Looks for the server named in the environment, else for one at the default address.
    ///
    /// # Errors
    /// See [`NotFound`].
    pub fn find(engine: Engine) -> Result<Self, NotFound> {
        let variable = engine.url_variable();
        match env::var(variable) {
            Ok(url) if !url.is_empty() => {
                let server = Self::at(engine, url);
                server.answers().map_err(|error| {
                    NotFound::NamedButSilent(format!(
                        "{variable} is `{}`, which does not answer: {error}",
                        server.url
                    ))
                })?;
                Ok(server)
            }
            _ => Self::find_unnamed(engine),
        }
    }

    fn find_unnamed(engine: Engine) -> Result<Self, NotFound> {
        let (variable, in_folder) = (engine.url_variable(), engine.folder_variable());
        match Installation::of(engine) {
            Installation::Machine => {}
            Installation::Folder(folder) => {
                return Err(NotFound::InFolder(format!("{in_folder} is `{}`", folder.display())));
            }
            Installation::Excluded => {
                return Err(NotFound::Excluded(format!("{in_folder} is `{NO_FOLDER}`")));
            }
        }
        let server = Self::at(engine, engine.default_url().to_owned());
        server.answers().map_err(|error| {
            NotFound::Nowhere(format!(
                "{variable} is not set, and `{}` does not answer ({error}); `cargo xtask test` starts a server",
                server.url
            ))
        })?;
        Ok(server)
    }

    pub(crate) fn at(engine: Engine, url: String) -> Self {
        Self { engine, url }
    }

    /// What kind of server it is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Its URL, of a user who may create databases.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What it says of its version, as `15.18 (Debian 15.18-0+deb12u1)`, `9.7.4-2` or `11.8.9-MariaDB`.
    ///
    /// # Panics
    /// When it does not answer.
    pub fn version(&self) -> String {
        blocking::run(async || self.engine.patiently(async || self.engine.version(&self.url).await).await)
            .unwrap_or_else(|error| panic!("{} does not tell its version: {error}", self.url))
    }

    /// Whether it is MariaDB and not MySQL, for what only one of them has.
    ///
    /// # Panics
    /// When it does not answer.
    pub fn is_mariadb(&self) -> bool {
        self.engine == Engine::MySql && self.version().contains("MariaDB")
    }

    /// Makes an empty database for one test.
    ///
    /// Waits for up to a minute for a server that has no connection left.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn create_database(&self) -> TestDatabase {
        TestDatabase::create(self)
    }

    pub(crate) fn url_of(&self, database: &str) -> String {
        DatabaseUrl::parse(&self.url).with_database(database).to_string()
    }

    fn answers(&self) -> Result<(), String> {
        blocking::run(async || {
            let ask = self.engine.patiently(async || self.engine.data_folder(&self.url).await);
            // Room for a busy server; one that does not exist refuses at once.
            match tokio::time::timeout(TIME_TO_ANSWER, ask).await {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) => Err(error.to_string()),
                Err(_) => Err(format!("no answer within {TIME_TO_ANSWER:?}")),
            }
        })
    }
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NamedButSilent(why) | Self::Nowhere(why) | Self::InFolder(why) | Self::Excluded(why) => {
                f.write_str(why)
            }
        }
    }
}

impl std::error::Error for NotFound {}
