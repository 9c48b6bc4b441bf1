//! PostgreSQL, by the client that does not need an asynchronous runtime.

use bench_worker::{Failure, Job};
use postgres::{Client, NoTls};

pub fn open(job: &Job) -> Result<Client, Failure> {
    let mut client = Client::connect(&job.database, NoTls)?;
    client.batch_execute(&job.settings)?;
    Ok(client)
}

pub fn ask(client: &mut Client, query: &str) -> Result<String, Failure> {
    Ok(client.query_one(query, &[])?.try_get(0)?)
}
