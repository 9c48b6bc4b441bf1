//! Where the database is that is read.

use crate::client;
use crate::database::Database;
use crate::package::work;
use crate::server::{Scratch, Server};
use crate::worker;
use anyhow::Result;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// A database in a file or on a server.
pub enum Home<'s> {
    /// Of SQLite.
    File(PathBuf),
    /// Of a server.
    Server(Scratch<'s>),
}

impl<'s> Home<'s> {
    /// An empty file.
    pub fn file() -> Result<Self> {
        let file = work().join("inspect.db");
        worker::remove(&file)?;
        Ok(Self::File(file))
    }

    /// An empty database on a server.
    pub fn on(server: &'s Server) -> Result<Self> {
        Ok(Self::Server(server.create()?))
    }

    /// Makes its tables.
    pub fn fill(&self, script: &str) -> Result<()> {
        let file = work().join("tables.sql");
        fs::write(&file, script)?;
        self.send(&file).map(drop)
    }

    /// Gives a script to the database's own client; the time of the whole process.
    pub fn send(&self, script: &Path) -> Result<Duration> {
        let mut client = match self {
            Self::File(file) => {
                let mut shell = Command::new("sqlite3");
                shell.args(["-batch", "-bail"]).arg(file).stdin(File::open(script)?);
                shell
            }
            Self::Server(scratch) => {
                let mut client = scratch.client()?;
                if scratch.is_on(Database::Postgres) {
                    client.args(["-A", "-t", "-f"]).arg(script);
                } else {
                    client.stdin(File::open(script)?);
                }
                client
            }
        };
        Ok(client::run(&mut client)?.0)
    }

    /// Its URL, as sqlx reads it.
    pub fn url(&self) -> String {
        match self {
            Self::File(file) => format!("sqlite://{}", file.display()),
            Self::Server(scratch) => scratch.url().to_owned(),
        }
    }

    /// Its URL, as SQLAlchemy reads it.
    pub fn sqlalchemy_url(&self) -> String {
        match self {
            Self::File(file) => format!("sqlite:///{}", file.display()),
            Self::Server(scratch) => {
                let (_, address) = scratch.url().split_once(':').unwrap_or_default();
                let driver =
                    if scratch.is_on(Database::Postgres) { "postgresql+psycopg2" } else { "mysql+pymysql" };
                format!("{driver}:{address}")
            }
        }
    }

    /// Drops a database of a server.
    pub fn drop(self) -> Result<()> {
        match self {
            Self::File(_) => Ok(()),
            Self::Server(scratch) => scratch.drop(),
        }
    }
}
