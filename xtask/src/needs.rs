//! What the full run needs on a machine, beyond Rust.

use servicekit_test_servers::{Engine, NO_FOLDER, PgBouncer, PrivateServer};
use std::env;
use std::process::{Command, Stdio};

/// A program that tests need.
#[derive(Debug)]
pub(crate) struct Need {
    /// Debian's package.
    pub(crate) package: &'static str,
    /// What is left out without it.
    pub(crate) what: &'static str,
    pub(crate) kind: Kind,
    is_there: fn() -> bool,
}

/// How badly a program is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The run fails without it.
    Required,
    /// The run fails without it, unless the developer names a server of their own in this engine's variable: then
    /// only the tests are left out that need a private one.
    Excusable(Engine),
    /// The run goes on without it and says so: it is not to be had everywhere.
    Wished,
}

const NEEDS: [Need; 6] = [
    Need {
        package: "postgresql",
        what: "tests with a PostgreSQL server of their own",
        kind: Kind::Excusable(Engine::Postgres),
        is_there: || PrivateServer::postgres().is_installed(),
    },
    Need {
        package: "mariadb-server",
        what: "tests with a MySQL or MariaDB server of their own",
        kind: Kind::Excusable(Engine::MySql),
        is_there: || PrivateServer::mysql().is_installed(),
    },
    Need {
        package: "pgbouncer",
        what: "tests behind PgBouncer",
        kind: Kind::Excusable(Engine::Postgres),
        is_there: PgBouncer::is_installed,
    },
    Need {
        package: "python3-venv",
        what: "tests beside Python's Alembic",
        kind: Kind::Required,
        is_there: || {
            succeeds("python3", &["-c", "import ensurepip, venv"])
                || succeeds("python3", &["-m", "pip", "-V"])
        },
    },
    Need {
        package: "sqlite3",
        what: "the comparison of the statement splitter with SQLite's shell",
        kind: Kind::Wished,
        is_there: || succeeds("sqlite3", &["--version"]),
    },
    Need {
        package: "valgrind",
        what: "the count of instructions of the planner",
        kind: Kind::Wished,
        is_there: || succeeds("valgrind", &["--version"]),
    },
];

/// What is needed and not there.
pub(crate) fn missing() -> Vec<Need> {
    NEEDS.into_iter().filter(|need| !(need.is_there)()).collect()
}

impl Need {
    /// Whether the run cannot go on without it.
    pub(crate) fn is_fatal(&self) -> bool {
        match self.kind {
            Kind::Required => true,
            Kind::Excusable(_) => !self.is_excused(),
            Kind::Wished => false,
        }
    }

    /// Whether the developer has named a server instead, or ruled the engine out.
    pub(crate) fn is_excused(&self) -> bool {
        let Kind::Excusable(engine) = self.kind else { return false };
        env::var(engine.url_variable()).is_ok_and(|url| !url.is_empty())
            || env::var(engine.folder_variable()).is_ok_and(|folder| folder == NO_FOLDER)
    }
}

/// Whether a program is there and content with these arguments.
pub(crate) fn succeeds(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
