//! PgBouncer in front of a PostgreSQL database.

use crate::blocking;
use crate::engine::Engine;
use crate::notice::{Missing, left_out};
use crate::os::{self, Daemon, Launch, Owner, Program, StartError};
use crate::url::DatabaseUrl;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

/// When a client gives its server connection back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolMode {
    /// After each transaction.
    Transaction,
    /// At the end of its session.
    Session,
}

/// A running PgBouncer, which ends with the value.
///
/// ```no_run
/// use servicekit_test_servers::{PgBouncer, PoolMode, postgres};
///
/// # fn example() {
/// let Some(server) = postgres() else { return };
/// let database = server.create_database();
/// let Some(bouncer) = PgBouncer::start(database.url(), PoolMode::Transaction, 2) else { return };
/// println!("{}", bouncer.url()); // the same database, behind at most two connections
/// # }
/// ```
#[derive(Debug)]
pub struct PgBouncer {
    url: String,
    daemon: Daemon,
}

impl PgBouncer {
    /// Starts one in front of a database, or says that tests are left out because it is not installed.
    ///
    /// It swallows the start-up parameter `extra_float_digits`, which sqlx sends and PgBouncer would refuse.
    ///
    /// # Panics
    /// When it is installed and does not start, or is required and not installed.
    pub fn start(target_url: &str, mode: PoolMode, pool_size: usize) -> Option<Self> {
        Self::start_ignoring(target_url, mode, pool_size, &["extra_float_digits"])
    }

    /// As [`start`](Self::start), with the start-up parameters that it swallows; it refuses clients that send
    /// others than these and the few that it knows.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    pub fn start_ignoring(
        target_url: &str,
        mode: PoolMode,
        pool_size: usize,
        ignored_parameters: &[&str],
    ) -> Option<Self> {
        let Some(program) = os::installed(&["pgbouncer"]).map(Program::of_machine) else {
            left_out(
                Missing::Program,
                "every test behind PgBouncer",
                "it is not installed (Debian's package `pgbouncer`)",
            );
            return None;
        };
        let target = DatabaseUrl::parse(target_url);
        let owner = Owner::for_server("postgres");
        let folder = Arc::new(os::server_folder("pgbouncer", owner));
        for _ in 0..5 {
            let port = os::free_port();
            let configuration = folder.path().join("pgbouncer.ini");
            owner.write(&configuration, &ini(&target, port, mode, pool_size, ignored_parameters));
            let launch = Launch {
                program: program.clone(),
                arguments: vec![configuration.into()],
                owner,
                end_signal: "TERM",
            };
            let url = target.clone().through(port).to_string();
            let bouncer = Self { url, daemon: Daemon::new(launch, Arc::clone(&folder)) };
            match bouncer.daemon.start(|| bouncer.answers()) {
                Ok(()) => return Some(bouncer),
                Err(StartError::PortTaken) => {}
                Err(StartError::Other(why)) => panic!("{why}"),
            }
        }
        panic!("five free ports were all taken before PgBouncer could listen on them");
    }

    /// The database's URL, by way of the pooler.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether PgBouncer is installed.
    pub fn is_installed() -> bool {
        os::installed(&["pgbouncer"]).is_some()
    }

    fn answers(&self) -> Result<(), String> {
        blocking::run(async || {
            let ask = Engine::Postgres.data_folder(&self.url);
            match tokio::time::timeout(Duration::from_secs(5), ask).await {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) => Err(error.to_string()),
                Err(_) => Err("no answer".to_owned()),
            }
        })
    }
}

fn ini(
    target: &DatabaseUrl,
    port: u16,
    mode: PoolMode,
    pool_size: usize,
    ignored_parameters: &[&str],
) -> String {
    let (host, target_port) = target.address();
    // Every database by its own name. With `auth_type = any` every client is let in, as this user.
    let user = target.user().unwrap_or("postgres");
    let mut entry = format!("* = host={host} port={target_port} user='{user}'");
    if let Some(password) = target.password() {
        let _ = write!(entry, " password='{password}'");
    }
    let mode = match mode {
        PoolMode::Transaction => "transaction",
        PoolMode::Session => "session",
    };
    format!(
        "\
[databases]
{entry}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = {mode}
default_pool_size = {pool_size}
max_client_conn = 1000
ignore_startup_parameters = {}
",
        ignored_parameters.join(", ")
    )
}
