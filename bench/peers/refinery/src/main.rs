//! Runs the history with refinery.

use bench_worker::{Failure, Job, Transaction, report, unsupported};
use peer_refinery::migrations::runner;
use rusqlite::Connection;

fn main() -> Result<(), Failure> {
    let job = Job::from_arguments()?;
    let mut connection = Connection::open(&job.database)?;
    connection.execute_batch(&job.pragmas())?;
    // Its macro makes a function that builds the list, so making the list is part of every start.
    let times = match job.transaction {
        Transaction::Revision => job.measure(|| runner().run(&mut connection).map(drop))?,
        Transaction::Run => job.measure(|| runner().set_grouped(true).run(&mut connection).map(drop))?,
        other @ Transaction::Script => unsupported(other)?,
    };
    report(&times, |query| Ok(connection.query_row(query, [], |row| row.get(0))?))
}
