//! What happens inside one transaction: the statements of a revision, its version rows, its journal row.

use crate::backend::sqlite::cascade_check;
use crate::backend::sqlite::rebuild::RebuildError;
use crate::backend::{Answer, SendError, database_error};
use crate::error::{Error, ErrorClass, ErrorKind, Phase, StagePosition, WorkError};
use crate::history::History;
use crate::progress::Progress;
use crate::run::state::MARK;
use crate::run::{
    ActionError, DatabaseState, Entry, Options, RetryDeadline, Session, StopFlag, actions, journal, state,
};
use crate::script::statement::unsupported;
use crate::script::{Prepared, StageState, Statement, check};
use servicekit_chain::{Heads, RevisionId, RowChange, StampPlan};
use std::time::Instant;

/// The most bytes of statements that are sent at a time.
pub(crate) const CHUNK: usize = 256 * 1024;

/// The most statements of several revisions that are sent at a time: a run that is asked to stop stops between two of these.
const CHUNK_STATEMENTS: usize = 200;

/// The most rows of the journal that are written by one statement.
const JOURNAL_ROWS: usize = 200;

/// The change that leads from one set of version rows to another at once.
pub(crate) fn difference(from: &Heads, to: &Heads) -> RowChange {
    let mut delete: Vec<RevisionId> = from.iter().filter(|id| !to.contains(id.as_str())).cloned().collect();
    let mut insert: Vec<RevisionId> = to.iter().filter(|id| !from.contains(id.as_str())).cloned().collect();
    let update = match (delete.pop(), insert.pop()) {
        (Some(from), Some(to)) => Some((from, to)),
        (from, to) => {
            delete.extend(from);
            insert.extend(to);
            None
        }
    };
    RowChange::new(delete, update, insert)
}

/// Whether a statement can be sent behind others: it is no more than a text, and the server need not have run those before
/// it reads this one.
pub(crate) fn goes_along(session: &Session<'_>, statement: &Statement) -> bool {
    statement.live.is_none() && !session.engine.needs_check(&statement.sql) && !statement.is_apart
}

/// Sends texts as one message, and makes the digests of the revisions that they are of while the database is busy.
pub(crate) async fn send(
    session: &mut Session<'_>,
    texts: &[&str],
    of: &[(&Prepared, &Statement)],
    is_done: &mut (dyn FnMut(usize) + Send),
) -> Result<(), SendError> {
    let sent = session.connection().run_telling(texts, is_done);
    let digests = async {
        for (current, _) in of {
            current.digest();
        }
    };
    futures_util::future::join(sent, digests).await.0
}

/// What a step needs besides its session.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) run_id: &'a str,
    pub(crate) history: &'a History,
    pub(crate) options: &'a Options,
    pub(crate) stop: &'a StopFlag,
    /// Where the database is when the transaction is rolled back.
    pub(crate) undone_to: &'a Heads,
    /// The stage of the revision that is going on, where it has several.
    pub(crate) stage: Option<StagePosition>,
}

/// What is written about a step when its statements are done, each with how many rows it must change.
#[derive(Debug)]
pub(crate) struct Records {
    texts: Vec<(String, Option<u64>, Phase)>,
    /// Which of their answers holds the number of the row that is an intent.
    seq_at: Option<usize>,
}

impl Records {
    /// What is written by the role that the session was opened with.
    pub(crate) fn new(session: &Session<'_>) -> Self {
        let own_role = session.own_role().into_iter();
        Self { texts: own_role.map(|text| (text, None, Phase::Settings)).collect(), seq_at: None }
    }

    /// Changes the version rows.
    pub(crate) fn change_rows(
        &mut self,
        session: &Session<'_>,
        revision: Option<&RevisionId>,
        change: &RowChange,
    ) {
        let (engine, table) = (session.engine, &session.tables.version);
        let literal = |id: &RevisionId| engine.literal(id.as_str());
        let delete =
            change.delete.iter().map(|id| format!("DELETE FROM {table} WHERE version_num = {}", literal(id)));
        let update = change.update.iter().map(|(from, to)| {
            format!("UPDATE {table} SET version_num = {} WHERE version_num = {}", literal(to), literal(from))
        });
        let insert = change
            .insert
            .iter()
            .map(|id| format!("INSERT INTO {table} (version_num) VALUES ({})", literal(id)));
        for text in delete.chain(update).chain(insert) {
            self.texts.push((text, Some(1), Phase::WriteVersion { revision: revision.cloned() }));
        }
    }

    /// Puts the mark row into the version table, or takes it away.
    pub(crate) fn mark(&mut self, session: &Session<'_>, revision: Option<&RevisionId>, stands: bool) {
        let (table, mark) = (&session.tables.version, session.engine.literal(MARK));
        let text = if stands {
            format!("INSERT INTO {table} (version_num) VALUES ({mark})")
        } else {
            format!("DELETE FROM {table} WHERE version_num = {mark}")
        };
        self.texts.push((text, Some(1), Phase::WriteVersion { revision: revision.cloned() }));
    }

    /// The error when the database refused one of these, or the question for the version rows behind them.
    fn refused(&self, index: usize, source: sqlx::Error) -> Error {
        let doing = self.texts.get(index).map(|(.., doing)| doing.clone());
        database_error(doing.unwrap_or(Phase::ReadVersion), source)
    }

    /// The statements themselves.
    pub(crate) fn texts(self) -> impl Iterator<Item = String> {
        self.texts.into_iter().map(|(text, ..)| text)
    }

    /// Writes several rows to the journal.
    fn journal_rows(&mut self, text: String, rows: usize) {
        let rows = u64::try_from(rows).unwrap_or(u64::MAX);
        self.texts.push((text, Some(rows), Phase::WriteJournal { revision: None }));
    }

    /// Writes to the journal how a step ended: in its row, if it has one.
    pub(crate) fn ended(
        &mut self,
        session: &Session<'_>,
        revision: &RevisionId,
        entry: &Entry<'_>,
        seq: Option<i64>,
    ) {
        let (engine, tables) = (session.engine, &session.tables);
        match seq {
            Some(seq) => {
                self.journal(Some(revision), journal::reopen(engine, tables, seq, entry));
                self.journal(Some(revision), journal::close(engine, tables, seq, entry.state));
            }
            None => self.journal(Some(revision), entry.insert(engine, tables)),
        }
    }

    /// Writes an intent to the journal. The database itself says which row that is: other histories may write to the same
    /// journal meanwhile.
    pub(crate) fn intent(&mut self, session: &Session<'_>, revision: &RevisionId, entry: &Entry<'_>) {
        let (engine, tables) = (session.engine, &session.tables);
        self.journal(Some(revision), entry.insert(engine, tables) + engine.returning_seq());
        if let Some(question) = engine.last_seq() {
            self.texts.push((question.to_owned(), None, Phase::ReadJournal));
        }
        self.seq_at = self.texts.len().checked_sub(1);
    }

    /// The number of the intent, of these answers.
    fn seq(&self, answers: &[Answer]) -> Option<i64> {
        answers.get(self.seq_at?)?.first()?.parse().ok()
    }

    /// Writes to the journal.
    pub(crate) fn journal(&mut self, revision: Option<&RevisionId>, text: String) {
        self.texts.push((text, Some(1), Phase::WriteJournal { revision: revision.cloned() }));
    }
}

impl Context<'_> {
    /// Runs a revision that is one transaction: its statements, its version rows, its journal row.
    pub(crate) async fn apply(&self, session: &mut Session<'_>, current: &Prepared) -> Result<(), Error> {
        let mut records = Records::new(session);
        self.record(&mut records, session, current, session.time_at(Instant::now()));
        let statements: Vec<&Statement> = current.statements().collect();
        let expected = DatabaseState::at(current.after.clone());
        self.run(session, current, &statements, records, &expected).await
    }

    /// Writes about a revision that is one transaction.
    pub(crate) fn record(
        &self,
        records: &mut Records,
        session: &Session<'_>,
        current: &Prepared,
        started: String,
    ) {
        let revision = Some(&current.step.revision);
        records.change_rows(session, revision, &current.step.rows);
        let entry = self.entry(current, started);
        records.journal(revision, entry.insert(session.engine, &session.tables));
    }

    /// Runs the statements of revisions that share a transaction, as many at a time as can be, whichever revision they
    /// are of. Each is given with its revision; `is_done` gets the place of each that is done.
    pub(crate) async fn run_queue(
        &self,
        session: &mut Session<'_>,
        queue: &[(&Prepared, &Statement)],
        deadline: &RetryDeadline,
        is_done: &mut (dyn FnMut(usize) + Send),
    ) -> Result<(), Error> {
        let mut sent = 0;
        while sent < queue.len() {
            deadline.check_stop()?;
            sent += self
                .run_next(session, queue.get(sent..).unwrap_or_default(), &mut |index| is_done(sent + index))
                .await?;
        }
        Ok(())
    }

    /// Runs statements of one revision, as many at a time as can be.
    pub(crate) async fn run_all(
        &self,
        session: &mut Session<'_>,
        current: &Prepared,
        statements: &[&Statement],
    ) -> Result<(), Error> {
        let queue: Vec<(&Prepared, &Statement)> =
            statements.iter().map(|statement| (current, *statement)).collect();
        let mut rest = queue.as_slice();
        while !rest.is_empty() {
            let sent = self.run_next(session, rest, &mut |_| {}).await?;
            rest = rest.get(sent..).unwrap_or_default();
        }
        Ok(())
    }

    /// Runs what goes together at the beginning of a queue, which is not empty; gives how many statements that was.
    async fn run_next(
        &self,
        session: &mut Session<'_>,
        queue: &[(&Prepared, &Statement)],
        is_done: &mut (dyn FnMut(usize) + Send),
    ) -> Result<usize, Error> {
        let message = self.next_message(session, queue).await?;
        if message.is_empty() {
            is_done(0);
            return Ok(1);
        }
        self.report(message.iter().copied());
        let texts: Vec<&str> = message.iter().map(|(_, statement)| statement.sql.as_str()).collect();
        if let Err(error) = send(session, &texts, message, is_done).await {
            let Some(&(current, statement)) = message.get(error.index) else {
                return Err(database_error(Phase::ReadVersion, error.source));
            };
            let error = SendError { index: 0, ..error };
            return Err(self.failed(session, current, &[statement], error).await);
        }
        Ok(message.len())
    }

    /// The statements at the beginning of a queue that go together as one message; none when the first is no text, and was
    /// done.
    async fn next_message<'q, 's>(
        &self,
        session: &mut Session<'_>,
        queue: &'q [(&'s Prepared, &'s Statement)],
    ) -> Result<&'q [(&'s Prepared, &'s Statement)], Error> {
        let Some(&(current, first)) = queue.first() else { return Ok(&[]) };
        if session.engine.needs_check(&first.sql) {
            self.check_cascade(session, current, first).await?;
        }
        if let Some(live) = &first.live {
            self.tell_one(current, first);
            return match actions::perform(live, session).await {
                Ok(()) => Ok(&[]),
                Err(error) => Err(self.live_failed(session, current, first, error).await),
            };
        }
        Ok(queue.get(..Self::chunk(session, queue)).unwrap_or_default())
    }

    /// How many of these statements go together, at least one.
    fn chunk(session: &Session<'_>, queue: &[(&Prepared, &Statement)]) -> usize {
        if !session.engine.accepts_several() {
            return 1;
        }
        let mut length = 0;
        let fits = queue.iter().enumerate().take_while(|(index, (_, statement))| {
            length += statement.sql.len();
            *index == 0 || (length <= CHUNK && goes_along(session, statement))
        });
        fits.count().min(CHUNK_STATEMENTS)
    }

    /// Writes about several revisions that share a transaction: what nobody else can see in between is not written.
    pub(crate) async fn record_all(
        &self,
        session: &mut Session<'_>,
        several: &[Prepared],
        times: &[(Instant, Instant)],
    ) -> Result<(), Error> {
        let (Some(first), Some(last)) = (several.first(), several.last()) else { return Ok(()) };
        let mut records = Records::new(session);
        records.change_rows(session, None, &difference(&first.before, &last.after));
        for (several, times) in several.chunks(JOURNAL_ROWS).zip(times.chunks(JOURNAL_ROWS)) {
            let entries: Vec<Entry<'_>> = several
                .iter()
                .zip(times)
                .map(|(current, (began, ended))| {
                    let mut entry = self.entry(current, session.time_at(*began));
                    entry.finished = Some(session.time_at(*ended));
                    entry
                })
                .collect();
            records.journal_rows(Entry::insert_all(&entries, session.engine, &session.tables), entries.len());
        }
        self.write(session, None, records, &DatabaseState::at(last.after.clone())).await.map(drop)
    }

    /// A row of the journal about a revision.
    pub(crate) fn entry(&self, current: &Prepared, started: String) -> Entry<'_> {
        let application = self.history.embedded.application;
        Entry::new(current, self.run_id, application, started)
    }

    /// Tells that statements are about to be sent in one message.
    pub(crate) fn report<'s>(&self, message: impl ExactSizeIterator<Item = (&'s Prepared, &'s Statement)>) {
        let together = message.len();
        for ((current, statement), place) in message.zip(1..) {
            tracing::debug!(sql = %statement.sql, "statement");
            self.options.report(|| Progress::Statement {
                revision: current.step.revision.clone(),
                sql: statement.sql.clone(),
                place,
                together,
            });
        }
    }

    /// The same for one.
    pub(crate) fn tell_one(&self, current: &Prepared, statement: &Statement) {
        self.report(std::iter::once((current, statement)));
    }

    /// Runs statements and what is written about them, all of it in as few round trips as can be.
    pub(crate) async fn run(
        &self,
        session: &mut Session<'_>,
        current: &Prepared,
        statements: &[&Statement],
        records: Records,
        expected: &DatabaseState,
    ) -> Result<(), Error> {
        let queue: Vec<(&Prepared, &Statement)> =
            statements.iter().map(|statement| (current, *statement)).collect();
        let mut rest = queue.as_slice();
        // The last message has room for what is written.
        while !rest.is_empty() && !Self::is_last(session, rest) {
            let sent = self.run_next(session, rest, &mut |_| {}).await?;
            rest = rest.get(sent..).unwrap_or_default();
        }
        if let Some(&(current, first)) = rest.first()
            && session.engine.needs_check(&first.sql)
        {
            self.check_cascade(session, current, first).await?;
        }
        let rest: Vec<&Statement> = rest.iter().map(|(_, statement)| *statement).collect();
        self.send_with_records(session, current, &rest, records, expected).await
    }

    /// Whether all of a queue goes together, and can go together with something else.
    fn is_last(session: &Session<'_>, queue: &[(&Prepared, &Statement)]) -> bool {
        let is_text = queue.first().is_some_and(|(_, statement)| statement.live.is_none());
        is_text && session.engine.accepts_several() && Self::chunk(session, queue) == queue.len()
    }

    async fn send_with_records(
        &self,
        session: &mut Session<'_>,
        current: &Prepared,
        chunk: &[&Statement],
        records: Records,
        expected: &DatabaseState,
    ) -> Result<(), Error> {
        self.report(chunk.iter().map(|statement| (current, *statement)));
        let mut texts: Vec<&str> = chunk.iter().map(|statement| statement.sql.as_str()).collect();
        texts.extend(records.texts.iter().map(|(text, ..)| text.as_str()));
        let rows = session.engine.version_rows(&session.tables);
        texts.push(&rows);
        match session.connection().ask_patiently(&texts).await {
            Ok(answers) => {
                let answers = answers.get(chunk.len()..).unwrap_or_default();
                self.check(session, Some(&current.step.revision), &records, answers, expected)
            }
            Err(error) if error.index < chunk.len() => Err(self.failed(session, current, chunk, error).await),
            Err(error) => Err(records.refused(error.index - chunk.len(), error.source)),
        }
    }

    /// Writes what there is to say about a step, by itself; gives the number of the row that is an intent, where one is.
    pub(crate) async fn write(
        &self,
        session: &mut Session<'_>,
        revision: Option<&RevisionId>,
        records: Records,
        expected: &DatabaseState,
    ) -> Result<Option<i64>, Error> {
        let mut texts: Vec<&str> = records.texts.iter().map(|(text, ..)| text.as_str()).collect();
        let rows = session.engine.version_rows(&session.tables);
        texts.push(&rows);
        match session.connection().ask(&texts).await {
            Ok(answers) => {
                self.check(session, revision, &records, &answers, expected)?;
                Ok(records.seq(&answers))
            }
            Err(error) => Err(records.refused(error.index, error.source)),
        }
    }

    /// Sees to it that each record hit what it should, and that the version rows are what the plan says: the revision
    /// itself or a trigger can have changed them too.
    fn check(
        &self,
        session: &Session<'_>,
        revision: Option<&RevisionId>,
        records: &Records,
        answers: &[Answer],
        expected: &DatabaseState,
    ) -> Result<(), Error> {
        let found = state::from_answer(answers.last().unwrap_or(&Answer::default()), &session.tables)?;
        let missed = records
            .texts
            .iter()
            .zip(answers)
            .any(|((_, wanted, _), answer)| wanted.is_some_and(|wanted| answer.affected != wanted));
        if found == *expected && !missed {
            return Ok(());
        }
        let (revision, expected, found) = (revision.cloned(), expected.rows.clone(), found.rows);
        Err(Error::from(ErrorKind::RowsChanged { revision, expected, found }).at(self.undone_to))
    }

    /// A statement was refused: where in the file, and what that means.
    pub(crate) async fn failed(
        &self,
        session: &mut Session<'_>,
        current: &Prepared,
        chunk: &[&Statement],
        error: SendError,
    ) -> Error {
        let Some(statement) = chunk.get(error.index) else {
            return database_error(Phase::ReadVersion, error.source);
        };
        let part = session.connection().part(&statement.sql, &error).await;
        let verdict = (session.engine.class(&error.source), session.engine.help(&error.source));
        let side = (current.revision, current.step.direction);
        let failed = statement.error(side, part.as_ref(), self.stage, verdict, error.source);
        Error::from(ErrorKind::Statement(Box::new(failed))).at(self.undone_to)
    }

    /// What is more than a text could not be done.
    async fn live_failed(
        &self,
        session: &mut Session<'_>,
        current: &Prepared,
        statement: &Statement,
        error: ActionError,
    ) -> Error {
        let (revision, direction) = (current.revision, current.step.direction);
        match error {
            ActionError::Work { name, why } => {
                let (file, position) = statement.origin.place();
                let mut failed = WorkError {
                    revision: revision.id(),
                    message: revision.message(),
                    direction,
                    name,
                    file: file.to_owned(),
                    position,
                    stage: self.stage,
                    why,
                    class: ErrorClass::Other,
                };
                if let Some(source) = failed.database_error() {
                    failed.class = session.engine.class(source);
                }
                Error::from(ErrorKind::Work(Box::new(failed))).at(self.undone_to)
            }
            ActionError::Rebuild(RebuildError::Refused(source)) => {
                let mut unsupported = unsupported((revision, direction), session.engine.dialect(), source);
                unsupported.rolled_back = true;
                Error::from(ErrorKind::Operation(Box::new(unsupported))).at(self.undone_to)
            }
            ActionError::Rebuild(RebuildError::Statement { sql, error }) => {
                let statement = statement.with_text(sql);
                let error = SendError { index: 0, ..error };
                self.failed(session, current, &[&statement], error).await
            }
        }
    }

    async fn check_cascade(
        &self,
        session: &mut Session<'_>,
        current: &Prepared,
        statement: &Statement,
    ) -> Result<(), Error> {
        let reason = match cascade_check::refusal(session.connection(), &statement.sql).await {
            Ok(None) => return Ok(()),
            Ok(Some(reason)) => reason,
            Err(source) => {
                let error = SendError { index: 0, at: None, source };
                return Err(self.failed(session, current, &[statement], error).await);
            }
        };
        let mut refused =
            check::refused(current.revision, current.step.direction, reason, &statement.origin, None);
        refused.rolled_back = true;
        Err(Error::from(ErrorKind::Refused(Box::new(refused))).at(self.undone_to))
    }

    /// Writes the version rows of a stamp. A partially applied revision is over with it: whoever stamps says where the
    /// database is. `open` is its last stage in the journal, where that is known to be of this history.
    pub(crate) async fn apply_stamp(
        &self,
        session: &mut Session<'_>,
        plan: &StampPlan,
        position: &DatabaseState,
        open: Option<i64>,
    ) -> Result<(), Error> {
        let mut records = Records::new(session);
        if let Some(seq) = open {
            let text = journal::close(session.engine, &session.tables, seq, StageState::Resolved);
            records.journal(None, text);
        }
        if position.is_partial {
            records.mark(session, None, false);
        }
        for step in &plan.steps {
            records.change_rows(session, None, &step.rows);
            let (from, to): (Heads, Heads) =
                (step.from.iter().cloned().collect(), step.to.iter().cloned().collect());
            let entry = Entry {
                run_id: self.run_id,
                revision: &to.to_string(),
                direction: "stamp",
                place: (0, 0),
                state: StageState::Done,
                source_digest: None,
                rendered_digest: None,
                statement_digest: None,
                fingerprint: None,
                session: None,
                started: session.time_at(Instant::now()),
                finished: None,
                application: self.history.embedded.application,
                message: &format!("stamp {from} -> {to}"),
            };
            records.journal(None, entry.insert(session.engine, &session.tables));
        }
        self.write(session, None, records, &DatabaseState::at(plan.to.clone())).await.map(drop)
    }
}
