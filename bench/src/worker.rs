//! Runs the workers, each a process of its own, and checks that they did what they were asked.

use crate::database::{Database, Fact};
use anyhow::{Context, Result, ensure};
use std::fmt::{self, Display, Formatter};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Settings of SQLite that decide what a commit waits for.
#[derive(Debug, Clone, Copy)]
pub struct Durability {
    /// `PRAGMA journal_mode`
    journal_mode: &'static str,
    /// `PRAGMA synchronous`
    synchronous: &'static str,
    /// The number that SQLite gives that setting.
    synchronous_number: u8,
}

impl Durability {
    /// The statements that set it; foreign keys are checked, as all of these libraries do.
    pub fn pragmas(&self) -> String {
        let Self { journal_mode, synchronous, .. } = self;
        format!(
            "PRAGMA journal_mode = {journal_mode};\nPRAGMA synchronous = {synchronous};\nPRAGMA foreign_keys = ON;"
        )
    }

    /// What shows that it is in force.
    pub fn facts(&self) -> [Fact; 3] {
        let pragma = |name: &str, wanted: &str| {
            Fact::new(format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}"), &wanted)
        };
        [
            pragma("journal_mode", self.journal_mode),
            pragma("synchronous", &self.synchronous_number.to_string()),
            pragma("foreign_keys", "1"),
        ]
    }
}

impl Display for Durability {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "journal_mode {}, synchronous {}", self.journal_mode, self.synchronous)
    }
}

/// What SQLite does unless set otherwise: two or more fsyncs for each commit.
pub const DEFAULT: Durability =
    Durability { journal_mode: "delete", synchronous: "full", synchronous_number: 2 };
/// What services that care for speed choose: no fsync on commit.
pub const WAL: Durability = Durability { journal_mode: "wal", synchronous: "normal", synchronous_number: 1 };

/// What a worker answers; see `worker/src/lib.rs`.
#[derive(Debug)]
pub struct Answer {
    /// The time of each start, in order.
    pub times: Vec<Duration>,
    /// The answer to each question.
    pub answers: Vec<String>,
}

/// What a worker is to do.
pub struct Task {
    /// The program.
    pub worker: PathBuf,
    /// What the connection runs before the clock starts.
    pub settings: String,
    /// What each transaction holds; see `worker/src/lib.rs`.
    pub transaction: &'static str,
    /// What must be true afterwards.
    pub facts: Vec<Fact>,
}

impl Task {
    /// For a SQLite file that gets `count` revisions; the last answer is SQLite's version.
    pub fn sqlite(worker: PathBuf, transaction: &'static str, durability: Durability, count: usize) -> Self {
        let mut facts = durability.facts().to_vec();
        facts.extend(Database::Sqlite.contents(count));
        facts.push(Fact { question: "SELECT sqlite_version()".into(), wanted: None });
        Self { worker, settings: durability.pragmas(), transaction, facts }
    }

    /// Brings the database to head `times` times on one connection; an error unless every fact is true afterwards.
    pub fn run(&self, database: &str, times: usize) -> Result<Answer> {
        let worker = self.worker.display();
        let output = Command::new(&self.worker)
            .args([database, &self.settings, self.transaction, &times.to_string()])
            .args(self.facts.iter().map(|fact| &fact.question))
            .output()
            .with_context(|| worker.to_string())?;
        ensure!(output.status.success(), "{worker}: {}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8_lossy(&output.stdout);
        let mut lines = said.lines();
        let nanoseconds = lines.next().unwrap_or_default().split(' ').map(str::parse);
        let nanoseconds: Vec<u64> =
            nanoseconds.collect::<Result<_, _>>().with_context(|| format!("{worker}: {said}"))?;
        ensure!(nanoseconds.len() == times, "{worker} was to start {times} times: {said}");
        let times = nanoseconds.into_iter().map(Duration::from_nanos).collect();
        let answers: Vec<String> = lines.map(str::to_owned).collect();
        check(&self.facts, &answers)
            .with_context(|| format!("{worker}, a transaction for each {}", self.transaction))?;
        Ok(Answer { times, answers })
    }
}

/// An error unless every answer is what it should be.
pub fn check(facts: &[Fact], answers: &[String]) -> Result<()> {
    ensure!(facts.len() == answers.len(), "{} questions were answered with {answers:?}", facts.len());
    for (Fact { question, wanted }, answer) in facts.iter().zip(answers) {
        let is_right = wanted.as_ref().is_none_or(|wanted| wanted == answer);
        ensure!(is_right, "{question}: {answer}, not {}", wanted.as_deref().unwrap_or_default());
    }
    Ok(())
}

/// Removes a SQLite database and what SQLite keeps beside it.
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
