//! `apply`: the whole history from empty.

use crate::history::history;
use crate::package::{DIESEL, Peer, REFINERY, RUSQLITE_MIGRATION, SERVICEKIT, SQLX, work};
use crate::shell::{self, Script};
use crate::statistics::{Ratio, Row, Times, Unit, table};
use crate::versions;
use crate::worker::{DEFAULT, Task, WAL};
use anyhow::Result;

/// The name of a row, who runs it, and what each transaction holds.
const COMPETITORS: [(&str, Peer, &str); 8] = [
    ("servicekit", SERVICEKIT, "revision"),
    ("sqlx", SQLX, "revision"),
    ("refinery", REFINERY, "revision"),
    ("diesel", DIESEL, "revision"),
    ("servicekit, one", SERVICEKIT, "run"),
    ("refinery, one", REFINERY, "run"),
    ("rusqlite_migration, one", RUSQLITE_MIGRATION, "run"),
    ("script, one", RUSQLITE_MIGRATION, "script"),
];

/// Prints the tables.
pub fn run(count: usize, rounds: usize) -> Result<()> {
    let history = history(count);
    let peers = [SERVICEKIT, SQLX, REFINERY, DIESEL, RUSQLITE_MIGRATION];
    for peer in &peers {
        peer.build(&history)?;
    }
    println!("## apply: from empty to head, SQLite file, optimised build\n");
    println!("{count} revisions, median of {rounds}, in turn; {}", versions::machine());
    println!("{}", versions::of(&peers)?);
    println!(
        "`one`: one transaction for the run, else one per revision; `script`: the SQL without bookkeeping\n"
    );
    let shell = shell::version();
    for durability in [DEFAULT, WAL] {
        let database = work().join("apply.db");
        let script = Script::write(work().join("apply.sql"), &history, durability)?;
        let mut rows: Vec<Row> = COMPETITORS.iter().map(|(name, ..)| (*name, Times::default())).collect();
        let mut by_shell = Times::default();
        let mut sqlite = String::new();
        for _ in 0..rounds {
            for ((_, peer, transaction), (_, times)) in COMPETITORS.into_iter().zip(&mut rows) {
                let (worker, database) = (peer.worker(), database.clone());
                let answer = Task { worker, database, durability, transaction, count }.apply()?;
                answer.times().for_each(|time| times.push(time));
                sqlite = answer.sqlite;
            }
            if shell.is_some() {
                by_shell.push(script.run(&database)?);
            }
        }
        match &shell {
            Some(version) => {
                println!("SQLite {sqlite}, shell {version}; {durability}\n");
                rows.push(("sqlite3 shell, one", by_shell));
            }
            None => println!("SQLite {sqlite}, no sqlite3 shell on this machine; {durability}\n"),
        }
        println!("{}", table(Unit::Seconds, &rows, &[Ratio::To("servicekit"), Ratio::To("servicekit, one")]));
    }
    Ok(())
}
