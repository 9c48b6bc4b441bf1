//! A database of a service, of whatever kind.

use super::health::{HealthCheck, HealthStatus, MigrationState};
use crate::backend::{AnyPool, with_driver};
use crate::database::Backend;
use crate::error::{Error, ErrorKind};
use crate::run::Migrator;
use crate::{Database, RevisionId};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// How long a database may take to answer a check.
const ANSWER: Duration = Duration::from_secs(5);

const UNREADABLE: &str = "where the database is in its history cannot be read";

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What a service does with a database.
pub(super) trait Served: fmt::Debug + Send + Sync {
    fn init(&self) -> Boxed<'_, Result<(), Error>>;
    /// Lets a run that [`init`](Self::init) waits for end before its next revision or stage.
    fn stop(&self);
    fn dispose(&self) -> Boxed<'_, ()>;
    fn check_names(&self) -> Vec<String>;
    /// Whether it answers, and where it is in each of its histories.
    fn check(&self) -> Boxed<'_, Vec<(String, HealthCheck)>>;
}

impl<D: Backend + fmt::Debug> Served for Database<D> {
    fn init(&self) -> Boxed<'_, Result<(), Error>> {
        Box::pin(async { Self::init(self).await.map(|_| ()) })
    }

    fn stop(&self) {
        for (_, migrator) in self.named_migrators() {
            migrator.stop_token().stop();
        }
    }

    fn dispose(&self) -> Boxed<'_, ()> {
        Box::pin(Self::dispose(self))
    }

    fn check_names(&self) -> Vec<String> {
        let histories = self.named_migrators().map(|(name, _)| check_name(name));
        std::iter::once("database".to_owned()).chain(histories).collect()
    }

    fn check(&self) -> Boxed<'_, Vec<(String, HealthCheck)>> {
        Box::pin(async {
            let database = in_time("the database does not answer", ping(self)).await;
            let is_reached = database.status != HealthStatus::Unhealthy;
            let mut checks = vec![("database".to_owned(), database)];
            for (name, migrator) in self.named_migrators() {
                let check = if is_reached {
                    in_time(UNREADABLE, Box::pin(position(migrator, self))).await
                } else {
                    HealthCheck::unhealthy(UNREADABLE)
                };
                checks.push((check_name(name), check));
            }
            checks
        })
    }
}

fn check_name(library: Option<&str>) -> String {
    library.map_or_else(|| "migrations".to_owned(), |name| format!("{name}.migrations"))
}

/// The result of a check, unless it takes too long.
async fn in_time(failed: &str, check: impl Future<Output = Result<HealthCheck, Error>>) -> HealthCheck {
    match tokio::time::timeout(ANSWER, check).await {
        Ok(Ok(check)) => check,
        Ok(Err(error)) => {
            // What the database says can name hosts, users and files, which is for the log.
            tracing::warn!(%error, "health");
            HealthCheck::unhealthy(failed)
        }
        Err(_) => {
            HealthCheck::unhealthy(format!("the database did not answer within {} s", ANSWER.as_secs()))
        }
    }
}

async fn ping<D: Backend>(database: &Database<D>) -> Result<HealthCheck, Error> {
    let pool = database.any_pool()?;
    let answered =
        with_driver!(&pool, AnyPool(pool) => sqlx::raw_sql("SELECT 1").execute(pool).await.map(|_| ()));
    answered.map_err(|error| crate::backend::database_error(crate::error::Phase::ReadVersion, error))?;
    Ok(HealthCheck::healthy())
}

/// Where the database is, which costs one `SELECT` when it is at head.
async fn position<D: Backend>(migrator: &Migrator, database: &Database<D>) -> Result<HealthCheck, Error> {
    let status = migrator.status(database).await?;
    let current: Vec<String> = status.rows.iter().map(RevisionId::to_string).collect();
    let head: Vec<String> =
        migrator.migrations().embedded().heads.iter().copied().map(str::to_owned).collect();
    if current == head && status.partial.is_none() {
        let state = MigrationState { current, head, pending: Vec::new() };
        return Ok(HealthCheck { migrations: Some(state), ..HealthCheck::healthy() });
    }
    let (check, pending) = match migrator.pending(database).await {
        Ok(pending) if pending.is_empty() => {
            (HealthCheck::degraded("a revision is partially applied"), Vec::new())
        }
        Ok(pending) => {
            let revisions = if pending.len() == 1 { "revision is" } else { "revisions are" };
            let message = format!("{} {revisions} pending", pending.len());
            (HealthCheck::unhealthy(message), pending.iter().map(RevisionId::to_string).collect())
        }
        Err(error) if matches!(error.kind(), ErrorKind::Ahead { .. }) => {
            (HealthCheck::degraded("the database has revisions of a newer version"), Vec::new())
        }
        Err(error) => return Err(error),
    };
    Ok(HealthCheck { migrations: Some(MigrationState { current, head, pending }), ..check })
}
