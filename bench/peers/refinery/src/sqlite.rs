//! SQLite, by rusqlite.

use bench_worker::{Failure, Job};
use rusqlite::Connection;

pub fn open(job: &Job) -> Result<Connection, Failure> {
    let connection = Connection::open(&job.database)?;
    connection.execute_batch(&job.settings)?;
    Ok(connection)
}

pub fn ask(connection: &mut Connection, query: &str) -> Result<String, Failure> {
    Ok(connection.query_row(query, [], |row| row.get(0))?)
}
