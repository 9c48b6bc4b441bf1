//! A server of one test, which the test may stop and kill.

mod initialization;
mod mariadb;
mod mysql;
mod postgres;

use crate::blocking;
use crate::database::TestDatabase;
use crate::engine::Engine;
use crate::installation::{Installation, NO_FOLDER};
use crate::notice::{Missing, left_out};
use crate::os::{self, Daemon, Launch, Owner, Program, StartError};
use crate::server::Server;
use crate::usage;
use initialization::Initialization;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// A PostgreSQL, MySQL or MariaDB server on a free port of 127.0.0.1, with its data in a temporary folder.
///
/// It takes one or two seconds to start. The user `postgres` or `root` comes in without a password. The process is
/// killed and the folder removed with the value, and also when the process that holds it is killed. Port and data
/// stay the same over [`kill`](Self::kill), [`stop`](Self::stop) and [`restart`](Self::restart).
///
/// ```no_run
/// use servicekit_test_servers::PrivateServer;
///
/// # fn example() {
/// let Some(server) = PrivateServer::postgres().setting("log_statement", "all").start() else { return };
/// let database = server.create_database();
/// server.kill();
/// server.restart();
/// # }
/// ```
#[derive(Debug)]
pub struct PrivateServer {
    flavour: &'static Flavour,
    server: Server,
    place: Place,
    daemon: Daemon,
}

/// What a private server shall be like.
#[derive(Debug)]
pub struct PrivateServerBuilder {
    flavour: &'static Flavour,
    installation: Installation,
    durable: bool,
    settings: Vec<(String, String)>,
}

/// What tells one kind of server from the other.
#[derive(Debug)]
struct Flavour {
    engine: Engine,
    name: &'static str,
    /// Debian's package.
    package: &'static str,
    /// The user it runs as when root runs the tests.
    user: &'static str,
    /// The server's program, by its names.
    server: &'static [&'static str],
    /// The signal for a shutdown in order that does not wait for sessions.
    stop_signal: &'static str,
    /// The signal for an end at once.
    end_signal: &'static str,
    url: fn(port: u16) -> String,
    /// How an empty data folder is made.
    initialization: fn(&Installation, data: &Path) -> Initialization,
    arguments: fn(&Installation, &Place, durable: bool) -> Vec<OsString>,
    /// One more setting.
    setting: fn(name: &str, value: &str) -> OsString,
    /// Settings that cannot change once the data folder is made.
    fixed_settings: &'static [&'static str],
    /// Gives back what a killed server has left outside of its folder.
    tidy: fn(data: &Path),
}

/// Where a server is.
#[derive(Debug)]
struct Place {
    folder: PathBuf,
    port: u16,
}

impl Place {
    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }
}

impl PrivateServer {
    /// A PostgreSQL server, once it is started.
    pub fn postgres() -> PrivateServerBuilder {
        Self::of(Engine::Postgres)
    }

    /// A MariaDB server, once it is started; for tests that need MariaDB and not MySQL.
    pub fn mariadb() -> PrivateServerBuilder {
        PrivateServerBuilder::new(&mariadb::FLAVOUR, Installation::of(Engine::MySql))
    }

    /// A MySQL or MariaDB server, once it is started: whichever the folder of
    /// [`folder_variable`](Engine::folder_variable) holds, else whichever is installed.
    pub fn mysql() -> PrivateServerBuilder {
        Self::of(Engine::MySql)
    }

    /// A server of this engine, once it is started; from the folder that the environment names, if any.
    pub fn of(engine: Engine) -> PrivateServerBuilder {
        PrivateServerBuilder::of(engine, Installation::of(engine))
    }

    /// A server with the programs of this folder, once it is started, whatever the environment names.
    pub fn in_folder(engine: Engine, folder: &Path) -> PrivateServerBuilder {
        PrivateServerBuilder::of(engine, Installation::Folder(folder.to_owned()))
    }

    /// Its URL, of a user who may do everything.
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// It, as one of the servers that databases can be made on.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Makes an empty database on it.
    pub fn create_database(&self) -> TestDatabase {
        self.server.create_database()
    }

    /// The id of the server's process, of PostgreSQL's first one.
    ///
    /// # Panics
    /// When it does not run.
    pub fn pid(&self) -> u32 {
        self.daemon.pid()
    }

    /// What the server has logged.
    pub fn log(&self) -> String {
        std::fs::read(self.daemon.log())
            .map(|log| String::from_utf8_lossy(&log).into_owned())
            .unwrap_or_default()
    }

    /// Kills the server with SIGKILL, all its processes at once; returns when they are gone.
    pub fn kill(&self) {
        self.daemon.kill();
    }

    /// Shuts the server down in order, without waiting for sessions; returns when it is gone.
    pub fn stop(&self) {
        self.daemon.stop(self.flavour.stop_signal);
    }

    /// Starts the server again on its port and data; one that runs is stopped first. Returns when it answers.
    ///
    /// # Panics
    /// When it does not start.
    pub fn restart(&self) {
        self.stop();
        if let Err(error) = self.start() {
            panic!("the server does not start again: {error:?}");
        }
    }

    fn start(&self) -> Result<(), StartError> {
        let engine = self.server.engine();
        let data = self.place.data();
        self.daemon.start(|| {
            blocking::run(async || {
                let ask = engine.data_folder(self.server.url());
                match tokio::time::timeout(Duration::from_secs(5), ask).await {
                    // Its own answer, not that of a server which took the port a moment earlier.
                    Ok(Ok(folder)) if same_folder(&folder, &data) => Ok(()),
                    Ok(Ok(folder)) => Err(format!("the server of {} answers", folder.display())),
                    Ok(Err(error)) => Err(error.to_string()),
                    Err(_) => Err("no answer".to_owned()),
                }
            })
        })
    }
}

impl Drop for PrivateServer {
    fn drop(&mut self) {
        self.daemon.end();
        (self.flavour.tidy)(&self.place.data());
    }
}

impl PrivateServerBuilder {
    fn of(engine: Engine, installation: Installation) -> Self {
        let flavour = match engine {
            Engine::Postgres => &postgres::FLAVOUR,
            // `mysqld` is also what MariaDB calls a link to its own server.
            Engine::MySql if installation.program(mariadb::FLAVOUR.server).is_some() => &mariadb::FLAVOUR,
            Engine::MySql if installation.program(mysql::FLAVOUR.server).is_some() => &mysql::FLAVOUR,
            Engine::MySql => &mariadb::FLAVOUR,
        };
        Self::new(flavour, installation)
    }

    fn new(flavour: &'static Flavour, installation: Installation) -> Self {
        Self { flavour, installation, durable: false, settings: Vec::new() }
    }

    /// Lets the server write through to the disk as it would in production.
    ///
    /// Without this it leaves that to the operating system: a killed server loses nothing, a machine without
    /// power would.
    #[must_use]
    pub fn durable(mut self) -> Self {
        self.durable = true;
        self
    }

    /// Sets one of the server's settings; the last word counts.
    #[must_use]
    pub fn setting(mut self, name: &str, value: &str) -> Self {
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Starts the server, or says that tests are left out because it is not installed.
    ///
    /// # Panics
    /// When it is installed and does not start, or is required and not installed.
    pub fn start(self) -> Option<PrivateServer> {
        let flavour = self.flavour;
        let installation = &self.installation;
        let Some((server, initializer)) = flavour.programs(installation) else {
            flavour.leave_out(installation);
            return None;
        };
        let owner = Owner::for_server(flavour.user);
        let folder = Arc::new(os::server_folder(flavour.package, owner));
        let data = folder.path().join("data");
        let mut initialization = (flavour.initialization)(installation, &data);
        initialization.arguments.extend(self.arguments(|name| flavour.fixed_settings.contains(&name)));
        initialization.run(&initializer, owner, &data);
        for _ in 0..5 {
            let place = Place { folder: folder.path().to_owned(), port: os::free_port() };
            let mut arguments = (flavour.arguments)(installation, &place, self.durable);
            arguments.extend(self.arguments(|_| true));
            let launch = Launch { program: server.clone(), arguments, owner, end_signal: flavour.end_signal };
            let server = Server::at(flavour.engine, (flavour.url)(place.port));
            let private =
                PrivateServer { flavour, server, place, daemon: Daemon::new(launch, Arc::clone(&folder)) };
            match private.start() {
                Ok(()) => {
                    usage::note();
                    return Some(private);
                }
                Err(StartError::PortTaken) => {}
                Err(StartError::Other(why)) => panic!("{why}"),
            }
        }
        panic!("five free ports were all taken before {} could listen on them", flavour.name);
    }

    fn arguments(&self, is_meant: impl Fn(&str) -> bool) -> Vec<OsString> {
        let settings = self.settings.iter().filter(|(name, _)| is_meant(name));
        settings.map(|(name, value)| (self.flavour.setting)(name, value)).collect()
    }

    /// Whether it is MySQL and not MariaDB, for settings that only one of them has.
    pub fn is_mysql(&self) -> bool {
        self.flavour.name == mysql::FLAVOUR.name
    }

    /// Whether [`start`](Self::start) finds the programs that it needs.
    pub fn is_installed(&self) -> bool {
        self.flavour.programs(&self.installation).is_some()
    }
}

impl Flavour {
    /// The programs of the server and of its data folder.
    fn programs(&self, installation: &Installation) -> Option<(Program, Program)> {
        let initialization = (self.initialization)(installation, Path::new(""));
        Some((installation.program(self.server)?, installation.program(&[initialization.program])?))
    }

    /// Says that tests are left out. A folder that was chosen has what it has: nothing more can be installed.
    fn leave_out(&self, installation: &Installation) {
        let variable = self.engine.folder_variable();
        let (missing, why) = match installation {
            Installation::Machine => (
                Missing::Program,
                format!("its programs are not installed (Debian's package `{}`)", self.package),
            ),
            Installation::Folder(folder) => {
                (Missing::Excluded, format!("{variable} is `{}`, which holds none", folder.display()))
            }
            Installation::Excluded => (Missing::Excluded, format!("{variable} is `{NO_FOLDER}`")),
        };
        left_out(missing, &format!("every test with a {} server of its own", self.name), &why);
    }
}

fn same_folder(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    real(one) == real(other)
}
