//! Runs the history with rusqlite_migration, or as one script with rusqlite alone.

use bench_worker::{Failure, Job, Transaction, script, unsupported};
use peer_rusqlite_migration::HISTORY;
use rusqlite::Connection;
use rusqlite_migration::Migrations;

fn main() -> Result<(), Failure> {
    let job = Job::from_arguments()?;
    let mut connection = Connection::open(&job.database)?;
    connection.execute_batch(&job.settings)?;
    let times = match job.transaction {
        Transaction::Run => {
            job.measure(|| Migrations::from_directory(&HISTORY)?.to_latest(&mut connection))?
        }
        Transaction::Script => {
            let mut files: Vec<_> = HISTORY.dirs().flat_map(|folder| folder.files()).collect();
            files.sort_by_key(|file| file.path());
            let script = script(files.iter().filter_map(|file| file.contents_utf8()));
            job.measure(|| connection.execute_batch(&script))?
        }
        other @ Transaction::Revision => unsupported(other)?,
    };
    job.report(&times, |query| Ok(connection.query_row(query, [], |row| row.get(0))?))
}
