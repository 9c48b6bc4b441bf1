//! Runs the history with rusqlite_migration, or as one script with rusqlite alone.

use bench_worker::{Failure, Job, Transaction, report, unsupported};
use peer_rusqlite_migration::HISTORY;
use rusqlite::Connection;
use rusqlite_migration::Migrations;

fn main() -> Result<(), Failure> {
    let job = Job::from_arguments()?;
    let mut connection = Connection::open(&job.database)?;
    connection.execute_batch(&job.pragmas())?;
    let times = match job.transaction {
        Transaction::Run => {
            job.measure(|| Migrations::from_directory(&HISTORY)?.to_latest(&mut connection))?
        }
        Transaction::Script => {
            let script = script();
            job.measure(|| connection.execute_batch(&script))?
        }
        other @ Transaction::Revision => unsupported(other)?,
    };
    report(&times, |query| Ok(connection.query_row(query, [], |row| row.get(0))?))
}

/// The whole history as one script in one transaction.
fn script() -> String {
    let mut files: Vec<_> = HISTORY.dirs().flat_map(|folder| folder.files()).collect();
    files.sort_by_key(|file| file.path());
    let statements: String = files.iter().filter_map(|file| file.contents_utf8()).collect();
    format!("BEGIN;\n{statements}COMMIT;\n")
}
