//! What the workers of all peers share: the job they are given and the lines they answer with.
//!
//! Every peer is a process of its own, so that one peer's SQLite, allocator state or threads never touch
//! another's time. It has no dependencies, so that it adds nothing to what is measured.

use std::error::Error;
use std::time::{Duration, Instant};

/// What a worker is asked to do: bring one database to head, `times` times, on one connection.
#[derive(Debug)]
pub struct Job {
    /// The SQLite file, made when it is missing, or the URL of an empty database on a server.
    pub database: String,
    /// Statements that the connection runs before the clock starts; none when empty.
    pub settings: String,
    /// What each transaction holds.
    pub transaction: Transaction,
    /// How often to start; each start is timed.
    pub times: u32,
    /// Queries of one text each, asked after the clock has stopped: they show what was really done.
    pub questions: Vec<String>,
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
    /// Reads `DATABASE SETTINGS revision|run|script TIMES [QUESTION]…`.
    ///
    /// # Errors
    /// When an argument is missing or is not understood.
    pub fn from_arguments() -> Result<Self, Failure> {
        let mut arguments = std::env::args().skip(1);
        let mut next = |what: &str| arguments.next().ok_or_else(|| format!("{what} is missing"));
        let (database, settings) = (next("the database")?, next("the settings")?);
        let transaction = match next("the transaction")?.as_str() {
            "revision" => Transaction::Revision,
            "run" => Transaction::Run,
            "script" => Transaction::Script,
            other => return Err(format!("unknown transaction `{other}`").into()),
        };
        let times = next("the number of starts")?.parse()?;
        Ok(Self { database, settings, transaction, times, questions: arguments.collect() })
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

    /// Prints the times in nanoseconds on one line, then the answer to each question on a line of its own.
    ///
    /// # Errors
    /// The first error of `ask`.
    pub fn report(
        &self,
        times: &[Duration],
        mut ask: impl FnMut(&str) -> Result<String, Failure>,
    ) -> Result<(), Failure> {
        let times: Vec<String> = times.iter().map(|time| time.as_nanos().to_string()).collect();
        println!("{}", times.join(" "));
        for question in &self.questions {
            println!("{}", ask(question)?);
        }
        Ok(())
    }
}

/// The history as one script in one transaction.
pub fn script<'a>(upgrades: impl IntoIterator<Item = &'a str>) -> String {
    let statements: String = upgrades.into_iter().collect();
    format!("BEGIN;\n{statements}COMMIT;\n")
}

/// Refuses what a peer cannot do.
///
/// # Errors
/// Always.
pub fn unsupported(transaction: Transaction) -> Result<Vec<Duration>, Failure> {
    Err(format!("this peer cannot do `{transaction:?}`").into())
}
