//! One connection to a database of any kind, and what can be sent on it.

#[cfg(feature = "mysql")]
use crate::backend::mysql::driver::Transactions;
use crate::backend::{
    Answer, AnswerLimits, AnyConnection, Driver, Engine, Probe, SendError, Timeouts, during, with_driver,
};
use crate::error::{Error, ErrorKind, Phase, no_answer};
use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Row as _};
#[cfg(feature = "mysql")]
use sqlx_core::transaction::TransactionManager as _;
use std::borrow::Cow;
use std::ops::Range;
use std::time::Duration;

/// A connection that a run or a question uses, and how long it waits for answers on it.
#[derive(Debug)]
pub(crate) struct Connection<'c> {
    pub(crate) wire: AnyConnection<'c>,
    /// Whether sqlx must know of each transaction on it.
    #[cfg_attr(not(feature = "mysql"), allow(dead_code, reason = "only of MySQL it matters"))]
    is_tracked: bool,
    limits: AnswerLimits,
    /// How to find out whether the server is still there.
    probe: Probe,
    /// How long no answer came: then nothing more is asked, because nothing can be answered before that is.
    silent: Option<Duration>,
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

impl<'c> Connection<'c> {
    /// A connection of the run's own: it is closed at the end, whatever is open on it.
    pub(crate) fn new(wire: AnyConnection<'c>) -> Self {
        Self {
            wire,
            is_tracked: false,
            limits: AnswerLimits::new(&Timeouts::default()),
            probe: Probe::NONE,
            silent: None,
        }
    }

    /// The caller's, who gets it back.
    pub(crate) fn lent(wire: AnyConnection<'c>) -> Self {
        let is_tracked = with_driver!(&wire, AnyConnection(_) => D::TRACKS_TRANSACTIONS);
        Self { is_tracked, ..Self::new(wire) }
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
            is_tracked: self.is_tracked,
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
        let is_open = with_driver!(&self.wire, AnyConnection(connection) => D::is_in_transaction(connection));
        if is_open { Err(ErrorKind::InTransaction.into()) } else { Ok(()) }
    }

    /// Whether a transaction is open on a connection of the caller, of which sqlx need not know.
    pub(crate) async fn is_in_transaction(&mut self) -> Result<bool, SendError> {
        let engine = self.engine();
        let probe = engine.probe_transaction();
        if probe.is_empty() || !self.is_lent() {
            return Ok(false);
        }
        match self.ask(probe).await {
            Ok(_) => Ok(true),
            Err(error) if engine.is_no_savepoint(&error.source) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// What the connection was opened with as options of PostgreSQL, where that is known.
    pub(crate) fn startup_options(&self) -> Option<String> {
        self.probe.startup_options()
    }

    /// Whether the caller gets it back; known where it makes a difference.
    pub(crate) fn is_lent(&self) -> bool {
        self.is_tracked
    }

    /// The part of a statement that an error speaks of, as a range of bytes.
    pub(crate) async fn part(&mut self, sql: &str, error: &SendError) -> Option<Range<usize>> {
        with_driver!(&mut self.wire, AnyConnection(connection) => D::part(connection, sql, error).await)
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

    /// The answer to one question, which is asked while this is done.
    pub(crate) async fn ask_one(&mut self, question: impl AsRef<str>, phase: Phase) -> Result<Answer, Error> {
        let answers = self.ask(&[question]).await.map_err(during(phase))?;
        Ok(answers.into_iter().next().unwrap_or_default())
    }

    /// The same as [`ask`](Self::ask) for what may take long.
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
        if let Some(waited) = self.silent {
            return Err(SendError { index: 0, at: None, source: no_answer::error(waited) });
        }
        let text = join(statements).into_owned();
        let mut answers: Vec<Answer> = Vec::with_capacity(statements.len());
        let Self { wire, limits, probe, .. } = self;
        // SQLite has a busy timeout of its own, and nothing else can keep an answer back there.
        let is_bounded = with_driver!(&*wire, AnyConnection(_) => D::IS_SERVER);
        let sent = stream(wire, text, keep_rows, &mut answers, is_done);
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

    /// Begins a transaction with the first of these statements, and sends the others in it.
    pub(crate) async fn begin(&mut self, statements: &[String]) -> Result<Vec<Answer>, SendError> {
        #[cfg(feature = "mysql")]
        if let (true, AnyConnection::MySql(connection)) = (self.is_tracked, &mut self.wire) {
            use sqlx::SqlSafeStr as _;
            let first = statements.first().cloned().unwrap_or_default();
            let begin = Transactions::begin(connection, Some(AssertSqlSafe(first).into_sql_str()));
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
        if let (true, AnyConnection::MySql(connection)) = (self.is_tracked, &mut self.wire) {
            let commit = Transactions::commit(connection);
            let done = self.limits.watched(1, &self.probe, commit).await;
            return self.hear(done);
        }
        Ok(self.run(&["COMMIT"]).await?)
    }

    /// Rolls the transaction back.
    pub(crate) async fn rollback(&mut self) -> Result<(), sqlx::Error> {
        #[cfg(feature = "mysql")]
        if let (true, AnyConnection::MySql(connection)) = (self.is_tracked, &mut self.wire) {
            let done = self.limits.answered(Transactions::rollback(connection)).await;
            return self.hear(done);
        }
        Ok(self.ask(&["ROLLBACK"]).await.map(|_| ())?)
    }

    /// Says something last without waiting for an answer, or for the statement that may still be running: for a
    /// future that is dropped. The server carries it out when it is done with that statement.
    pub(crate) fn abandon(&mut self, last_words: &'static str, rest: &[String]) {
        with_driver!(&mut self.wire, AnyConnection(connection) => D::abandon(connection, last_words, rest));
    }
}

/// Sends a text, and reads the answers to its statements.
async fn stream(
    connection: &mut AnyConnection<'_>,
    text: String,
    keep_rows: bool,
    answers: &mut Vec<Answer>,
    is_done: &mut (dyn FnMut(usize) + Send),
) -> Result<(), sqlx::Error> {
    with_driver!(connection, AnyConnection(connection) => {
        let mut stream = sqlx::raw_sql(AssertSqlSafe(text)).fetch_many(&mut **connection);
        let mut rows = Vec::new();
        while let Some(item) = stream.try_next().await? {
            match item {
                sqlx::Either::Left(done) => {
                    let affected = done.rows_affected();
                    answers.push(Answer { rows: std::mem::take(&mut rows), affected });
                    is_done(answers.len() - 1);
                }
                sqlx::Either::Right(row) if keep_rows => {
                    // Bytes that are no text, such as those in a program of SQLite, are shown in letters.
                    let bytes = |index| row.try_get_unchecked::<Option<Vec<u8>>, usize>(index);
                    // Where a result is collected, nothing knows how long it becomes.
                    let mut values = Vec::with_capacity(row.len());
                    for index in 0..row.len() {
                        values.push(row.try_get_unchecked(index).or_else(|error| {
                            let shown = |bytes: Vec<u8>| bytes.escape_ascii().to_string();
                            bytes(index).map(|bytes| bytes.map(shown)).map_err(|_| error)
                        })?);
                    }
                    rows.push(values);
                }
                sqlx::Either::Right(_) => {}
            }
        }
    });
    Ok(())
}

pub(crate) fn join<S: AsRef<str>>(statements: &[S]) -> Cow<'_, str> {
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
    let mut left = position(source);
    for (index, statement) in statements.iter().enumerate() {
        let Some(characters) = left else { break };
        let statement = statement.as_ref();
        if let Some((at, _)) = statement.char_indices().nth(characters) {
            return (index, Some(at));
        }
        left = characters.checked_sub(statement.chars().count() + BETWEEN.len());
        if left.is_none() {
            return (index, Some(statement.len()));
        }
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
