//! One connection to a database of any kind, and what can be said on it.

use crate::backend::answer::{Answer, SendError};
use crate::backend::answer_limits::AnswerLimits;
use crate::backend::engine::Engine;
use crate::backend::pooler::Probe;
use crate::backend::timeouts::Timeouts;
#[cfg(feature = "postgres")]
use crate::error::error_message;
use crate::error::no_answer;
use crate::error::{Error, ErrorKind};
use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Row as _};
use std::borrow::Cow;
use std::future::Future as _;
use std::ops::Range;
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

#[cfg(feature = "mysql")]
use {sqlx::MySqlConnection, sqlx_core::transaction::TransactionManager as _};

#[cfg(feature = "mysql")]
type MySqlTransactions = <sqlx::MySql as sqlx::Database>::TransactionManager;
#[cfg(feature = "postgres")]
use sqlx::PgConnection;
#[cfg(feature = "sqlite")]
use sqlx::SqliteConnection;

/// A connection that a run or a question uses, and how long it waits for answers on it.
#[derive(Debug)]
pub(crate) struct Connection<'c> {
    pub(crate) wire: Wire<'c>,
    limits: AnswerLimits,
    /// How to find out whether the server is still there.
    probe: Probe,
    /// How long no answer came: then nothing more is asked, because nothing can be answered before that is.
    silent: Option<Duration>,
}

/// A connection that the caller lends to a run.
#[derive(Debug)]
pub(crate) enum Wire<'c> {
    #[cfg(feature = "sqlite")]
    Sqlite(&'c mut SqliteConnection),
    #[cfg(feature = "postgres")]
    Postgres(&'c mut PgConnection),
    #[cfg(feature = "mysql")]
    MySql(&'c mut MySqlConnection, Ownership),
}

/// Whose a connection is.
#[cfg(feature = "mysql")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ownership {
    /// The run's own: it is closed at the end, whatever is open on it.
    Ours,
    /// The caller's, who gets it back. sqlx must know of each transaction: only then can it be rolled back when a
    /// future is dropped.
    Lent,
}

/// What stands between two statements that are sent as one text: the first may end in a comment.
const BETWEEN: &str = "\n;\n";

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wait {
    /// An answer to what the run itself asks or writes, which takes no time.
    Answer,
    /// What a revision does.
    Work,
}

impl<'c> From<Wire<'c>> for Connection<'c> {
    fn from(wire: Wire<'c>) -> Self {
        Self { wire, limits: AnswerLimits::new(&Timeouts::default()), probe: Probe::None, silent: None }
    }
}

impl Connection<'_> {
    /// The same with how long a run waits for answers, and how it finds out whether the server is there.
    pub(crate) fn within(self, timeouts: &Timeouts, probe: Probe) -> Self {
        let ended = timeouts.statement.filter(|_| self.engine().enforces_statement_timeout());
        Self { limits: AnswerLimits::new(timeouts).with_statement_timeout(ended), probe, ..self }
    }

    /// The same connection for a shorter time.
    pub(crate) fn reborrow(&mut self) -> Connection<'_> {
        Connection {
            wire: self.wire.reborrow(),
            limits: self.limits,
            probe: self.probe.clone(),
            silent: self.silent,
        }
    }

    /// Whether an answer is still due that nobody waits for any more.
    pub(crate) fn is_silent(&self) -> bool {
        self.silent.is_some()
    }

    /// An error when sqlx has begun a transaction on it.
    pub(crate) fn refuse_transaction(&self) -> Result<(), Error> {
        self.wire.refuse_transaction()
    }

    /// What the connection was opened with as options of PostgreSQL, where that is known.
    pub(crate) fn startup_options(&self) -> Option<String> {
        self.probe.startup_options()
    }

    /// Whether the caller gets it back; known where it makes a difference.
    pub(crate) fn is_lent(&self) -> bool {
        self.wire.is_lent()
    }

    /// The part of a statement that an error speaks of, as a range of bytes.
    pub(crate) async fn part(&mut self, sql: &str, error: &SendError) -> Option<Range<usize>> {
        self.wire.part(sql, error).await
    }

    /// What is special about this kind of database.
    pub(crate) fn engine(&self) -> &'static dyn Engine {
        self.wire.engine()
    }

    /// Sends statements as one text, so as one round trip, and gives the answer to each.
    ///
    /// They are sent as they are, without preparing: nothing stays in a cache of the connection or the server.
    pub(crate) async fn ask<S: AsRef<str>>(&mut self, statements: &[S]) -> Result<Vec<Answer>, SendError> {
        self.send(statements, Wait::Answer, true, &mut |_| {}).await
    }

    /// The same for what may take long.
    pub(crate) async fn ask_patiently<S: AsRef<str>>(
        &mut self,
        statements: &[S],
    ) -> Result<Vec<Answer>, SendError> {
        self.send(statements, Wait::Work, true, &mut |_| {}).await
    }

    /// The same where nobody wants the rows, which can be many.
    pub(crate) async fn run<S: AsRef<str>>(&mut self, statements: &[S]) -> Result<(), SendError> {
        self.run_telling(statements, &mut |_| {}).await
    }

    /// The same, telling of each statement when it is done.
    pub(crate) async fn run_telling<S: AsRef<str>>(
        &mut self,
        statements: &[S],
        is_done: &mut (dyn FnMut(usize) + Send),
    ) -> Result<(), SendError> {
        self.send(statements, Wait::Work, false, is_done).await.map(|_| ())
    }

    async fn send<S: AsRef<str>>(
        &mut self,
        statements: &[S],
        wait: Wait,
        keep_rows: bool,
        is_done: &mut (dyn FnMut(usize) + Send),
    ) -> Result<Vec<Answer>, SendError> {
        self.check_silence()?;
        let text = join(statements).into_owned();
        let mut answers: Vec<Answer> = Vec::with_capacity(statements.len());
        let Self { wire, limits, probe, .. } = self;
        // SQLite has a busy timeout of its own, and nothing else can keep an answer back there.
        let is_bounded = wire.is_server();
        let sent = wire.stream(text, keep_rows, &mut answers, is_done);
        let result = match wait {
            _ if !is_bounded => sent.await,
            Wait::Answer => limits.answered(sent).await,
            Wait::Work => limits.watched(statements.len(), probe, sent).await,
        };
        let Err(source) = result else { return Ok(answers) };
        self.silent = no_answer::waited(&source);
        let (index, at) = place(statements, answers.len(), &source);
        Err(SendError { index, at, source })
    }

    /// An error when an answer is still due.
    fn check_silence(&self) -> Result<(), SendError> {
        match self.silent {
            Some(waited) => Err(SendError { index: 0, at: None, source: no_answer::error(waited) }),
            None => Ok(()),
        }
    }

    /// Begins a transaction with the first of these statements, and sends the others in it.
    pub(crate) async fn begin(&mut self, statements: &[String]) -> Result<Vec<Answer>, SendError> {
        #[cfg(feature = "mysql")]
        if let Wire::MySql(connection, Ownership::Lent) = &mut self.wire {
            use sqlx::SqlSafeStr as _;
            let first = statements.first().cloned().unwrap_or_default();
            let begin = MySqlTransactions::begin(connection, Some(AssertSqlSafe(first).into_sql_str()));
            let done = self.limits.answered(begin).await;
            self.hear(done).map_err(|source| SendError { index: 0, at: None, source })?;
            let rest = statements.get(1..).unwrap_or_default();
            let mut answers = vec![Answer::default()];
            if !rest.is_empty() {
                let later = |error: SendError| SendError { index: error.index + 1, ..error };
                answers.extend(self.ask(rest).await.map_err(later)?);
            }
            return Ok(answers);
        }
        self.ask(statements).await
    }

    /// Notes when no answer came.
    #[cfg(feature = "mysql")]
    fn hear(&mut self, result: Result<(), sqlx::Error>) -> Result<(), sqlx::Error> {
        self.silent = result.as_ref().err().and_then(no_answer::waited);
        result
    }

    /// Commits the transaction, which may take long: constraints that are deferred are checked then.
    pub(crate) async fn commit(&mut self) -> Result<(), sqlx::Error> {
        #[cfg(feature = "mysql")]
        if let Wire::MySql(connection, Ownership::Lent) = &mut self.wire {
            let commit = MySqlTransactions::commit(connection);
            let done = self.limits.watched(1, &self.probe, commit).await;
            return self.hear(done);
        }
        Ok(self.run(&["COMMIT"]).await?)
    }

    /// Rolls the transaction back.
    pub(crate) async fn rollback(&mut self) -> Result<(), sqlx::Error> {
        #[cfg(feature = "mysql")]
        if let Wire::MySql(connection, Ownership::Lent) = &mut self.wire {
            let done = self.limits.answered(MySqlTransactions::rollback(connection)).await;
            return self.hear(done);
        }
        Ok(self.ask(&["ROLLBACK"]).await.map(|_| ())?)
    }

    /// Says something last without waiting for an answer, or for the statement that may still be running: for a
    /// future that is dropped. The server carries it out when it is done with that statement.
    pub(crate) fn abandon(&mut self, last_words: &'static str, rest: &[String]) {
        self.wire.abandon(last_words, rest);
    }
}

#[cfg_attr(
    not(any(feature = "sqlite", feature = "postgres")),
    allow(irrefutable_let_patterns, reason = "with MySQL alone there is nothing else that it could be")
)]
impl Wire<'_> {
    /// The same connection for a shorter time.
    fn reborrow(&mut self) -> Wire<'_> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => Wire::Sqlite(connection),
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => Wire::Postgres(connection),
            #[cfg(feature = "mysql")]
            Self::MySql(connection, whose) => Wire::MySql(connection, *whose),
        }
    }

    #[cfg_attr(not(feature = "mysql"), allow(clippy::unused_self, reason = "only of MySQL it is known"))]
    fn is_lent(&self) -> bool {
        #[cfg(feature = "mysql")]
        if let Self::MySql(_, whose) = self {
            return *whose == Ownership::Lent;
        }
        false
    }

    /// An error when sqlx has begun a transaction on it.
    fn refuse_transaction(&self) -> Result<(), Error> {
        #[cfg(any(feature = "postgres", feature = "mysql"))]
        use sqlx::Connection as _;
        let is_in_transaction = match self {
            // SQLite refuses to begin another one, and sqlx counts one that is being rolled back for a while.
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => false,
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.is_in_transaction(),
            #[cfg(feature = "mysql")]
            Self::MySql(connection, _) => connection.is_in_transaction(),
        };
        if is_in_transaction { Err(ErrorKind::InTransaction.into()) } else { Ok(()) }
    }

    /// The part of a statement that an error speaks of, as a range of bytes.
    async fn part(&mut self, sql: &str, error: &SendError) -> Option<Range<usize>> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => {
                crate::backend::sqlite::locate::part(connection, sql, &error.source).await
            }
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => {
                crate::backend::postgres::locate::part(sql, error.at, &error_message(&error.source))
            }
            #[cfg(feature = "mysql")]
            Self::MySql(..) => crate::backend::mysql::locate::part(sql, &error.source),
        }
    }

    /// What is special about this kind of database.
    fn engine(&self) -> &'static dyn Engine {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => &crate::backend::sqlite::Sqlite,
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => &crate::backend::postgres::Postgres,
            #[cfg(feature = "mysql")]
            Self::MySql(..) => &crate::backend::mysql::MySql,
        }
    }

    /// Whether it leads to a server.
    fn is_server(&self) -> bool {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => false,
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => true,
            #[cfg(feature = "mysql")]
            Self::MySql(..) => true,
        }
    }

    async fn stream(
        &mut self,
        text: String,
        keep_rows: bool,
        answers: &mut Vec<Answer>,
        is_done: &mut (dyn FnMut(usize) + Send),
    ) -> Result<(), sqlx::Error> {
        macro_rules! collect {
            ($connection:expr) => {{
                let mut stream = sqlx::raw_sql(AssertSqlSafe(text)).fetch_many(&mut **$connection);
                let mut rows = Vec::new();
                while let Some(item) = stream.try_next().await? {
                    match item {
                        sqlx::Either::Left(done) => {
                            let affected = done.rows_affected();
                            answers.push(Answer { rows: std::mem::take(&mut rows), affected });
                            is_done(answers.len() - 1);
                        }
                        sqlx::Either::Right(row) if keep_rows => {
                            let values = (0..row.len()).map(|index| row.try_get_unchecked(index));
                            rows.push(values.collect::<Result<_, _>>()?);
                        }
                        sqlx::Either::Right(_) => {}
                    }
                }
            }};
        }
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => collect!(connection),
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => collect!(connection),
            #[cfg(feature = "mysql")]
            Self::MySql(connection, _) => collect!(connection),
        }
        Ok(())
    }

    /// Says something last without waiting for an answer, or for the statement that may still be running: for a
    /// future that is dropped. The server carries it out when it is done with that statement.
    fn abandon(&mut self, last_words: &'static str, rest: &[String]) {
        let mut context = Context::from_waker(Waker::noop());
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => {
                // Asked for once is enough: the thread of the connection carries out what it was sent, in order.
                for text in std::iter::once(last_words.to_owned()).chain(rest.iter().cloned()) {
                    let asked = pin!(sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut **connection));
                    let _ = asked.poll(&mut context);
                }
            }
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => {
                use sqlx::Connection as _;
                let text = join(&[&[last_words.to_owned()], rest].concat()).into_owned();
                // Of all that sqlx offers, only this puts a statement into the queue before it waits for anything.
                let queued = pin!(connection.begin_with(AssertSqlSafe(text)));
                let _ = queued.poll(&mut context);
            }
            #[cfg(feature = "mysql")]
            Self::MySql(connection, _) => {
                use sqlx::Connection as _;
                // Only ROLLBACK can be queued here; a lock of the session stays until it is used or closed.
                let _ = (last_words, rest);
                MySqlTransactions::start_rollback(connection);
                let sent = pin!(connection.flush());
                let _ = sent.poll(&mut context);
            }
        }
    }
}

fn join<S: AsRef<str>>(statements: &[S]) -> Cow<'_, str> {
    match statements {
        [only] => Cow::Borrowed(only.as_ref()),
        several => {
            let texts: Vec<&str> = several.iter().map(AsRef::as_ref).collect();
            Cow::Owned(texts.join(BETWEEN))
        }
    }
}

/// Which of the statements an error means, and the byte in it that the database points at.
///
/// PostgreSQL reads the whole text before it runs the first statement, so a position counts more than how many were
/// answered: <https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT>.
fn place<S: AsRef<str>>(statements: &[S], answered: usize, source: &sqlx::Error) -> (usize, Option<usize>) {
    let Some(characters) = position(source) else {
        return (answered.min(statements.len().saturating_sub(1)), None);
    };
    let mut left = characters;
    for (index, statement) in statements.iter().enumerate() {
        let statement = statement.as_ref();
        if let Some((at, _)) = statement.char_indices().nth(left) {
            return (index, Some(at));
        }
        let length = statement.chars().count();
        if left < length + BETWEEN.len() {
            return (index, Some(statement.len()));
        }
        left -= length + BETWEEN.len();
    }
    (answered.min(statements.len().saturating_sub(1)), None)
}

/// The character that an error of PostgreSQL points at, from 0.
fn position(source: &sqlx::Error) -> Option<usize> {
    #[cfg(feature = "postgres")]
    if let Some(error) = source.as_database_error()?.try_downcast_ref::<sqlx::postgres::PgDatabaseError>() {
        return match error.position()? {
            sqlx::postgres::PgErrorPosition::Original(from_one) => from_one.checked_sub(1),
            sqlx::postgres::PgErrorPosition::Internal { .. } => None,
        };
    }
    let _ = source;
    None
}
