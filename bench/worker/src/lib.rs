//! What the workers of all peers share: the job they are given and the JSON they answer with.
//!
//! Every peer is a process of its own, so that one peer's SQLite, allocator state or threads never touch
//! another's time. It has no dependencies, so that it adds nothing to what is measured.

use std::error::Error;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// What a worker is asked to do: bring one database to head, `times` times, on one connection.
#[derive(Debug)]
pub struct Job {
    /// The SQLite file; made when it is missing.
    pub database: PathBuf,
    /// `PRAGMA journal_mode`.
    pub journal_mode: String,
    /// `PRAGMA synchronous`.
    pub synchronous: String,
    /// What each transaction holds.
    pub transaction: Transaction,
    /// How often to start; each start is timed.
    pub times: u32,
}

/// What each transaction holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transaction {
    /// One revision.
    Revision,
    /// The whole run.
    Run,
    /// The whole run as one SQL script without any bookkeeping: the floor.
    Script,
}

/// What a worker fails with.
pub type Failure = Box<dyn Error + Send + Sync>;

impl Job {
    /// Reads `DATABASE JOURNAL_MODE SYNCHRONOUS revision|run|script TIMES`.
    ///
    /// # Errors
    /// When an argument is missing or is not understood.
    pub fn from_arguments() -> Result<Self, Failure> {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let [database, journal_mode, synchronous, transaction, times] = <[String; 5]>::try_from(arguments)
            .map_err(|given| format!("expected five arguments: {given:?}"))?;
        let transaction = match transaction.as_str() {
            "revision" => Transaction::Revision,
            "run" => Transaction::Run,
            "script" => Transaction::Script,
            other => return Err(format!("unknown transaction `{other}`").into()),
        };
        Ok(Self { database: database.into(), journal_mode, synchronous, transaction, times: times.parse()? })
    }

    /// The statements that make the durability of all workers equal; each connection runs them before the
    /// clock starts.
    pub fn pragmas(&self) -> String {
        format!(
            "PRAGMA journal_mode = {}; PRAGMA synchronous = {}; PRAGMA foreign_keys = ON;",
            self.journal_mode, self.synchronous
        )
    }

    /// Times each call of `start`.
    ///
    /// # Errors
    /// The first error of `start`.
    pub fn measure<E: Into<Failure>>(
        &self,
        mut start: impl FnMut() -> Result<(), E>,
    ) -> Result<Vec<Duration>, Failure> {
        (0..self.times)
            .map(|_| {
                let clock = Instant::now();
                start().map_err(Into::into)?;
                Ok(clock.elapsed())
            })
            .collect()
    }
}

/// Refuses what a peer cannot do.
///
/// # Errors
/// Always.
pub fn unsupported(transaction: Transaction) -> Result<Vec<Duration>, Failure> {
    Err(format!("this peer cannot do `{transaction:?}`").into())
}

/// Prints the times as JSON, with facts that show what was really done: the settings in force and what the
/// database now holds. `ask` runs a query that yields one text.
///
/// # Errors
/// The first error of `ask`.
pub fn report(
    times: &[Duration],
    mut ask: impl FnMut(&str) -> Result<String, Failure>,
) -> Result<(), Failure> {
    let journal_mode = ask("SELECT journal_mode FROM pragma_journal_mode")?;
    let synchronous = ask("SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous")?;
    let foreign_keys = ask("SELECT CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys")?;
    let tables = ask(
        "SELECT CAST(count(*) AS TEXT) FROM sqlite_schema WHERE type = 'table' AND name LIKE 'account!_%' ESCAPE '!'",
    )?;
    let indexes = ask(
        "SELECT CAST(count(*) AS TEXT) FROM sqlite_schema WHERE type = 'index' AND name LIKE 'account!_%' ESCAPE '!'",
    )?;
    let sqlite = ask("SELECT sqlite_version()")?;
    let nanoseconds: Vec<String> = times.iter().map(|time| time.as_nanos().to_string()).collect();
    println!(
        r#"{{"nanoseconds":[{}],"journal_mode":"{journal_mode}","synchronous":{synchronous},"foreign_keys":{foreign_keys},"tables":{tables},"indexes":{indexes},"sqlite":"{sqlite}"}}"#,
        nanoseconds.join(",")
    );
    Ok(())
}
