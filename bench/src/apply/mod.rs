//! `apply`: the whole history from empty.

mod server;
mod sqlite;

use crate::database::Database;
use crate::package::Peer;
use crate::server::Server;
use crate::statistics::{Row, ratio};
use anyhow::Result;

/// The name of a row, who runs it, and what each transaction holds.
type Competitor = (&'static str, Peer, &'static str);

/// Prints the tables.
pub fn run(databases: &[Database], count: usize, rounds: usize) -> Result<()> {
    for database in databases {
        if *database == Database::Sqlite {
            sqlite::run(count, rounds)?;
        } else if let Some(server) = Server::find(*database)? {
            server::run(&server, count, rounds)?;
        }
    }
    Ok(())
}

/// What servicekit in one transaction may take, of what the database's own client takes for the script.
const OF_SCRIPT: &str = "limit 1.15";
/// What servicekit in a transaction for each revision may take, of what any peer takes.
const OF_PEER: &str = "limit 1";

/// Prints a ratio and what it should be, where there is such a row.
fn verdict(rows: &[Row], ours: &str, other: &str, limit: &str) {
    if rows.iter().any(|(name, _)| *name == other) {
        println!("{ours} / {other} = {:.2} ({limit})", ratio(rows, ours, other));
    }
}
