//! Ready copies: databases that are made while tests run, so that the next tests need not wait for theirs.

use super::TestDatabaseError;
use super::background::{Background, Job};
use super::server::Server;
use super::session::{Failed, HowMany, Kind, Session};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::thread;
use tokio::runtime::Builder;

/// The variable that says how many copies of a template are kept ready.
const VARIABLE: &str = "SERVICEKIT_TEST_READY_COPIES";
/// More are not kept by default: they are disk, and tests that start at the same moment are few.
const MOST_BY_DEFAULT: usize = 4;
/// How many copies are kept ready of all templates of a server: a history that is edited has another template each time.
const MOST_ON_A_SERVER: usize = 16;
/// The lock of the session that makes ready copies: one at a time on a server, so that tests keep most of it.
const MAKER: &str = "_servicekit_ready_copies";

/// How many copies of a template are kept ready: as many as tests run at the same time.
pub(super) fn at_most() -> Result<usize, TestDatabaseError> {
    match std::env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
        Some(value) => value.to_str().and_then(|value| value.parse().ok()).ok_or_else(|| {
            TestDatabaseError::ReadyCopies { variable: VARIABLE, value: value.to_string_lossy().into_owned() }
        }),
        None => Ok(thread::available_parallelism().map_or(1, usize::from).min(MOST_BY_DEFAULT)),
    }
}

/// What the background thread of a process does.
pub(super) fn make_while_tests_run<D: Server>(background: &'static Background) {
    let runtime = match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::debug!(%error, "make ready copies");
            return;
        }
    };
    let mut session = None;
    loop {
        let job = background.next();
        let made = runtime.block_on(Box::pin(make::<D>(&mut session, &job, background)));
        if let Err(error) = made {
            // The tests make their own.
            tracing::debug!(%error, "make ready copies");
            session = None;
        }
    }
}

async fn make<D: Server>(
    session: &mut Option<Session<D>>,
    job: &Job,
    background: &Background,
) -> Result<(), TestDatabaseError> {
    let session = match session {
        Some(session) => session,
        None => session.insert(Session::open().await?),
    };
    if !session.lock_if_free(MAKER).await? {
        return Ok(());
    }
    session.fill_up(job, background).await?;
    session.run("release a lock", &[D::texts().unlock(MAKER)]).await?;
    Ok(())
}

impl<D: Server> Session<D> {
    /// Takes a ready copy of this template; it is in use from then on.
    pub(super) async fn take_ready(&mut self, template: &str, owner: &str) -> Result<Option<String>, Failed> {
        const ACTION: &str = "take a ready copy of a template";
        let condition = format!(
            "kind = {} AND owner = {} AND {}",
            Kind::Ready.literal::<D>(),
            Self::literal(template),
            D::texts().exists()
        );
        loop {
            let Some(name) = self.lock_free(ACTION, &condition, HowMany::One).await?.pop() else {
                return Ok(None);
            };
            if self.claim(ACTION, &name, &condition, owner).await? {
                return Ok(Some(name));
            }
        }
    }

    /// Takes a lock if no session holds it.
    async fn lock_if_free(&mut self, name: &str) -> Result<bool, Failed> {
        let question = format!(
            "SELECT name FROM (SELECT {} AS name) AS it WHERE {}",
            Self::literal(name),
            D::texts().is_free()
        );
        Ok(!self.ask("take a lock", question).await?.is_empty())
    }

    /// Makes copies until enough are ready, or until no test of this process runs any more. This session holds the lock of the
    /// maker, so nobody else adds any.
    async fn fill_up(&mut self, job: &Job, background: &Background) -> Result<(), Failed> {
        loop {
            let ready = self.all_ready().await?;
            let (own, others): (Vec<_>, Vec<_>) =
                ready.into_iter().partition(|(_, template)| *template == job.template);
            if own.len() >= job.at_most {
                return Ok(());
            }
            let too_many = (own.len() + others.len() + 1).saturating_sub(MOST_ON_A_SERVER);
            for (name, template) in others.iter().take(too_many) {
                self.drop_ready(name, template).await?;
            }
            // A copy that the server would not finish by itself is waited for.
            if !D::texts().copies_as_a_whole() && !background.has_tests() {
                return Ok(());
            }
            self.make_ready(&job.template, background).await?;
            if !background.has_tests() {
                return Ok(());
            }
        }
    }

    /// All copies that are ready with their templates, the oldest first.
    async fn all_ready(&mut self) -> Result<Vec<(String, String)>, Failed> {
        let (table, ready) = (D::texts().table(), Kind::Ready.literal::<D>());
        let question = format!("SELECT name, owner FROM {table} WHERE kind = {ready} ORDER BY used, name");
        let rows = self.ask("count the ready copies", question).await?;
        let pair = |row: Vec<Option<String>>| {
            let mut values = row.into_iter().flatten();
            values.next().zip(values.next())
        };
        Ok(rows.into_iter().filter_map(pair).collect())
    }

    async fn drop_ready(&mut self, name: &str, template: &str) -> Result<(), Failed> {
        const ACTION: &str = "drop a ready copy";
        let condition = format!("kind = {} AND name = {}", Kind::Ready.literal::<D>(), Self::literal(name));
        for name in self.lock_free(ACTION, &condition, HowMany::One).await? {
            if self.claim(ACTION, &name, &condition, template).await? {
                self.drop_database(&name).await?;
            }
        }
        Ok(())
    }

    async fn make_ready(&mut self, template: &str, background: &Background) -> Result<(), Failed> {
        let name = if D::texts().copies_as_a_whole() {
            // Ready from the start: nobody can take it while it is locked, or before it is there. So the server needs
            // nothing more from this process, which may end.
            let name = self.register(Kind::Ready, template).await?;
            let made = after_first_poll(self.create(&name, Some(template)), || background.hand_over()).await;
            background.take_back();
            made?;
            name
        } else {
            let name = self.create_copy(template, Some(template)).await?;
            self.run("make a copy ready", &[Self::set_kind(&name, Kind::Ready, template)]).await?;
            name
        };
        self.run("release a lock", &[D::texts().unlock(&name)]).await
    }
}

/// Calls this when the future, whose first act is to send something, has been polled once.
async fn after_first_poll<F: Future>(future: F, sent: impl Fn()) -> F::Output {
    let mut future = pin!(future);
    let mut is_first = true;
    poll_fn(|context| {
        let polled = future.as_mut().poll(context);
        if std::mem::take(&mut is_first) {
            sent();
        }
        polled
    })
    .await
}
