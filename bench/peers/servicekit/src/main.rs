//! Runs the history with servicekit.

use bench_worker::{Failure, Job, Transaction, unsupported};
use peer_servicekit::MIGRATIONS;
use servicekit::options::TransactionMode;
use servicekit::sqlx::{self, AssertSqlSafe, ConnectOptions as _};

#[cfg(feature = "sqlite")]
use servicekit::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection as Connected};
#[cfg(feature = "mysql")]
use servicekit::sqlx::{Connection, MySqlConnection as Connected};
#[cfg(feature = "postgres")]
use servicekit::sqlx::{Connection, PgConnection as Connected};

fn main() -> Result<(), Failure> {
    let job = Job::from_arguments()?;
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime =
        if cfg!(feature = "sqlite") { runtime.enable_time() } else { runtime.enable_all() }.build()?;
    let mut connection = runtime.block_on(open(&job))?;
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
    job.report(&times, |query| {
        let query = sqlx::query_scalar(AssertSqlSafe(query));
        Ok(runtime.block_on(query.fetch_one(&mut connection))?)
    })
}

/// Opens the database.
async fn open(job: &Job) -> Result<Connected, sqlx::Error> {
    #[cfg(feature = "sqlite")]
    let options = SqliteConnectOptions::new().filename(&job.database).create_if_missing(true);
    #[cfg(not(feature = "sqlite"))]
    let options: <Connected as Connection>::Options = job.database.parse()?;
    let mut connection: Connected = options.connect().await?;
    if !job.settings.is_empty() {
        sqlx::raw_sql(AssertSqlSafe(job.settings.as_str())).execute(&mut connection).await?;
    }
    Ok(connection)
}
