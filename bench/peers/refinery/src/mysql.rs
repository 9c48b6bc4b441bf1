//! MySQL and MariaDB, by the client that does not need an asynchronous runtime.

use bench_worker::{Failure, Job};
use mysql::prelude::Queryable as _;
use mysql::{Conn, Opts, OptsBuilder};

pub fn open(job: &Job) -> Result<Conn, Failure> {
    // Over TCP as all the others; by itself it would change to a socket.
    let options = OptsBuilder::from_opts(Opts::from_url(&job.database)?).prefer_socket(false);
    let mut connection = Conn::new(options)?;
    if !job.settings.is_empty() {
        connection.query_drop(&job.settings)?;
    }
    Ok(connection)
}

pub fn ask(connection: &mut Conn, query: &str) -> Result<String, Failure> {
    Ok(connection.query_first(query)?.ok_or("no answer")?)
}
