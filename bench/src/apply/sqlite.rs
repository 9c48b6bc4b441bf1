//! On a SQLite file.

use super::{Competitor, OF_PEER, OF_SCRIPT, verdict};
use crate::client::Beyond;
use crate::database::Database;
use crate::history::history;
use crate::package::{DIESEL, REFINERY, RUSQLITE_MIGRATION, SERVICEKIT, SQLX, work};
use crate::shell::{self, Script};
use crate::statistics::{Ratio, Row, Times, Unit, table};
use crate::versions;
use crate::worker::{DEFAULT, Task, WAL, remove};
use anyhow::Result;

const SHELL: &str = "sqlite3 shell, one";

const COMPETITORS: [Competitor; 8] = [
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
    let history = history(count, Database::Sqlite);
    let peers = [SERVICEKIT, SQLX, REFINERY, DIESEL, RUSQLITE_MIGRATION];
    for peer in &peers {
        peer.build(&history, Database::Sqlite)?;
    }
    println!("## apply: from empty to head, SQLite file, optimised build\n");
    println!("{count} revisions, median of {rounds}, in turn; {}", versions::machine());
    println!("{}", versions::of(&peers, Database::Sqlite)?);
    println!(
        "`one`: one transaction for the run, else as by default; `script`: the SQL without bookkeeping\n"
    );
    let shell = shell::version();
    let database = work().join("apply.db");
    for durability in [DEFAULT, WAL] {
        let script = Script::write(&work(), &history, durability)?;
        let mut rows: Vec<Row> = COMPETITORS.iter().map(|(name, ..)| (*name, Times::default())).collect();
        let mut by_shell = Beyond::default();
        let mut sqlite = String::new();
        for _ in 0..rounds {
            for ((_, peer, transaction), (_, times)) in COMPETITORS.into_iter().zip(&mut rows) {
                remove(&database)?;
                let task = Task::sqlite(peer.worker(Database::Sqlite), transaction, durability, count);
                let answer = task.run(&database.to_string_lossy(), 1)?;
                answer.times.into_iter().for_each(|time| times.push(time));
                sqlite = answer.answers.last().cloned().unwrap_or_default();
            }
            if shell.is_some() {
                script.measure(&database, &mut by_shell)?;
            }
        }
        match &shell {
            Some(version) => {
                println!("SQLite {sqlite}, shell {version}; {durability}\n");
                println!("{}\n", by_shell.said("the shell"));
                rows.push((SHELL, by_shell.script));
            }
            None => println!("SQLite {sqlite}, no sqlite3 shell on this machine; {durability}\n"),
        }
        println!("{}", table(Unit::Seconds, &rows, &[Ratio::To("servicekit"), Ratio::To("servicekit, one")]));
        verdict(&rows, "servicekit, one", SHELL, OF_SCRIPT);
        verdict(&rows, "servicekit, one", "script, one", "no limit");
        for peer in ["sqlx", "refinery", "diesel"] {
            verdict(&rows, "servicekit", peer, OF_PEER);
        }
        println!();
    }
    Ok(())
}
