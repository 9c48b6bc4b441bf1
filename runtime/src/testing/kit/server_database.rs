//! The database of a test on a server of its own kind: a copy of one that is made once.

use super::background::{Job, RunningTest};
use super::folder;
use super::own::Place;
use super::ready;
use super::server::Server;
use super::session::{Failed, Kind, Session};
use super::{TestDatabaseError, TestSetup};
use crate::Database;
use crate::backend::hash::sha256;
use std::fmt;

/// Makes the database of a test.
pub(super) async fn make<D: Server>(
    setup: &TestSetup,
) -> Result<(Database<D>, ServerPlace<D>), TestDatabaseError> {
    let at_most = ready::at_most()?;
    let running = D::background().begin_test();
    // In boxes: the compiler gives up on futures in futures that are too many deep.
    let mut session = Box::pin(Session::<D>::open()).await?;
    let owner = owner(setup.name)?;
    Box::pin(session.drop_left(&owner)).await?;
    let (name, job) = Box::pin(obtain(&mut session, setup, &owner, at_most)).await?;
    let builder = D::builder(&session.url, Some(&name)).map_err(Session::<D>::refused_url)?;
    let builder = match setup.migrations {
        Some(migrations) => builder.with_migrations(migrations),
        None => builder,
    };
    Ok((builder.build(), ServerPlace { session, name, owner, job, running }))
}

/// A database for the test: one that is ready, or a new one. And what the next test gets.
async fn obtain<D: Server>(
    session: &mut Session<D>,
    setup: &TestSetup,
    owner: &str,
    at_most: usize,
) -> Result<(String, Option<Job>), TestDatabaseError> {
    loop {
        let template = match setup.migrations {
            Some(migrations) => Box::pin(session.template(migrations)).await?,
            None => None,
        };
        let job = template.clone().filter(|_| at_most > 0).map(|template| Job { template, at_most });
        let ready = match &job {
            Some(job) => Box::pin(session.take_ready(&job.template, owner)).await?,
            None => None,
        };
        let made = match ready {
            Some(name) => Ok(name),
            None => Box::pin(session.create_copy(owner, template.as_deref())).await,
        };
        match made {
            Ok(name) => {
                if let Some(job) = job.clone().filter(|_| !D::texts().copies_as_a_whole()) {
                    D::background().want(job, ready::make_while_tests_run::<D>);
                }
                return Ok((name, job));
            }
            // Another process has dropped it, as it was not used for long, or a person.
            Err(Failed { error, .. }) if template.is_some() && D::texts().is_no_database(&error.source) => {
                session.forget(&template.unwrap_or_default()).await?;
            }
            Err(failed) => return Err(failed.into()),
        }
    }
}

/// A name for the test in this checkout: the same test of another one keeps its own database.
fn owner(test: &str) -> Result<String, TestDatabaseError> {
    let digits = sha256(&folder::root()?.to_string_lossy());
    let start = test.floor_char_boundary(test.len().saturating_sub(400));
    Ok(format!("{} {}", &test[start..], &digits[..8]))
}

/// The database of a test on a server.
pub struct ServerPlace<D> {
    session: Session<D>,
    name: String,
    owner: String,
    /// What the next test gets.
    job: Option<Job>,
    /// Ends last.
    running: RunningTest,
}

// Not derived: the URL has a password.
impl<D> fmt::Debug for ServerPlace<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerPlace").field("name", &self.name).finish_non_exhaustive()
    }
}

impl<D: Server> Place for ServerPlace<D> {
    async fn remove(mut self) {
        if let Err(failed) = self.session.drop_database(&self.name).await {
            // The next process does it.
            tracing::debug!(error = %failed.error.source, "drop the database of a test");
        }
        Box::pin(self.session.end(self.job)).await;
        drop(self.running);
    }

    async fn keep(mut self) -> String {
        let kept = self
            .session
            .run("keep a database", &[Session::<D>::set_kind(&self.name, Kind::Kept, &self.owner)])
            .await;
        if let Err(failed) = kept {
            tracing::debug!(error = %failed.error.source, "keep the database of a test");
        }
        let shown = D::shown(&self.session.url, &self.name);
        Box::pin(self.session.end(self.job)).await;
        drop(self.running);
        format!("the database of this test is kept until the test runs again: {shown}")
    }
}
