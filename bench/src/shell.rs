//! The same SQL given to the `sqlite3` shell as one script.

use crate::history::{Revision, expected};
use crate::worker::{self, Durability};
use anyhow::{Result, ensure};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// A script that brings a database from empty to head in one transaction.
pub struct Script {
    file: PathBuf,
    /// What the shell prints when the settings are in force and everything is there.
    says: String,
}

impl Script {
    /// Writes the script to `file`.
    pub fn write(file: PathBuf, history: &[Revision], durability: Durability) -> Result<Self> {
        let statements: String = history.iter().map(|revision| revision.upgrade.as_str()).collect();
        let pragmas = durability.pragmas();
        let text = format!(
            "{pragmas}\nBEGIN;\n{statements}COMMIT;\n\
             SELECT count(*) FROM sqlite_schema WHERE name LIKE 'account!_%' ESCAPE '!';\nPRAGMA synchronous;\n"
        );
        std::fs::write(&file, text)?;
        let (tables, indexes) = expected(history.len());
        let Durability { journal_mode, synchronous_number, .. } = durability;
        Ok(Self { file, says: format!("{journal_mode}\n{}\n{synchronous_number}\n", tables + indexes) })
    }

    /// The time of the whole process, its start and end included.
    pub fn run(&self, database: &Path) -> Result<Duration> {
        worker::remove(database)?;
        let input = File::open(&self.file)?;
        let clock = Instant::now();
        let output =
            Command::new("sqlite3").arg("-batch").arg("-bail").arg(database).stdin(input).output()?;
        let time = clock.elapsed();
        let said = String::from_utf8_lossy(&output.stdout);
        ensure!(said == self.says, "sqlite3 said {said:?} {}", String::from_utf8_lossy(&output.stderr));
        Ok(time)
    }
}

/// The version of the shell; nothing when there is none.
pub fn version() -> Option<String> {
    let output = Command::new("sqlite3").arg("--version").output().ok()?;
    String::from_utf8(output.stdout).ok()?.split(' ').next().map(str::to_owned)
}
