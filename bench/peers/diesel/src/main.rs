//! Runs the history with diesel.

use bench_worker::{Failure, Job, Transaction, unsupported};
use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{Connection, QueryableByName, RunQueryDsl, sql_query};
use diesel_migrations::MigrationHarness;
use peer_diesel::MIGRATIONS;

#[cfg(feature = "mysql")]
use diesel::MysqlConnection as Connected;
#[cfg(feature = "postgres")]
use diesel::PgConnection as Connected;
#[cfg(feature = "sqlite")]
use diesel::SqliteConnection as Connected;

/// One text, as diesel wants its rows named and typed.
#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Text)]
    answer: String,
}

fn main() -> Result<(), Failure> {
    let job = Job::from_arguments()?;
    let mut connection = Connected::establish(&job.database)?;
    if !job.settings.is_empty() {
        connection.batch_execute(&job.settings)?;
    }
    let times = match job.transaction {
        Transaction::Revision => job.measure(|| connection.run_pending_migrations(MIGRATIONS).map(drop))?,
        other => unsupported(other)?,
    };
    job.report(&times, |query| {
        let query = format!("SELECT ({query}) AS answer");
        Ok(sql_query(query).get_result::<Answer>(&mut connection)?.answer)
    })
}
