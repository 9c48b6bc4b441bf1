//! Runs the history with servicekit.

use bench_worker::{Failure, Job, Transaction, report, unsupported};
use peer_servicekit::MIGRATIONS;
use servicekit::TransactionMode;
use servicekit::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use servicekit::sqlx::{self, AssertSqlSafe, ConnectOptions};

fn main() -> Result<(), Failure> {
    let job = Job::from_arguments()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let options = SqliteConnectOptions::new().filename(&job.database).create_if_missing(true);
    let mut connection: SqliteConnection = runtime.block_on(options.connect())?;
    runtime.block_on(sqlx::raw_sql(AssertSqlSafe(job.pragmas())).execute(&mut connection))?;
    let times = match job.transaction {
        Transaction::Revision => {
            job.measure(|| runtime.block_on(MIGRATIONS.upgrade(&mut connection)).map(drop))?
        }
        Transaction::Run => {
            let migrator = MIGRATIONS.migrator().transaction(TransactionMode::PerRun);
            job.measure(|| runtime.block_on(migrator.upgrade(&mut connection)).map(drop))?
        }
        other @ Transaction::Script => unsupported(other)?,
    };
    report(&times, |query| {
        let query = sqlx::query_scalar(AssertSqlSafe(query.to_owned()));
        Ok(runtime.block_on(query.fetch_one(&mut connection))?)
    })
}
