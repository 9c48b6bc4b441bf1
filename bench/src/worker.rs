//! Runs the workers, each a process of its own, and checks that they did what they were asked.

use crate::history::expected;
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::fmt::{self, Display, Formatter};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Settings that decide what a commit waits for.
#[derive(Debug, Clone, Copy)]
pub struct Durability {
    /// `PRAGMA journal_mode`
    pub journal_mode: &'static str,
    /// `PRAGMA synchronous`
    pub synchronous: &'static str,
    /// The number that SQLite gives that setting.
    pub synchronous_number: u8,
}

impl Durability {
    /// The statements that set it; foreign keys are checked, as all of these libraries do.
    pub fn pragmas(&self) -> String {
        let Self { journal_mode, synchronous, .. } = self;
        format!(
            "PRAGMA journal_mode = {journal_mode};\nPRAGMA synchronous = {synchronous};\nPRAGMA foreign_keys = ON;"
        )
    }
}

impl Display for Durability {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "journal_mode {}, synchronous {}", self.journal_mode, self.synchronous)
    }
}

/// What SQLite does unless told otherwise: two or more fsyncs for each commit.
pub const DEFAULT: Durability =
    Durability { journal_mode: "delete", synchronous: "full", synchronous_number: 2 };
/// What services that care for speed choose: no fsync on commit.
pub const WAL: Durability = Durability { journal_mode: "wal", synchronous: "normal", synchronous_number: 1 };

/// What a worker answers; see `worker/src/lib.rs`.
#[derive(Debug, Deserialize)]
pub struct Answer {
    nanoseconds: Vec<u64>,
    journal_mode: String,
    synchronous: u8,
    foreign_keys: u8,
    tables: usize,
    indexes: usize,
    /// The version of SQLite.
    pub sqlite: String,
}

impl Answer {
    /// The time of each start, in order.
    pub fn times(&self) -> impl Iterator<Item = Duration> {
        self.nanoseconds.iter().copied().map(Duration::from_nanos)
    }
}

/// What a worker is to do.
pub struct Task {
    /// The program.
    pub worker: PathBuf,
    /// The SQLite file.
    pub database: PathBuf,
    /// What a commit waits for.
    pub durability: Durability,
    /// What each transaction holds; see `worker/src/lib.rs`.
    pub transaction: &'static str,
    /// How many revisions there are.
    pub count: usize,
}

impl Task {
    /// Removes the database and brings it to head once.
    pub fn apply(&self) -> Result<Answer> {
        remove(&self.database)?;
        self.run(1)
    }

    /// Brings the database to head `times` times on one connection; an error unless it holds all revisions
    /// afterwards and the settings were in force.
    pub fn run(&self, times: usize) -> Result<Answer> {
        let Durability { journal_mode, synchronous, synchronous_number } = self.durability;
        let worker = self.worker.display();
        let output = Command::new(&self.worker)
            .arg(&self.database)
            .args([journal_mode, synchronous, self.transaction, &times.to_string()])
            .output()
            .with_context(|| worker.to_string())?;
        ensure!(output.status.success(), "{worker}: {}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8_lossy(&output.stdout);
        let answer: Answer = serde_json::from_str(&said).with_context(|| format!("{worker}: {said}"))?;
        ensure!(
            answer.journal_mode == journal_mode
                && answer.synchronous == synchronous_number
                && answer.foreign_keys == 1
                && (answer.tables, answer.indexes) == expected(self.count)
                && answer.nanoseconds.len() == times,
            "{worker} did something else than {} revisions {times} times with {}: {answer:?}",
            self.count,
            self.durability
        );
        Ok(answer)
    }
}

/// Removes a database and what SQLite keeps beside it.
pub fn remove(database: &Path) -> Result<()> {
    for suffix in ["", "-journal", "-wal", "-shm"] {
        let mut path = database.as_os_str().to_owned();
        path.push(suffix);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
