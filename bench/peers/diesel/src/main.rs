//! Runs the history with diesel.

use bench_worker::{Failure, Job, Transaction, report, unsupported};
use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};
use diesel_migrations::MigrationHarness;
use peer_diesel::MIGRATIONS;

/// One text, as diesel wants its rows named and typed.
#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Text)]
    answer: String,
}

fn main() -> Result<(), Failure> {
    let job = Job::from_arguments()?;
    let mut connection = SqliteConnection::establish(&job.database.to_string_lossy())?;
    connection.batch_execute(&job.pragmas())?;
    let times = match job.transaction {
        Transaction::Revision => job.measure(|| connection.run_pending_migrations(MIGRATIONS).map(drop))?,
        other => unsupported(other)?,
    };
    report(&times, |query| {
        let query = format!("SELECT ({query}) AS answer");
        Ok(sql_query(query).get_result::<Answer>(&mut connection)?.answer)
    })
}
