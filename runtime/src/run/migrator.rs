//! The entry point: a history with settings.

use crate::backend::tables::check_names;
use crate::backend::{
    Acquired, AnyPool, Connection, IntoConnection, Link, OwnedConnection, Probe, RunConnection, Tables,
    VersionTableSchema, answer_limits,
};
use crate::error::{Error, ErrorKind, RecordedElsewhere, ServerNote};
use crate::history::{Destination, History, Migrations, stale};
use crate::progress::Progress;
use crate::report::{BookkeepingTables, EditedRevision, PartialRevision, Report, Status};
use crate::run::{
    AheadPolicy, Blocker, Callback, CommitAfter, DatabaseState, Goal, Options, PendingPolicy, Resolution,
    RetryDeadline, Rights, Route, Runner, Session, StopFlag, StopToken, TransactionMode, journal, rights,
    state,
};
use servicekit_chain::{Heads, Plan, RevisionId, Target};
#[cfg(feature = "introspection")]
use servicekit_schema::requirement::ServerVersion;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracing::Instrument as _;

/// A history with settings for its runs.
///
/// ```no_run
/// # use servicekit::options::TransactionMode;
/// # use servicekit::{Migrations, sqlx::SqlitePool};
/// # use std::time::Duration;
/// # async fn example(migrations: Migrations, pool: SqlitePool) -> Result<(), servicekit::Error> {
/// let report = migrations
///     .migrator()
///     .transaction(TransactionMode::PerRun)
///     .acquire_timeout(Duration::from_secs(10))
///     .on_progress(|progress| println!("{progress:?}"))
///     .upgrade(&pool)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Migrator {
    pub(super) migrations: Migrations,
    pub(super) options: Options,
}

impl From<Migrations> for Migrator {
    fn from(migrations: Migrations) -> Self {
        Self { migrations, options: Options::default() }
    }
}

impl Migrator {
    /// What is rolled back together when a step fails; by default, each revision separately.
    pub fn transaction(mut self, mode: TransactionMode) -> Self {
        self.options.transaction = mode;
        self
    }

    /// How long revisions on SQLite share a commit; by default, 100 milliseconds. Other databases, and
    /// [`TransactionMode::PerRun`], do not use this setting.
    ///
    /// A commit waits for the disk, so a run puts revisions into one transaction, each behind a savepoint, and commits when
    /// this time has passed. A revision is still applied as a whole or not at all: those before a failure are committed.
    /// During this time and the revision after it, other writers wait. With [`Duration::ZERO`], each revision has a commit
    /// of its own, as has always one that rebuilds a table, [runs code](crate::operation::RunWork::run) or runs in stages.
    ///
    /// ```
    /// # use servicekit::{Migrations, sqlx::SqlitePool};
    /// # use std::time::Duration;
    /// # async fn example(migrations: Migrations, pool: SqlitePool) -> Result<(), servicekit::Error> {
    /// // Another process writes all the time.
    /// migrations.migrator().commit_after(Duration::from_millis(10)).upgrade(&pool).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn commit_after(mut self, time: Duration) -> Self {
        self.options.commit_after = CommitAfter(time);
        self
    }

    /// What a start does with pending revisions; by default, it applies them. Only [`upgrade`](Self::upgrade) uses
    /// this setting.
    pub fn policy(mut self, policy: PendingPolicy) -> Self {
        self.options.policy = policy;
        self
    }

    /// What a start does if the database is ahead of this binary; by default, it fails. Only
    /// [`upgrade`](Self::upgrade) uses this setting.
    pub fn when_ahead(mut self, when_ahead: AheadPolicy) -> Self {
        self.options.when_ahead = when_ahead;
        self
    }

    /// How long a run waits for a database that another session holds: another run, a writer, a server without free
    /// connections; by default, 60 seconds. The time for the revisions does not count. On a SQLite connection that
    /// you pass, each attempt includes the connection's own busy timeout, so the wait can be longer by this time.
    pub fn acquire_timeout(mut self, timeout: Duration) -> Self {
        self.options.timeouts.acquire = timeout;
        self
    }

    /// The schema of the version table and the journal; by default, as configured. With
    /// [`VersionTableSchema::Current`], a run does not check other schemas if this one has no version rows: see
    /// [`ErrorKind::RecordedElsewhere`].
    ///
    /// ```
    /// # use servicekit::options::VersionTableSchema;
    /// # use servicekit::{Migrations, sqlx::PgPool};
    /// # async fn example(migrations: Migrations, tenant: PgPool) -> Result<(), servicekit::Error> {
    /// let migrator = migrations.migrator().version_table_schema(VersionTableSchema::Current);
    /// migrator.upgrade(&tenant).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn version_table_schema(mut self, schema: VersionTableSchema) -> Self {
        self.options.schema = Some(schema);
        self
    }

    pub(crate) fn deadline(&self) -> Duration {
        self.options.timeouts.acquire
    }

    /// How long a statement waits for a table lock before its stage is rolled back and retried, until the acquire
    /// timeout; by default, 1 second. During this time, other sessions that need the table wait too. MySQL uses whole
    /// seconds, at least one; SQLite has no table locks.
    pub fn lock_timeout(mut self, wait: Duration) -> Self {
        self.options.timeouts.lock = wait;
        self
    }

    /// The time limit for a statement on PostgreSQL; by default, the server's setting. Other databases have no limit.
    pub fn statement_timeout(mut self, timeout: Duration) -> Self {
        self.options.timeouts.statement = Some(timeout);
        self
    }

    /// The time limit for building an index concurrently on PostgreSQL, which blocks no other session; by default, 12
    /// hours. A [`statement_timeout`](Self::statement_timeout) replaces this limit.
    pub fn concurrent_index_timeout(mut self, timeout: Duration) -> Self {
        self.options.timeouts.concurrent_index = timeout;
        self
    }

    /// Sets a callback for the progress of a run. The run calls it synchronously, so it should be fast.
    pub fn on_progress(mut self, callback: impl Fn(&Progress) + Send + Sync + 'static) -> Self {
        self.options.progress = Some(Callback(Arc::new(callback)));
        self
    }

    /// Stops runs when `stop` is set: before the next revision, before the next stage of a revision, or while a run
    /// waits for another session. The run then ends with [`ErrorKind::Stopped`].
    pub fn stopped_by(mut self, stop: &StopToken) -> Self {
        self.options.stop = stop.clone();
        self
    }

    #[cfg(feature = "api")]
    pub(crate) fn stop_token(&self) -> StopToken {
        self.options.stop.clone()
    }

    /// Does not look for edited revisions: where a test has just applied them, there are none.
    #[cfg(feature = "testing")]
    pub(crate) fn ignoring_edits(mut self) -> Self {
        self.options.ignores_edits = true;
        self
    }

    /// The history.
    pub fn migrations(&self) -> Migrations {
        self.migrations
    }

    /// Applies all pending revisions, unless the [`policy`](Self::policy) says otherwise.
    ///
    /// If none is pending, this is one `SELECT` without a transaction and without a write. Otherwise, on a pool, the
    /// run has its own task: dropping the future stops it before the next revision or stage, never in the middle of
    /// one.
    ///
    /// # Errors
    /// See [`Error`]. Revisions applied before the error stay, except with [`TransactionMode::PerRun`].
    pub async fn upgrade<'c>(&self, database: impl IntoConnection<'c>) -> Result<Report, Error> {
        self.run_to(database, Destination::head()).await
    }

    /// Applies the revisions up to `target`: an id (or a prefix of it), `head`, `heads`, `+2`, `label@head` and so
    /// on. A target below the current revision is already reached.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn upgrade_to<'c, T>(
        &self,
        database: impl IntoConnection<'c>,
        target: T,
    ) -> Result<Report, Error>
    where
        T: TryInto<Target>,
        Error: From<T::Error>,
    {
        self.run_to(database, Destination::upgrade(target)?).await
    }

    /// Reverts the revisions above `target`: an id (or a prefix of it), `base`, `-1`, `label@base` and so on.
    ///
    /// # Errors
    /// See [`Error`]. A missing downgrade is detected before anything runs.
    pub async fn downgrade_to<'c, T>(
        &self,
        database: impl IntoConnection<'c>,
        target: T,
    ) -> Result<Report, Error>
    where
        T: TryInto<Target>,
        Error: From<T::Error>,
    {
        self.run_to(database, Destination::downgrade(target)?).await
    }

    /// Applies or reverts revisions to reach a destination; see [`upgrade_to`](Self::upgrade_to) and
    /// [`downgrade_to`](Self::downgrade_to).
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn run_to<'c>(
        &self,
        database: impl IntoConnection<'c>,
        to: Destination,
    ) -> Result<Report, Error> {
        self.run(database.link(), Goal::Go(to)).await
    }

    /// Writes the version rows of `target` without running revisions, for a database that already has this schema.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn stamp<'c, T>(&self, database: impl IntoConnection<'c>, target: T) -> Result<Report, Error>
    where
        T: TryInto<Target>,
        Error: From<T::Error>,
    {
        self.run(database.link(), Goal::Stamp { target: target.try_into()?, purge: false }).await
    }

    /// The same as [`stamp`](Self::stamp), but first deletes all version rows, for example those of another history.
    ///
    /// ```
    /// # use servicekit::{Migrations, sqlx::SqlitePool};
    /// # async fn example(migrations: Migrations, pool: SqlitePool) -> Result<(), servicekit::Error> {
    /// migrations.migrator().stamp_purged(&pool, "head").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn stamp_purged<'c, T>(
        &self,
        database: impl IntoConnection<'c>,
        target: T,
    ) -> Result<Report, Error>
    where
        T: TryInto<Target>,
        Error: From<T::Error>,
    {
        self.run(database.link(), Goal::Stamp { target: target.try_into()?, purge: true }).await
    }

    /// Creates the version table and the journal if they are missing, without rows, and returns the version rows. Use
    /// it as a role that can create tables, if another role runs the revisions.
    ///
    /// ```
    /// # use servicekit::{Migrations, sqlx::SqlitePool};
    /// # async fn example(migrations: Migrations, pool: SqlitePool) -> Result<(), servicekit::Error> {
    /// let rows = migrations.migrator().ensure_version(&pool).await?;
    /// println!("the tables are there; the database is at {rows}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn ensure_version<'c>(&self, database: impl IntoConnection<'c>) -> Result<Heads, Error> {
        self.run(database.link(), Goal::EnsureVersion).await.map(|report| report.to)
    }

    /// Records whether the stage of an [`ErrorKind::InDoubt`] was done; the next run continues from there.
    ///
    /// # Errors
    /// See [`Error`]; [`ErrorKind::NothingInDoubt`] if no stage is in doubt.
    pub async fn resolve<'c>(
        &self,
        database: impl IntoConnection<'c>,
        resolution: Resolution,
    ) -> Result<Heads, Error> {
        self.run(database.link(), Goal::Resolve(resolution)).await.map(|report| report.to)
    }

    /// The version rows, including unknown ones; never writes. [`status`](Self::status) also returns a partially
    /// applied revision.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn current<'c>(&self, database: impl IntoConnection<'c>) -> Result<Heads, Error> {
        Ok(self.look(database.link(), async |acquired| self.position(acquired).await).await?.rows)
    }

    /// The version rows, and the partially applied revision if there is one; never writes.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn status<'c>(&self, database: impl IntoConnection<'c>) -> Result<Status, Error> {
        self.look(database.link(), async |acquired| self.status_of(acquired).await).await
    }

    async fn status_of(&self, acquired: &mut Acquired<'_>) -> Result<Status, Error> {
        let position = self.position(acquired).await?;
        let mut partial = None;
        if position.is_partial {
            let mut session = self.session(acquired)?;
            let knows = |id: &str| self.migrations.revisions().iter().any(|known| known.id_str() == id);
            let stages = journal::open_stages(&mut session, &knows).await?;
            partial = stages.last().map(PartialRevision::new);
        }
        Ok(Status { rows: position.rows, partial })
    }

    /// Which of the bookkeeping tables exist; never writes. On PostgreSQL, do not pass a connection inside a
    /// transaction: a query for a missing table would abort it.
    ///
    /// ```
    /// # use servicekit::{Migrations, sqlx::SqlitePool};
    /// # async fn example(migrations: Migrations, pool: SqlitePool) -> Result<(), servicekit::Error> {
    /// let found = migrations.migrator().bookkeeping_tables(&pool).await?;
    /// println!("version table: {}, journal: {}", found.version_table, found.journal);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn bookkeeping_tables<'c>(
        &self,
        database: impl IntoConnection<'c>,
    ) -> Result<BookkeepingTables, Error> {
        let look = async |acquired: &mut Acquired<'_>| {
            let mut session = self.session(acquired)?;
            let tables = session.tables.clone();
            let version_table = state::is_there(session.connection(), &tables, &tables.version).await?;
            let journal = state::is_there(session.connection(), &tables, &tables.journal).await?;
            Ok(BookkeepingTables { version_table, journal })
        };
        self.look(database.link(), look).await
    }

    /// Version rows of this history in another schema, if the schema of the run has none: a run fails with
    /// [`ErrorKind::RecordedElsewhere`]. Only on PostgreSQL, and only tables that the role can read; never writes.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn recorded_elsewhere<'c>(
        &self,
        database: impl IntoConnection<'c>,
    ) -> Result<Option<RecordedElsewhere>, Error> {
        self.read(database.link(), async |runner, position| runner.recorded_elsewhere(position).await).await
    }

    /// Checks the server before revisions run on it, and returns notes about it; never writes.
    ///
    /// # Errors
    /// If a run would be refused, with [`ErrorKind::ServerTooOld`], [`ErrorKind::UnsupportedEngine`] or
    /// [`ErrorKind::NoTransactions`], or if the server cannot be queried.
    pub async fn check_server<'c>(
        &self,
        database: impl IntoConnection<'c>,
    ) -> Result<Option<ServerNote>, Error> {
        let look = async |acquired: &mut Acquired<'_>| {
            self.session(acquired)?.server().await.map(|server| server.note.clone())
        };
        self.look(database.link(), look).await
    }

    /// The server and its version; `None` for SQLite, and for a server that does not say; never writes.
    ///
    /// ```
    /// # use servicekit::{Migrations, sqlx::PgPool};
    /// # async fn example(migrations: Migrations, pool: PgPool) -> Result<(), servicekit::Error> {
    /// if let Some(version) = migrations.migrator().server_version(&pool).await? {
    ///     println!("{version}"); // as `PostgreSQL 15.5`
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the database cannot be read.
    #[cfg(feature = "introspection")]
    pub async fn server_version<'c>(
        &self,
        database: impl IntoConnection<'c>,
    ) -> Result<Option<ServerVersion>, Error> {
        let look = async |acquired: &mut Acquired<'_>| {
            self.session(acquired)?.server().await.map(|server| server.version.clone())
        };
        self.look(database.link(), look).await
    }

    /// What prevents the user of this database from running revisions, as far as the database shows it; never writes.
    /// An empty result is no guarantee: revisions can need more rights than the runner.
    ///
    /// ```
    /// # use servicekit::{Migrations, sqlx::PgPool};
    /// # async fn example(migrations: Migrations, pool: PgPool) -> Result<(), servicekit::Error> {
    /// for right in migrations.migrator().rights(&pool).await?.missing {
    ///     println!("there is no {right}"); // as `CREATE on the schema `public``
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn rights<'c>(&self, database: impl IntoConnection<'c>) -> Result<Rights, Error> {
        let look = async |acquired: &mut Acquired<'_>| rights::find(&mut self.session(acquired)?).await;
        self.look(database.link(), look).await
    }

    /// The revisions that [`upgrade`](Self::upgrade) would apply, in order; never writes.
    ///
    /// # Errors
    /// When the database cannot be read or is ahead of this binary.
    pub async fn pending<'c>(&self, database: impl IntoConnection<'c>) -> Result<Vec<RevisionId>, Error> {
        let plan = self.plan(database, Destination::head()).await?;
        Ok(plan.steps.into_iter().map(|step| step.revision).collect())
    }

    /// The steps of a run to this destination; never writes.
    ///
    /// ```
    /// # use servicekit::{Destination, Migrations, sqlx::SqlitePool};
    /// # async fn example(migrations: Migrations, pool: SqlitePool) -> Result<(), servicekit::Error> {
    /// let plan = migrations.migrator().plan(&pool, Destination::downgrade("base")?).await?;
    /// println!("{} revisions would be reverted", plan.steps.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the database cannot be read, is ahead of this binary, or the target cannot be reached.
    pub async fn plan<'c>(&self, database: impl IntoConnection<'c>, to: Destination) -> Result<Plan, Error> {
        let plan = async |runner: &mut Runner<'_>, position: &DatabaseState| {
            runner.refuse_elsewhere(position).await?;
            runner.plan(&Route::To(to), &position.rows).await
        };
        self.read(database.link(), plan).await
    }

    /// Applied revisions whose files were edited afterwards; never writes.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn edited<'c>(&self, database: impl IntoConnection<'c>) -> Result<Vec<EditedRevision>, Error> {
        self.read(database.link(), async |runner, position| runner.edited(&position.rows).await).await
    }

    /// Looks at a database, and gives the connection back.
    async fn look<T>(
        &self,
        link: Link<'_>,
        look: impl AsyncFnOnce(&mut Acquired<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut acquired = Acquired::take(link, &self.options.timeouts).await?;
        let looked = look(&mut acquired).await;
        acquired.ended(looked)
    }

    /// The same with a runner, and where the database is.
    async fn read<T>(
        &self,
        link: Link<'_>,
        read: impl AsyncFnOnce(&mut Runner<'_>, &DatabaseState) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let look = async |acquired: &mut Acquired<'_>| {
            let mut runner = self.reader(acquired)?;
            let position = runner.position().await?;
            read(&mut runner, &position).await
        };
        self.look(link, look).await
    }

    /// A session that only reads.
    fn session<'c>(&self, acquired: &'c mut Acquired<'_>) -> Result<Session<'c>, Error> {
        self.session_on(acquired.connection(), Probe::NONE)
    }

    fn session_on<'c>(&self, connection: Connection<'c>, probe: Probe) -> Result<Session<'c>, Error> {
        let (engine, embedded) = (connection.engine(), self.migrations.embedded());
        let tables = Tables::new(embedded, engine, self.options.schema.as_ref());
        check_names(&tables, engine)?;
        Ok(Session::new(connection.within(&self.options.timeouts, probe), tables, embedded.application))
    }

    /// A runner that only reads.
    fn reader<'c>(&self, acquired: &'c mut Acquired<'_>) -> Result<Runner<'c>, Error> {
        self.runner(acquired.connection(), StopFlag::default(), Probe::NONE, None)
    }

    fn runner<'c>(
        &self,
        connection: Connection<'c>,
        stop: StopFlag,
        probe: Probe,
        source: Option<AnyPool>,
    ) -> Result<Runner<'c>, Error> {
        let session = self.session_on(connection, probe.clone())?;
        Ok(Runner::new(session, History::new(self.migrations)?, self.options.clone(), stop, probe, source))
    }

    async fn position(&self, acquired: &mut Acquired<'_>) -> Result<DatabaseState, Error> {
        let is_file = acquired.is_pooled_file();
        let mut session = self.session(acquired)?;
        let mut deadline = RetryDeadline::new(&self.options, &StopFlag::default(), session.engine, None);
        self.in_time(is_file, session.position_in_time(&mut deadline)).await
    }

    /// A look at a file by a connection of the pool, whose own busy timeout may be longer than the acquire timeout.
    async fn in_time<T>(
        &self,
        is_file: bool,
        look: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        if !is_file {
            return look.await;
        }
        let waited = self.options.timeouts.acquire.max(answer_limits::LEAST);
        let in_time = tokio::time::timeout(waited, look).await;
        in_time.unwrap_or(Err(ErrorKind::Locked { waited, holder: None, source: None }.into()))
    }

    async fn run(&self, link: Link<'_>, goal: Goal) -> Result<Report, Error> {
        let started = Instant::now();
        stale::check(self.migrations)?;
        let is_start = matches!(&goal, Goal::Go(to) if to.is_head());
        if is_start && self.options.policy == PendingPolicy::Skip {
            return Ok(Report::nothing());
        }
        if is_start && self.migrations.revisions().is_empty() {
            tracing::warn!(
                "there are no revisions in `{}/versions`: nothing is applied",
                self.migrations.folder()
            );
        }
        let mut acquired = Acquired::take(link, &self.options.timeouts).await?;
        if is_start {
            match self.nothing_to_do(&mut acquired).await {
                Ok(Some(rows)) => return Ok(Report::at(rows, started.elapsed())),
                Ok(None) => {}
                Err(error) => return acquired.ended(Err(error)),
            }
            if self.options.policy != PendingPolicy::Apply {
                let looked = self.await_head(&mut acquired, started).await;
                return acquired.ended(looked);
            }
        }
        // In boxes, so that the future of a start, which mostly has nothing to do, is a small one.
        let result = match acquired.into_own(&self.options.timeouts).await? {
            RunConnection::Ours(own) => Box::pin(self.run_in_task(own, goal)).await,
            RunConnection::Lent(connection) => {
                connection.refuse_transaction()?;
                let runner = self.runner(connection, StopFlag::new(&self.options), Probe::NONE, None)?;
                Box::pin(runner.run(&goal)).await
            }
        };
        if is_start { self.tolerate_ahead(result, started) } else { result }
    }

    /// The version rows, when everything is applied; this is all that a start with nothing to do does.
    async fn nothing_to_do(&self, acquired: &mut Acquired<'_>) -> Result<Option<Heads>, Error> {
        let is_file = acquired.is_pooled_file();
        let mut session = self.session(acquired)?;
        match self.in_time(is_file, session.position()).await {
            Ok(position) => Ok(self.is_head(&position).then_some(position.rows)),
            // The run waits for whoever holds the database.
            Err(error) => error.busy().map(|_| None),
        }
    }

    fn is_head(&self, position: &DatabaseState) -> bool {
        let heads = self.migrations.embedded().heads.iter().copied();
        !position.is_partial && position.rows.iter().map(RevisionId::as_str).eq(heads)
    }

    /// What a start does that may not apply anything: waits for whoever may, or fails.
    async fn await_head(&self, acquired: &mut Acquired<'_>, started: Instant) -> Result<Report, Error> {
        let engine = acquired.connection().engine();
        let mut deadline = RetryDeadline::new(&self.options, &StopFlag::new(&self.options), engine, None);
        deadline.begin();
        loop {
            let position = self.position(acquired).await?;
            if self.is_head(&position) {
                return Ok(Report::at(position.rows, started.elapsed()));
            }
            let waits = self.options.policy == PendingPolicy::WaitForHead;
            if waits && deadline.pause(Blocker::Run(None)).await.is_ok() {
                continue;
            }
            let mut runner = self.reader(acquired)?;
            runner.refuse_elsewhere(&position).await?;
            let plan = runner.plan(&Route::To(Destination::head()), &position.rows).await;
            let waited = waits.then(|| started.elapsed());
            let late = |plan: Plan| {
                let pending = plan.steps.into_iter().map(|step| step.revision).collect();
                Error::from(ErrorKind::NotAtHead { waited, pending }).at(&position.rows)
            };
            return self.tolerate_ahead(plan.and_then(|plan| Err(late(plan))), started);
        }
    }

    /// What a start makes of a database that is ahead of it.
    fn tolerate_ahead(&self, result: Result<Report, Error>, started: Instant) -> Result<Report, Error> {
        match result {
            Err(error)
                if self.options.when_ahead == AheadPolicy::Warn
                    && matches!(error.kind(), ErrorKind::Ahead { .. } | ErrorKind::PartialUnknown { .. }) =>
            {
                tracing::warn!(%error, "the database is ahead of this binary, and is left as it is");
                let heads = error.heads().cloned().unwrap_or_else(Heads::base);
                Ok(Report::at(heads, started.elapsed()))
            }
            result => result,
        }
    }

    /// Runs to the next boundary of a stage at least, whatever becomes of the future that asked for it.
    async fn run_in_task(&self, mut own: OwnedConnection, goal: Goal) -> Result<Report, Error> {
        let stop = StopFlag::new(&self.options);
        let on_drop = StopOnDrop(stop.clone());
        let migrator = self.clone();
        let task = async move {
            let (probe, source) = (own.probe(), own.source());
            let result = match migrator.runner(own.connection(), stop, probe, source) {
                Ok(runner) => runner.run(&goal).await,
                Err(error) => Err(error),
            };
            own.give_back(result, &migrator.options.timeouts).await
        };
        let finished = tokio::spawn(task.in_current_span()).await;
        drop(on_drop);
        match finished {
            Ok(result) => result,
            // A panic in a revision's own code stays the panic that it is.
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(_) => Err(ErrorKind::Stopped.into()),
        }
    }
}

/// Tells the run to stop at the next boundary of a stage when nobody waits for it any more.
struct StopOnDrop(StopFlag);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.stop();
    }
}
