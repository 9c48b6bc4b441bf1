//! Runs the history with refinery.

#[cfg_attr(feature = "sqlite", path = "sqlite.rs")]
#[cfg_attr(feature = "postgres", path = "postgres.rs")]
#[cfg_attr(feature = "mysql", path = "mysql.rs")]
mod database;

use bench_worker::{Failure, Job, Transaction, unsupported};
use peer_refinery::migrations::runner;

fn main() -> Result<(), Failure> {
    let job = Job::from_arguments()?;
    let mut connection = database::open(&job)?;
    // Its macro makes a function that builds the list, so making the list is part of every start.
    let times = match job.transaction {
        Transaction::Revision => job.measure(|| runner().run(&mut connection).map(drop))?,
        Transaction::Run => job.measure(|| runner().set_grouped(true).run(&mut connection).map(drop))?,
        other @ Transaction::Script => unsupported(other)?,
    };
    job.report(&times, |query| database::ask(&mut connection, query))
}
