//! `start`: a start with nothing to do.

use crate::database::Database;
use crate::history::history;
use crate::package::{DIESEL, Peer, REFINERY, RUSQLITE_MIGRATION, SERVICEKIT, SQLX, work};
use crate::statistics::{Ratio, Row, Times, Unit, table};
use crate::versions;
use crate::worker::{Task, WAL, remove};
use anyhow::{Context, Result};

/// Starts per process: the first on a fresh connection, the others on a warm one.
const STARTS: usize = 101;

/// The competitors and what their transactions hold when the history is applied.
const COMPETITORS: [(Peer, &str); 5] = [
    (SERVICEKIT, "revision"),
    (SQLX, "revision"),
    (REFINERY, "revision"),
    (DIESEL, "revision"),
    (RUSQLITE_MIGRATION, "run"),
];

/// Prints the tables.
pub fn run(count: usize, rounds: usize) -> Result<()> {
    let history = history(count, Database::Sqlite);
    let mut tasks = Vec::new();
    for (peer, transaction) in COMPETITORS {
        peer.build(&history, Database::Sqlite)?;
        let database = work().join(format!("start-{}.db", peer.name));
        let task = Task::sqlite(peer.worker(Database::Sqlite), transaction, WAL, count);
        remove(&database)?;
        let database = database.to_string_lossy().into_owned();
        task.run(&database, 1)?;
        tasks.push((task, database));
    }
    let peers = COMPETITORS.map(|(peer, _)| peer);
    println!("## start: nothing to do, SQLite file, optimised build\n");
    println!("{count} revisions, median of {rounds} processes, in turn; {}", versions::machine());
    println!("{}", versions::of(&peers, Database::Sqlite)?);
    let mut first: Vec<Row> = peers.iter().map(|peer| (peer.name, Times::default())).collect();
    let mut later = first.clone();
    let mut sqlite = String::new();
    for _ in 0..rounds {
        for ((task, database), ((_, first), (_, later))) in tasks.iter().zip(first.iter_mut().zip(&mut later))
        {
            let answer = task.run(database, STARTS)?;
            let mut times = answer.times.into_iter();
            first.push(times.next().context("a worker times every start")?);
            later.push(times.collect::<Times>().median());
            sqlite = answer.answers.last().cloned().unwrap_or_default();
        }
    }
    println!("SQLite {sqlite} in all; {WAL}\n");
    println!("first start on a fresh connection\n");
    println!("{}", table(Unit::Microseconds, &first, &[Ratio::To("servicekit")]));
    println!("later starts on the same connection\n");
    println!("{}", table(Unit::Microseconds, &later, &[Ratio::To("servicekit")]));
    Ok(())
}
