//! Ready copies: databases that are made ahead, so that the next tests need not wait for theirs.
//!
//! On PostgreSQL a test that ends last has the server make one, and leaves; the server finishes it. On MySQL and MariaDB a copy is
//! many statements, which a thread of the process sends while tests run.

use super::TestDatabaseError;
use super::background::{Background, Job};
use super::server::Server;
use super::session::{Failed, Kind, Session};
use std::pin::pin;
use std::task::{Context, Waker};
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

// In boxes: the compiler gives up on futures in futures that are too many deep.
async fn make<D: Server>(
    session: &mut Option<Session<D>>,
    job: &Job,
    background: &Background,
) -> Result<(), TestDatabaseError> {
    let session = match session {
        Some(session) => session,
        None => session.insert(Box::pin(Session::open()).await?),
    };
    if !session.lock_if_free(MAKER).await? {
        return Ok(());
    }
    Box::pin(session.fill_up(job, background)).await?;
    Ok(session.unlock(MAKER).await?)
}

impl<D: Server> Session<D> {
    /// Takes a ready copy of this template, which is in use from then on. It is the newest: when PostgreSQL drops a database it
    /// writes all others to the disk that it has not written yet, so those that wait should be old ones.
    pub(super) async fn take_ready(&mut self, template: &str, owner: &str) -> Result<Option<String>, Failed> {
        const ACTION: &str = "take a ready copy of a template";
        let ready = format!("kind = {}", Kind::Ready.literal::<D>());
        let question = format!(
            "SELECT name, CASE WHEN {} THEN 'free' ELSE 'held' END FROM \
             (SELECT name FROM {} WHERE {ready} AND owner = {} ORDER BY name DESC LIMIT 1) AS newest",
            D::texts().is_free(),
            D::texts().table(),
            Self::literal(template)
        );
        loop {
            let rows = self.ask(ACTION, question.clone()).await?;
            let Some([Some(name), Some(lock)]) = rows.first().map(Vec::as_slice) else { return Ok(None) };
            let (is_held, is_claimed) = (lock == "held", self.claim(ACTION, name, &ready, owner).await?);
            if is_held && is_claimed {
                // The server is still making it: that takes less time than another one.
                self.run("wait for a ready copy", &[D::texts().lock(name)]).await?;
            }
            if is_claimed && self.is_there(name).await? {
                return Ok(Some(name.clone()));
            }
            if is_claimed {
                self.run(ACTION, &[Self::delete(name)]).await?;
            }
            if is_claimed || !is_held {
                self.unlock(name).await?;
            }
        }
    }

    async fn is_there(&mut self, name: &str) -> Result<bool, Failed> {
        let question = format!("SELECT name FROM {} WHERE {}", Self::only(name), D::texts().exists());
        Ok(!self.ask("look for a database", question).await?.is_empty())
    }

    /// Takes a lock if no session holds it.
    async fn lock_if_free(&mut self, name: &str) -> Result<bool, Failed> {
        let question = format!("SELECT name FROM {} WHERE {}", Self::only(name), D::texts().is_free());
        Ok(!self.ask("take a lock", question).await?.is_empty())
    }

    /// A table with this name alone.
    fn only(name: &str) -> String {
        format!("(SELECT {} AS name) AS it", Self::literal(name))
    }

    /// Makes copies until enough are ready, or until no test of this process runs any more. This session holds the lock of the
    /// maker, so nobody else adds any.
    async fn fill_up(&mut self, job: &Job, background: &Background) -> Result<(), Failed> {
        while self.has_room(job).await? && background.has_tests() {
            let name = Box::pin(self.create_copy(&job.template, Some(&job.template))).await?;
            let ready = Self::set_kind(&name, Kind::Ready, &job.template);
            self.run("make a copy ready", &[ready]).await?;
            self.unlock(&name).await?;
        }
        Ok(())
    }

    /// Whether another copy of this template may be made. The oldest ones of other templates make room for it.
    async fn has_room(&mut self, job: &Job) -> Result<bool, Failed> {
        let ready = self.all_ready().await?;
        let count = ready.len();
        let others: Vec<_> = ready.into_iter().filter(|(_, template)| *template != job.template).collect();
        if count - others.len() >= job.at_most {
            return Ok(false);
        }
        let too_many = (count + 1).saturating_sub(MOST_ON_A_SERVER);
        for (name, template) in others.iter().take(too_many) {
            Box::pin(self.drop_ready(name, template)).await?;
        }
        Ok(true)
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
        let found = self.lock_free(ACTION, &condition).await?;
        self.drop_found(ACTION, found, &condition, template).await
    }

    /// Ends the session of a test whose database is dropped or kept. The server may then be making a ready copy.
    pub(super) async fn end(mut self, job: Option<Job>) {
        if let Some(job) = job.filter(|_| D::texts().copies_as_a_whole()) {
            match Box::pin(self.leave_ready(&job)).await {
                // Without a farewell, which would wait for the copy.
                Ok(true) => return,
                Ok(false) => {}
                Err(failed) => tracing::debug!(error = %failed.error.source, "make a ready copy"),
            }
        }
        self.close().await;
    }

    /// Sends what makes a ready copy; whether it was sent. Not while a test runs, of whatever process: a drop, which is the end of
    /// a test, would write the whole copy to the disk.
    async fn leave_ready(&mut self, job: &Job) -> Result<bool, Failed> {
        if self.has_tests().await? || !self.lock_if_free(MAKER).await? || !self.has_room(job).await? {
            return Ok(false);
        }
        // Ready from the start: nobody can use it while this session is there, which ends with the copy.
        let name = self.register(Kind::Ready, &job.template).await?;
        let create = pin!(self.create(&name, Some(&job.template)));
        // Polled once, it is sent.
        Ok(create.poll(&mut Context::from_waker(Waker::noop())).is_pending())
    }

    /// Whether a test is running, of whatever process.
    async fn has_tests(&mut self) -> Result<bool, Failed> {
        let (table, in_use) = (D::texts().table(), Kind::InUse.literal::<D>());
        let question = format!("SELECT name FROM {table} WHERE kind = {in_use} LIMIT 1");
        Ok(!self.ask("look for other tests", question).await?.is_empty())
    }
}
