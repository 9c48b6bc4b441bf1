//! A connection that a run works on: its transaction, its lock, its settings, all of which end with the run whatever
//! becomes of the future that began it.
//!
//! Transactions are not sqlx's own, because sqlx counts transactions by itself: one that SQLite has rolled back on its
//! own (a full disk, `INSERT OR ROLLBACK`) stays counted, so that nothing can begin on that connection any
//! more. Nor can sqlx's be committed again when a reader was in the way the first time.

pub(crate) mod foreign_keys;
pub(crate) mod put_back;
pub(crate) mod renewal;
pub(crate) mod role;
pub(crate) mod settings;

use crate::backend::answer::is_yes;
use crate::backend::lock_holder::read_holder;
use crate::backend::sqlite::foreign_keys::Suspended;
use crate::backend::{
    Answer, Connection, Engine, JournalColumns, SendError, Server, Tables, begin_error, database_error,
    during,
};
use crate::error::{Error, ErrorClass, ErrorKind, LockHolder, Phase, SettingInTheWay};
use crate::run::session::role::OwnRole;
use crate::run::session::settings::OwnSettings;
use crate::run::{Advance, Blocker, DatabaseState, Options, RetryDeadline, state};
use servicekit_chain::{Heads, RevisionId};
use servicekit_schema::requirement::ServerVersion;
use std::time::Instant;

/// A connection with what a run has opened on it. Dropping it closes everything.
#[allow(clippy::struct_excessive_bools, reason = "each is true or false by itself")]
#[derive(Debug)]
pub(crate) struct Session<'c> {
    connection: Connection<'c>,
    pub(crate) engine: &'static dyn Engine,
    pub(crate) tables: Tables,
    /// What a session calls itself that has no name, so that others know whom they wait for.
    application: &'static str,
    /// Who the server is, once a run needs to know.
    server: Option<Server>,
    is_in_transaction: bool,
    /// Whether both tables are there; known once the server is.
    pub(crate) has_tables: bool,
    /// Whether the open transaction has made them.
    made_tables: bool,
    /// When the transaction began, by the clock of the database and by ours.
    begun: Option<(String, Instant)>,
    has_lock: bool,
    /// This session, once it was asked for.
    id: Option<String>,
    /// Foreign keys, while a table is rebuilt.
    pub(crate) suspended: Option<Suspended>,
    /// The role of the session, while a revision may have taken on another one.
    pub(crate) role: Option<OwnRole>,
    /// Settings as they were, to put back on a connection that the caller lent.
    changed: Vec<(&'static str, String)>,
    /// What the driver has set, and revisions do not run under.
    pub(crate) own: OwnSettings,
}

impl<'c> Session<'c> {
    pub(crate) fn new(connection: Connection<'c>, tables: Tables, application: &'static str) -> Self {
        let engine = connection.engine();
        Self {
            connection,
            engine,
            tables,
            application,
            server: None,
            is_in_transaction: false,
            has_tables: false,
            made_tables: false,
            begun: None,
            has_lock: false,
            id: None,
            suspended: None,
            role: None,
            changed: Vec::new(),
            own: OwnSettings::default(),
        }
    }

    pub(crate) fn connection(&mut self) -> &mut Connection<'c> {
        &mut self.connection
    }

    /// The version rows.
    pub(crate) async fn position(&mut self) -> Result<DatabaseState, Error> {
        state::read(&mut self.connection, &self.tables).await
    }

    /// The version rows, waited for when another session is in the way.
    pub(crate) async fn position_in_time(
        &mut self,
        deadline: &mut RetryDeadline,
    ) -> Result<DatabaseState, Error> {
        deadline.begin();
        loop {
            match self.position().await {
                Ok(position) => return Ok(position),
                Err(error) => deadline.pause_if_busy(error).await?,
            }
        }
    }

    /// Who the server is. Engines on which a run would not be safe are refused.
    pub(crate) async fn server(&mut self) -> Result<&Server, Error> {
        let is_lent = self.connection.is_lent();
        let server = self.identify().await?;
        if server.answers_nothing {
            return Err(ErrorKind::Setting(SettingInTheWay::NoRows).into());
        }
        if let Some(engine) = server.refused {
            return Err(ErrorKind::UnsupportedEngine { engine }.into());
        }
        if let Some(old) = &server.too_old {
            return Err(ErrorKind::ServerTooOld(Box::new(old.clone())).into());
        }
        if server.is_autocommit_off && is_lent {
            return Err(ErrorKind::Setting(SettingInTheWay::AutocommitOff).into());
        }
        if server.is_in_transaction {
            return Err(ErrorKind::InTransaction.into());
        }
        if let Some((table, engine)) = &server.without_transactions {
            return Err(ErrorKind::NoTransactions { table: table.clone(), engine: engine.clone() }.into());
        }
        self.know_own_settings().await;
        Ok(self.server.get_or_insert_default())
    }

    /// Finds out which columns the journal has, before it is read.
    pub(crate) async fn know_journal(&mut self) -> Result<(), Error> {
        self.identify().await?;
        // Without a lock it can change at any time, but only in one direction.
        if self.tables.journal_columns != Some(JournalColumns::All)
            && let Some(question) = self.engine.later_columns(&self.tables)
        {
            let answer = self.connection.ask_one(&question, Phase::ReadJournal).await?;
            self.tables.journal_columns = Some(JournalColumns::counted(answer.first()));
        }
        Ok(())
    }

    pub(crate) async fn identify(&mut self) -> Result<&Server, Error> {
        if self.server.is_none() {
            let mut texts = self.engine.identify(&self.tables);
            let own = texts.len();
            texts.extend(self.engine.driver_settings_question());
            let answers = match self.connection.ask(&texts).await {
                Ok(answers) => answers,
                Err(error) => return Err(self.unidentified(error.source).await),
            };
            let mut server = self.engine.read_identity(&self.tables, &answers);
            let is_in_transaction = self.connection.is_in_transaction().await;
            server.is_in_transaction |= is_in_transaction.map_err(|error| begin_error(error.source))?;
            let own = answers.get(own..).unwrap_or_default();
            self.own = OwnSettings::asked(own, self.engine.mode_setting(own));
            server.application = server.is_nameless.then_some(self.application);
            self.tables = self.tables.pinned(self.engine, server.schema.clone());
            self.tables.journal_columns = server.journal_columns;
            let is_complete = self.tables.journal_has(JournalColumns::All) || server.may_not_widen_journal;
            self.has_tables = server.has_version_table && server.has_journal && is_complete;
            self.server = Some(server);
        }
        Ok(self.server.get_or_insert_default())
    }

    /// Which server it is, where that is known.
    pub(crate) fn server_version(&self) -> Option<&ServerVersion> {
        self.server.as_ref()?.version.as_ref()
    }

    /// An error when the database says that nothing is to be written: before anything is, also where this session could.
    pub(crate) async fn refuse_read_only(&mut self, at: &Heads) -> Result<(), Error> {
        match self.server().await?.read_only {
            Some(cause) => Err(Error::from(ErrorKind::ReadOnly { cause }).at(at)),
            None => Ok(()),
        }
    }

    /// Why a server cannot be asked who it is: it may be too old for the question.
    async fn unidentified(&mut self, source: sqlx::Error) -> Error {
        let is_lost = self.engine.class(&source) != ErrorClass::Other;
        if let Some(question) = self.engine.version().filter(|_| !is_lost)
            && let Ok(answers) = self.connection.ask(&[question.to_owned()]).await
            && let Some(version) = answers.first().and_then(Answer::first)
            && let Some(old) = self.engine.too_old(version)
        {
            return ErrorKind::ServerTooOld(Box::new(old)).into();
        }
        begin_error(source)
    }

    pub(crate) fn known_server(&self) -> Server {
        self.server.clone().unwrap_or_default()
    }

    /// Begins a transaction, so that what is read in it stays true, and looks whether the database is where it should
    /// be. Waits for whoever is in the way.
    pub(crate) async fn begin(
        &mut self,
        options: &Options,
        deadline: &mut RetryDeadline,
        expected: &DatabaseState,
    ) -> Result<Advance, Error> {
        deadline.begin();
        loop {
            let (is_free, found) = match self.try_begin(options).await {
                Ok(begun) => begun,
                Err(error) => {
                    self.rollback().await;
                    deadline.pause_if_busy(error).await?;
                    continue;
                }
            };
            // The lock may have taken long to come.
            let result = deadline.check_stop();
            let is_here = found == *expected;
            if result.is_ok() && is_free && is_here {
                self.give_role().await?;
                return Ok(Advance::Done(()));
            }
            self.rollback().await;
            result?;
            if !is_here {
                return Ok(Advance::Moved(found));
            }
            let holder = self.holder().await;
            deadline.pause(Blocker::Run(holder)).await?;
        }
    }

    /// Gives the transaction that has begun to the role of the revision.
    async fn give_role(&mut self) -> Result<(), Error> {
        let texts = self.their_role();
        if texts.is_empty() {
            return Ok(());
        }
        let given = self.connection.ask(&texts).await.map(drop).map_err(during(Phase::Settings));
        self.rollback_on_error(given).await
    }

    /// Whether the xact_lock was free, and where the database is.
    async fn try_begin(&mut self, options: &Options) -> Result<(bool, DatabaseState), Error> {
        let server = self.known_server();
        let mut texts = vec![self.engine.begin().to_owned()];
        texts.extend(self.own_role());
        let question = texts.len();
        texts.push(self.opening_question(options, &server));
        // Inside a transaction of PostgreSQL the question for a table that does not exist is the end of it.
        let rows = self.has_tables.then_some(texts.len());
        texts.extend(rows.map(|_| self.engine.version_rows(&self.tables)));
        // Before it is sent: it may be carried out after this future is dropped.
        self.is_in_transaction = true;
        let answers = match self.connection.begin(&texts).await {
            Ok(answers) => answers,
            Err(error) => {
                self.is_in_transaction = error.index > 0 || self.connection.is_silent();
                return Err(if Some(error.index) == rows {
                    database_error(Phase::ReadVersion, error.source)
                } else {
                    begin_error(error.source)
                });
            }
        };
        let opening = |column: usize| answers.get(question)?.rows.first()?.get(column)?.as_deref();
        let (time, is_free, is_held) = (opening(0), is_yes(opening(1)), is_yes(opening(2)));
        if !is_held {
            return Err(ErrorKind::LockLost.into());
        }
        self.begun = Some((time.unwrap_or_default().to_owned(), Instant::now()));
        if let Some(rows) = rows {
            let answer = answers.get(rows).cloned().unwrap_or_default();
            return Ok((is_free, state::from_answer(&answer, &self.tables)?));
        }
        if !is_free {
            // Nothing is created, so nothing can be read in here: the tables may be there by now.
            self.rollback().await;
            return Ok((false, self.position().await?));
        }
        Ok((true, self.make_tables().await?))
    }

    /// Asks, as the first thing in a transaction, for the time, for the xact_lock, and whether the lock of the run is still
    /// held; each is `1` where there is no such thing.
    fn opening_question(&self, options: &Options, server: &Server) -> String {
        let one = || "1".to_owned();
        let mut columns = vec![
            self.engine.time_as_text(),
            self.engine.try_transaction_lock(&server.key).unwrap_or_else(one),
            self.lock_question().unwrap_or_else(one),
        ];
        columns.extend(self.engine.timeouts(&options.timeouts, server));
        columns.extend(self.own_timeouts());
        format!("SELECT {}", columns.join(", "))
    }

    /// What [`begin`](Self::begin) sends and looks at, as texts of which the database itself refuses one when it is not
    /// free or not where it should be; `None` where that is not known, or not yet.
    pub(crate) fn opening(&self, options: &Options, expected: &Heads) -> Option<Vec<String>> {
        if !self.has_tables || self.begun.is_none() {
            return None;
        }
        let server = self.server.as_ref()?;
        let conditions: Vec<String> =
            self.engine.try_transaction_lock(&server.key).into_iter().chain(self.lock_question()).collect();
        let mut timeouts = self.engine.timeouts(&options.timeouts, server);
        timeouts.extend(self.own_timeouts());
        let question = self.engine.require_conditions(&conditions, &timeouts);
        // A statement of its own: what another has committed before it gave the xact_lock back must be seen.
        let rows = self.require_rows(expected)?;
        Some(std::iter::once(self.engine.begin().to_owned()).chain(question).chain([rows]).collect())
    }

    /// A statement that is refused unless these are the version rows, with nothing partially applied.
    pub(crate) fn require_rows(&self, expected: &Heads) -> Option<String> {
        let ids: Vec<String> = expected.iter().map(|id| self.engine.literal(id.as_str())).collect();
        self.engine.require_rows(&self.tables, &ids)
    }

    /// Sends a transaction as one message, from its beginning to its commit. When it is refused, what is open of it is
    /// still open.
    pub(crate) async fn send_transaction(&mut self, texts: &[String]) -> Result<(), SendError> {
        // Before it is sent: it may be carried out after this future is dropped.
        self.is_in_transaction = true;
        self.connection.run(texts).await?;
        self.is_in_transaction = false;
        Ok(())
    }

    /// The time of the database at a moment since a transaction of this run began, as SQL.
    pub(crate) fn time_in_run(&self, moment: Instant) -> String {
        match &self.begun {
            Some((time, begun)) => self.engine.time_after(time, moment.saturating_duration_since(*begun)),
            None => self.engine.time().to_owned(),
        }
    }

    /// The time of the database at a moment since the transaction began, as SQL.
    pub(crate) fn time_at(&self, moment: Instant) -> String {
        match &self.begun {
            Some(_) if self.is_in_transaction => self.time_in_run(moment),
            _ => self.engine.time().to_owned(),
        }
    }

    /// Makes the version column wider.
    pub(crate) async fn widen(
        &mut self,
        options: &Options,
        texts: &[String],
        deadline: &mut RetryDeadline,
        here: &DatabaseState,
    ) -> Result<(), Error> {
        if let Advance::Moved(_) = self.begin(options, deadline, here).await? {
            // Whoever moved it may have made room too; the step will say if not.
            return Ok(());
        }
        let widened = self.connection.run(texts).await.map_err(during(Phase::CreateTables));
        self.rollback_on_error(widened).await?;
        self.commit(None, deadline).await?;
        if let Some(server) = &mut self.server {
            server.width = None;
        }
        Ok(())
    }

    /// Makes the tables that are missing where they cannot be made in a transaction.
    pub(crate) async fn make_tables_beforehand(&mut self) -> Result<(), Error> {
        if self.engine.always_locks() && !self.has_tables {
            self.make_tables().await?;
            // No transaction has made them, so none that is rolled back takes them away.
            (self.has_tables, self.made_tables) = (true, false);
        }
        Ok(())
    }

    /// Makes the tables that are missing, gives an old journal its new columns, and reads the version rows.
    async fn make_tables(&mut self) -> Result<DatabaseState, Error> {
        let server = self.known_server();
        let there = [server.has_version_table, server.has_journal];
        // To make a table that is there may need a right that nothing else needs.
        let missing = self.engine.ensure_tables(&self.tables).into_iter().zip(there);
        let create = missing.filter(|(_, there)| !there).map(|(text, _)| text);
        let mut texts: Vec<String> =
            self.engine.tables_lock(&self.tables).into_iter().chain(create).collect();
        let made = texts.len();
        let question = self.engine.later_columns(&self.tables);
        texts.extend(question.clone());
        texts.push(self.engine.version_rows(&self.tables));
        match self.connection.ask_patiently(&texts).await {
            Ok(answers) => {
                let columns = match question {
                    Some(_) => JournalColumns::counted(answers.get(made).and_then(Answer::first)),
                    None if server.has_journal => server.journal_columns.unwrap_or(JournalColumns::First),
                    None => JournalColumns::All,
                };
                self.made_tables = true;
                self.tables.journal_columns = Some(self.widen_journal(columns).await?);
                let answer = answers.last().cloned().unwrap_or_default();
                state::from_answer(&answer, &self.tables)
            }
            Err(error) => {
                let doing = if error.index < made { Phase::CreateTables } else { Phase::ReadVersion };
                Err(database_error(doing, error.source))
            }
        }
    }

    /// Gives a journal that has these columns the later ones, and says what it has then: no more than before where this
    /// user may not add any, and rows go on without them.
    async fn widen_journal(&mut self, has: JournalColumns) -> Result<JournalColumns, Error> {
        if self.known_server().may_not_widen_journal {
            return Ok(has);
        }
        for text in self.engine.widen_journal(&self.tables, has) {
            match self.connection.run(&[text]).await {
                Ok(()) => {}
                Err(error) if self.engine.is_duplicate_column(&error.source) => {}
                Err(error) if self.engine.is_denied(&error.source) => {
                    tracing::warn!(error = %error.source, "the journal could not be given its new columns");
                    return Ok(has);
                }
                Err(error) => return Err(database_error(Phase::CreateTables, error.source)),
            }
        }
        Ok(JournalColumns::All)
    }

    /// Commits a revision, or the whole run.
    ///
    /// On SQLite a reader in the way is waited for with everything that was done kept: SQLite leaves the transaction
    /// open then, and lets no further reader in.
    pub(crate) async fn commit(
        &mut self,
        revision: Option<&RevisionId>,
        deadline: &mut RetryDeadline,
    ) -> Result<(), Error> {
        let answer = self.connection.commit().await;
        self.committed(answer, revision, deadline).await
    }

    /// Sees to what came of a commit.
    pub(crate) async fn committed(
        &mut self,
        mut answer: Result<(), sqlx::Error>,
        revision: Option<&RevisionId>,
        deadline: &mut RetryDeadline,
    ) -> Result<(), Error> {
        deadline.begin();
        loop {
            let error = match answer {
                Ok(()) => {
                    self.is_in_transaction = false;
                    self.has_tables |= std::mem::take(&mut self.made_tables);
                    return Ok(());
                }
                Err(source) if self.engine.is_nothing_to_commit(&source) => {
                    self.is_in_transaction = false;
                    return Err(ErrorKind::TransactionEnded { revision: revision.cloned() }.into());
                }
                Err(source) => match self.engine.class(&source) {
                    ErrorClass::Busy if self.engine.commits_again() => {
                        match deadline.pause(Blocker::Said(source)).await {
                            Ok(()) => {
                                answer = self.connection.commit().await;
                                continue;
                            }
                            Err(error) => error,
                        }
                    }
                    ErrorClass::Gone => {
                        self.is_in_transaction = self.connection.is_silent();
                        return Err(ErrorKind::CommitUnknown { revision: revision.cloned(), source }.into());
                    }
                    _ => database_error(Phase::Commit { revision: revision.cloned() }, source),
                },
            };
            self.rollback().await;
            return Err(error);
        }
    }

    /// Undoes the transaction. An error is no news: SQLite rolls back by itself after a full disk and the like, and the
    /// reason why the transaction is given up is reported anyway.
    pub(crate) async fn rollback(&mut self) {
        if !self.is_in_transaction {
            return;
        }
        if std::mem::take(&mut self.made_tables) {
            self.tables.journal_columns = self.server.as_ref().and_then(|server| server.journal_columns);
        }
        if !self.connection.is_silent()
            && let Err(error) = self.connection.rollback().await
        {
            tracing::debug!(%error, "rollback");
        }
        // What nobody answers is left for the end, where nobody waits for an answer.
        self.is_in_transaction = self.connection.is_silent();
    }

    /// What came of something in the transaction; an error undoes it.
    pub(crate) async fn rollback_on_error<T>(&mut self, done: Result<T, Error>) -> Result<T, Error> {
        if done.is_err() {
            self.rollback().await;
        }
        done
    }

    /// Takes the lock of a run, which this session holds until its end. The server does not let a lost session run
    /// anything, so a run whose lock is lost cannot do harm.
    pub(crate) async fn lock(
        &mut self,
        options: &Options,
        deadline: &mut RetryDeadline,
    ) -> Result<(), Error> {
        let server = self.server().await?.clone();
        let Some(question) = self.engine.try_lock(&server.key) else { return Ok(()) };
        deadline.begin();
        while !self.has_lock {
            // Before it is sent: it may be carried out after this future is dropped.
            self.has_lock = true;
            let answer = self.connection.ask_one(&question, Phase::Lock).await;
            self.has_lock = false;
            self.has_lock = answer?.is_yes();
            if !self.has_lock {
                let holder = self.holder().await;
                deadline.pause(Blocker::Run(holder)).await?;
            }
        }
        let mut settings = self.engine.settings(&options.timeouts, &server);
        settings.extend(self.own_settings());
        self.change_settings(settings).await
    }

    /// Whether this session holds the lock of the run.
    pub(crate) fn has_lock(&self) -> bool {
        self.has_lock
    }

    /// An expression for whether the lock is still ours, where there is one.
    fn lock_question(&self) -> Option<String> {
        self.has_lock.then(|| self.engine.holds_lock(&self.server.as_ref()?.key)).flatten()
    }

    /// Whether a pooler stands before this session, as far as the session itself tells.
    pub(crate) async fn is_pooled(&mut self) -> Result<bool, Error> {
        let Some(question) = self.engine.is_pooled() else { return Ok(false) };
        Ok(self.connection.ask_one(question, Phase::Identify).await?.is_yes())
    }

    /// This session by a name that the journal can keep.
    pub(crate) async fn session_id(&mut self) -> Result<Option<String>, Error> {
        if self.id.is_none()
            && let Some(question) = self.engine.session_id()
        {
            let answer = self.connection.ask_one(question, Phase::Identify).await?;
            self.id = answer.first().map(str::to_owned);
        }
        Ok(self.id.clone())
    }

    /// Who holds the lock, as far as the server tells.
    async fn holder(&mut self) -> Option<Box<LockHolder>> {
        let question = self.engine.lock_holder(&self.known_server().key)?;
        let answers = self.connection.ask(&[question]).await.ok()?;
        read_holder(answers.first()?).map(Box::new)
    }

    /// Changes settings of the session, remembering what they were.
    pub(crate) async fn change_settings(
        &mut self,
        settings: Vec<(&'static str, String)>,
    ) -> Result<(), Error> {
        let is_new = |name: &str| !self.changed.iter().any(|(known, _)| *known == name);
        let new: Vec<&'static str> =
            settings.iter().map(|(name, _)| *name).filter(|name| is_new(name)).collect();
        let questions: Vec<String> = new.iter().filter_map(|name| self.engine.setting(name)).collect();
        if !questions.is_empty() {
            // Before anything is changed: this future may be dropped while it is.
            let answers = self.connection.ask(&questions).await.map_err(during(Phase::Settings))?;
            let was = |answer: &Answer| answer.first().unwrap_or_default().to_owned();
            self.changed.extend(new.into_iter().zip(answers.iter().map(was)));
        }
        let texts: Vec<String> =
            settings.iter().filter_map(|(name, value)| self.engine.set(name, value)).collect();
        if !texts.is_empty() {
            self.connection.ask(&texts).await.map_err(during(Phase::Settings))?;
        }
        Ok(())
    }

    /// What says to the server how long it may hear nothing between two statements: long while a revision works elsewhere.
    pub(crate) fn idling(&self, is_expected: bool) -> Vec<String> {
        let settings = if self.has_lock { self.engine.idle_settings(is_expected) } else { Vec::new() };
        settings.iter().filter_map(|(name, value)| self.engine.set(name, value)).collect()
    }

    /// A session that says nothing for long is gone again.
    pub(crate) async fn expect_no_idling(&mut self) {
        let texts = [self.idling(false), self.own_settings_for_work(false)].concat();
        if !texts.is_empty()
            && let Err(error) = self.connection.ask(&texts).await
        {
            // Then the server waits longer for a host that is gone; what is wrong with the connection is found out next.
            tracing::debug!(error = %error.source, "the session may be idle for long");
        }
    }

    /// What gives back the lock and puts the settings back.
    fn teardown(&mut self) -> Vec<String> {
        let mut texts: Vec<String> =
            self.changed.drain(..).filter_map(|(name, was)| self.engine.set(name, &was)).collect();
        texts.extend(self.suspended.take().iter().flat_map(Suspended::restore));
        if std::mem::take(&mut self.has_lock) {
            texts.extend(self.engine.unlock(&self.known_server().key));
        }
        texts
    }

    /// Ends what is open, and waits for it.
    pub(crate) async fn close(mut self) {
        self.rollback().await;
        if let Err(error) = self.release().await {
            tracing::debug!(error = %error.source, "the lock and the settings of the session could not be given back");
        }
    }

    /// Gives back the lock and the settings.
    pub(crate) async fn release(&mut self) -> Result<(), SendError> {
        if self.connection.is_silent() {
            return Ok(());
        }
        let texts = self.teardown();
        if texts.is_empty() { Ok(()) } else { self.connection.ask(&texts).await.map(drop) }
    }

    /// Knows nothing of its connection any more, which is another one now. The place of the tables stays.
    pub(crate) fn forget(&mut self) {
        self.server = None;
        (self.is_in_transaction, self.has_tables, self.made_tables, self.has_lock) =
            (false, false, false, false);
        (self.begun, self.id, self.suspended, self.role) = (None, None, None, None);
        self.changed.clear();
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        let texts = self.teardown();
        if self.is_in_transaction || !texts.is_empty() {
            self.connection.abandon("ROLLBACK", &texts);
        }
    }
}
