//! A replay by the application, which has the revisions in Rust.

use super::serve::{CONNECTIONS, Outcome, THREADS};
use super::wire::Replay;
use crate::Database;
use crate::backend::{Acquired, IntoConnection as _, Timeouts};
use crate::database::AnyBackend;
use crate::error::{Error, Phase};
use crate::history::Migrations;
use crate::progress::Progress;
use crate::run::StopToken;
use tokio::runtime::Builder;

/// What creates the tables of a database in memory, in an order in which they can be created. What belongs to a virtual
/// table is left out: it is no part of a schema that is read.
const STATEMENTS: &str = "\
    SELECT s.sql FROM main.sqlite_schema s JOIN pragma_table_list t ON t.name = s.tbl_name \
    WHERE t.schema = 'main' AND t.type = 'table' AND s.type IN ('table', 'index') AND s.sql IS NOT NULL \
    AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY s.type = 'index', s.rowid";

/// Replays, and gives the statements that create what is in a database in memory.
pub(super) fn run(
    migrations: Migrations,
    request: &Replay,
    stop: &StopToken,
    told: impl Fn(&Progress) + Send + Sync + 'static,
) -> Outcome<Vec<String>> {
    super::can_wait()?;
    let runtime = Builder::new_multi_thread().worker_threads(THREADS).enable_all().build()?;
    let migrator = migrations.migrator().confined(request.run_work, &request.schemas);
    let migrator = migrator.stopped_by(stop).on_progress(told);
    Ok(runtime.block_on(async {
        let url = request.url.as_deref().unwrap_or("sqlite::memory:");
        let database = Database::<AnyBackend>::from_url(url)?.with_max_connections(CONNECTIONS).build();
        database.init().await?;
        let replayed = migrator.replay_to(&database, request.to.clone()).await;
        let statements = match replayed {
            Ok(_) if request.url.is_none() => statements(&database).await,
            Ok(_) => Ok(Vec::new()),
            Err(error) => Err(error),
        };
        database.dispose().await;
        statements
    }))
}

async fn statements(database: &Database<AnyBackend>) -> Result<Vec<String>, Error> {
    let mut acquired = Acquired::take(database.link(), &Timeouts::default()).await?;
    let answer = acquired.connection().ask_one(STATEMENTS, Phase::Identify).await;
    let answer = acquired.ended(answer)?;
    Ok(answer.rows.into_iter().flatten().flatten().collect())
}
