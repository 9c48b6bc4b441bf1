//! A server of one test, which the test may stop and kill.

mod mariadb;
mod postgres;

use crate::blocking;
use crate::database::TestDatabase;
use crate::engine::Engine;
use crate::notice::{Missing, left_out};
use crate::os::{self, Daemon, Launch, Owner, StartError};
use crate::server::Server;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// A PostgreSQL or MariaDB server on a free port of 127.0.0.1, with its data in a temporary folder.
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
    /// The program that makes an empty data folder, by its names.
    initialize: &'static [&'static str],
    /// The signal for a shutdown in order that does not wait for sessions.
    stop_signal: &'static str,
    /// The signal for an end at once.
    end_signal: &'static str,
    url: fn(port: u16) -> String,
    initialize_arguments: fn(data: &Path) -> Vec<OsString>,
    arguments: fn(&Place, durable: bool) -> Vec<OsString>,
    /// One more setting.
    setting: fn(name: &str, value: &str) -> OsString,
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
        PrivateServerBuilder { flavour: &postgres::FLAVOUR, durable: false, settings: Vec::new() }
    }

    /// A MariaDB server, once it is started.
    pub fn mariadb() -> PrivateServerBuilder {
        PrivateServerBuilder { flavour: &mariadb::FLAVOUR, durable: false, settings: Vec::new() }
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
        let Some((server, initialize)) = flavour.programs() else {
            left_out(
                Missing::Program,
                &format!("every test with a {} server of its own", flavour.name),
                &format!("its programs are not installed (Debian's package `{}`)", flavour.package),
            );
            return None;
        };
        let owner = Owner::for_server(flavour.user);
        let folder = Arc::new(os::server_folder(flavour.package, owner));
        flavour.initialize(&initialize, owner, folder.path());
        for _ in 0..5 {
            let place = Place { folder: folder.path().to_owned(), port: os::free_port() };
            let mut arguments = (flavour.arguments)(&place, self.durable);
            arguments.extend(self.settings.iter().map(|(name, value)| (flavour.setting)(name, value)));
            let launch = Launch { program: server.clone(), arguments, owner, end_signal: flavour.end_signal };
            let server = Server::at(flavour.engine, (flavour.url)(place.port));
            let private =
                PrivateServer { flavour, server, place, daemon: Daemon::new(launch, Arc::clone(&folder)) };
            match private.start() {
                Ok(()) => return Some(private),
                Err(StartError::PortTaken) => {}
                Err(StartError::Other(why)) => panic!("{why}"),
            }
        }
        panic!("five free ports were all taken before {} could listen on them", flavour.name);
    }

    /// Whether [`start`](Self::start) finds the programs that it needs.
    pub fn is_installed(&self) -> bool {
        self.flavour.programs().is_some()
    }
}

impl Flavour {
    /// The programs of the server and of its data folder.
    fn programs(&self) -> Option<(PathBuf, PathBuf)> {
        Some((os::installed(self.server)?, os::installed(self.initialize)?))
    }

    fn initialize(&self, program: &Path, owner: Owner, folder: &Path) {
        let data = folder.join("data");
        fs::create_dir(&data).unwrap_or_else(|error| panic!("{} cannot be made: {error}", data.display()));
        owner.give(&data);
        let mut command = Command::new(program);
        command.args((self.initialize_arguments)(&data)).current_dir(folder).stdin(Stdio::null());
        owner.run_as(&mut command);
        let output = command
            .output()
            .unwrap_or_else(|error| panic!("{} cannot be started: {error}", program.display()));
        assert!(
            output.status.success(),
            "{} failed with {}:\n{}{}",
            program.display(),
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

fn same_folder(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    real(one) == real(other)
}
