//! The versions that can be had, and where.

use super::{apt, npm};
use servicekit_test_servers::{Engine, PrivateServer};
use std::fs;
use std::path::{Path, PathBuf};

/// A version that is fetched into a folder of its own.
#[derive(Debug, PartialEq)]
pub(super) struct Version {
    /// What a developer calls it, and its folder.
    pub(super) name: &'static str,
    pub(super) engine: Engine,
    pub(super) product: &'static str,
    source: Source,
    /// Whether it is run when none is named.
    pub(super) is_usual: bool,
}

/// Where a version comes from.
#[derive(Debug, PartialEq)]
enum Source {
    /// Packages of another release of Debian, with all that they depend on.
    Apt { suite: &'static str, packages: &'static [&'static str] },
    /// The package of npm with the programs of the server.
    Npm { version: &'static str, integrity: &'static str },
}

/// All of them.
pub(super) const VERSIONS: [Version; 6] = [
    postgres(
        "postgres-10",
        "10.23.0-beta.6",
        "sha512-ABGcxf21jT2cmCdwqdZQFSrFsXq2JO1s0Q0nfbg34tyi8xXByBblw1plgECXcx47xE9JjL2Ov8jILincU9CtEQ==",
        false,
    ),
    postgres(
        "postgres-12",
        "12.22.0-beta.15",
        "sha512-iG+VySdss+bA5SLDIRrowxKuV57GTc/ePu7NzN0Vnk4t+guX4bW3JP1h4t5MFzZ5SZEJ9tV+fDPjkwPTh2kzuw==",
        true,
    ),
    postgres(
        "postgres-17",
        "17.10.0-beta.17",
        "sha512-hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg==",
        false,
    ),
    postgres(
        "postgres-18",
        "18.4.0-beta.17",
        "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
        true,
    ),
    mysql("mysql-9", "MySQL", "sid", &["mysql-server-core", "mysql-client-core"]),
    mysql("mariadb-11.8", "MariaDB", "trixie", &["mariadb-server-core", "mariadb-client-core"]),
];

const fn postgres(
    name: &'static str,
    version: &'static str,
    integrity: &'static str,
    is_usual: bool,
) -> Version {
    let source = Source::Npm { version, integrity };
    Version { name, engine: Engine::Postgres, product: "PostgreSQL", source, is_usual }
}

const fn mysql(
    name: &'static str,
    product: &'static str,
    suite: &'static str,
    packages: &'static [&'static str],
) -> Version {
    let source = Source::Apt { suite, packages };
    Version { name, engine: Engine::MySql, product, source, is_usual: true }
}

impl Version {
    /// The folder of its programs, below the one of the whole matrix.
    pub(super) fn folder(&self, matrix: &Path) -> PathBuf {
        matrix.join(self.name)
    }

    /// Whether it is there.
    pub(super) fn is_in(&self, matrix: &Path) -> bool {
        PrivateServer::in_folder(self.engine, &self.folder(matrix)).is_installed()
    }

    /// Fetches it, unless it is there.
    ///
    /// What was fetched before is used again. The folder gets its name when all is in it, so an interrupted fetch is
    /// no server.
    pub(super) fn fetch(&self, matrix: &Path) -> Result<(), String> {
        if self.is_in(matrix) {
            return Ok(());
        }
        eprintln!("xtask: fetching {}", self.name);
        let (fetched, unpacked) = (matrix.join("fetched").join(self.name), matrix.join("unpacked"));
        create(&fetched)?;
        remove(&unpacked)?;
        create(&unpacked)?;
        let root = match &self.source {
            Source::Apt { suite, packages } => apt::fetch(suite, packages, &fetched, &unpacked)?,
            Source::Npm { version, integrity } => npm::fetch(version, integrity, &fetched, &unpacked)?,
        };
        let folder = self.folder(matrix);
        remove(&folder)?;
        fs::rename(&root, &folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        remove(&unpacked)?;
        if self.is_in(matrix) {
            Ok(())
        } else {
            Err(format!("{} was fetched, and no server is in it", folder.display()))
        }
    }
}

fn create(folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

fn remove(folder: &Path) -> Result<(), String> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("{}: {error}", folder.display()))
        }
        _ => Ok(()),
    }
}
