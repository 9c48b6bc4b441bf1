//! The journal: what was done to the database, when and by whom, and what is half done.

use super::connection::{Answer, Connection};
use super::doing::Doing;
use super::engine::Engine;
use super::error::Error;
use super::session::Session;
use super::tables::Tables;
use crate::embedded::Revision;
use servicekit_chain::Direction;

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It was about to run: whether it did is not known.
    Intent,
    /// It was done.
    Done,
    /// The database refused it.
    Failed,
    /// It was found out, or a person said, that it was done.
    Resolved,
}

impl State {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Intent => "intent",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Resolved => "resolved",
        }
    }

    fn of(name: &str) -> Option<Self> {
        [Self::Intent, Self::Done, Self::Failed, Self::Resolved]
            .into_iter()
            .find(|state| state.name() == name)
    }

    /// Whether the step needs nothing more.
    pub(super) const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Resolved)
    }
}

/// A row of the journal.
#[derive(Debug, Clone)]
pub(super) struct Entry<'a> {
    pub(super) run_id: &'a str,
    pub(super) revision: &'a str,
    pub(super) direction: &'a str,
    /// Which step of how many; 0 of 0 for a revision that is one transaction.
    pub(super) place: (usize, usize),
    pub(super) state: State,
    pub(super) source_digest: Option<String>,
    pub(super) statement_digest: Option<&'a str>,
    pub(super) fingerprint: Option<&'a str>,
    pub(super) backend: Option<&'a str>,
    /// When it began, as SQL.
    pub(super) started: String,
    /// When it ended, as SQL; now unless it is said.
    pub(super) finished: Option<String>,
    pub(super) application: &'a str,
    pub(super) message: &'a str,
}

impl<'a> Entry<'a> {
    /// About a revision, in the place of a run.
    pub(super) fn of(
        revision: &'static Revision,
        direction: Direction,
        run_id: &'a str,
        application: &'a str,
        started: String,
    ) -> Self {
        Self {
            run_id,
            revision: revision.id_str(),
            direction: direction.name(),
            place: (0, 0),
            state: State::Done,
            source_digest: revision.digest().map(|digest| digest.to_string()),
            statement_digest: None,
            fingerprint: None,
            backend: None,
            started,
            finished: None,
            application,
            message: revision.message(),
        }
    }

    /// The statement that writes it; times are by the clock of the database.
    pub(super) fn insert(&self, engine: &dyn Engine, tables: &Tables) -> String {
        Self::insert_all(std::slice::from_ref(self), engine, tables)
    }

    /// The statement that writes several.
    pub(super) fn insert_all(entries: &[Self], engine: &dyn Engine, tables: &Tables) -> String {
        let rows: Vec<String> = entries.iter().map(|entry| entry.values(engine)).collect();
        format!(
            "INSERT INTO {} (run_id, revision, direction, step, steps, state, source_digest, statement_digest, \
             fingerprint, backend, started_at, finished_at, application, message) VALUES {}",
            tables.journal(),
            rows.join(", ")
        )
    }

    fn values(&self, engine: &dyn Engine) -> String {
        let text = |value: &str| engine.literal(value);
        let maybe = |value: Option<&str>| value.map_or_else(|| "NULL".to_owned(), text);
        let finished = match &self.finished {
            _ if self.state == State::Intent => "NULL",
            Some(finished) => finished,
            None => engine.time(),
        };
        format!(
            "({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {finished}, {}, {})",
            text(self.run_id),
            text(self.revision),
            text(self.direction),
            self.place.0,
            self.place.1,
            text(self.state.name()),
            maybe(self.source_digest.as_deref()),
            maybe(self.statement_digest),
            maybe(self.fingerprint),
            maybe(self.backend),
            self.started,
            text(self.application),
            text(self.message),
        )
    }
}

/// A step of a revision that is half done, as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OpenStep {
    pub(super) seq: i64,
    pub(super) revision: String,
    pub(super) direction: Direction,
    pub(super) step: usize,
    pub(super) steps: usize,
    pub(super) state: State,
    pub(super) statement_digest: String,
    pub(super) fingerprint: Option<String>,
    pub(super) backend: Option<String>,
    pub(super) started_at: String,
    pub(super) application: Option<String>,
}

/// The steps of the revision that is half done, in order: everything since the last first step.
pub(super) async fn open_steps(
    connection: &mut Connection<'_>,
    tables: &Tables,
) -> Result<Vec<OpenStep>, Error> {
    let engine = connection.engine();
    let journal = tables.journal();
    let sql = format!(
        "SELECT seq, revision, direction, step, steps, state, statement_digest, fingerprint, backend, {}, application \
         FROM {journal} WHERE steps > 0 AND seq >= (SELECT max(seq) FROM {journal} WHERE steps > 0 AND step = 1) \
         ORDER BY seq",
        engine.shown_time("started_at")
    );
    let answers = match connection.ask(&[sql]).await {
        Ok(answers) => answers,
        Err(error) if engine.is_missing(&error.source, tables) => Vec::new(),
        Err(error) => return Err(Error::database(Doing::ReadJournal, error.source)),
    };
    let rows = answers.into_iter().next().unwrap_or_default().rows;
    let steps: Option<Vec<OpenStep>> = rows.iter().map(|row| read_step(row)).collect();
    steps.ok_or_else(|| tables.corrupt("the mark row stands in it, and the journal cannot be read"))
}

fn read_step(row: &[Option<String>]) -> Option<OpenStep> {
    let value = |column: usize| row.get(column)?.as_deref();
    let direction = [Direction::Upgrade, Direction::Downgrade]
        .into_iter()
        .find(|direction| value(2) == Some(direction.name()))?;
    Some(OpenStep {
        seq: value(0)?.parse().ok()?,
        revision: value(1)?.to_owned(),
        direction,
        step: value(3)?.parse().ok()?,
        steps: value(4)?.parse().ok()?,
        state: State::of(value(5)?)?,
        statement_digest: value(6).unwrap_or_default().to_owned(),
        fingerprint: value(7).map(str::to_owned),
        backend: value(8).map(str::to_owned),
        started_at: value(9).unwrap_or_default().to_owned(),
        application: value(10).map(str::to_owned),
    })
}

/// The statement that says what became of a step.
pub(super) fn close(engine: &dyn Engine, tables: &Tables, seq: i64, state: State) -> String {
    format!(
        "UPDATE {} SET state = {}, finished_at = {} WHERE seq = {seq}",
        tables.journal(),
        engine.literal(state.name()),
        engine.time()
    )
}

/// The statement that says that a step is about to be tried again.
pub(super) fn reopen(engine: &dyn Engine, tables: &Tables, seq: i64, entry: &Entry<'_>) -> String {
    let maybe = |value: Option<&str>| value.map_or_else(|| "NULL".to_owned(), |text| engine.literal(text));
    format!(
        "UPDATE {} SET state = {}, run_id = {}, steps = {}, source_digest = {}, statement_digest = {}, fingerprint = {}, \
         backend = {}, started_at = {}, finished_at = NULL, application = {} WHERE seq = {seq}",
        tables.journal(),
        engine.literal(entry.state.name()),
        engine.literal(entry.run_id),
        entry.place.1,
        maybe(entry.source_digest.as_deref()),
        maybe(entry.statement_digest),
        maybe(entry.fingerprint),
        maybe(entry.backend),
        engine.time(),
        engine.literal(entry.application),
    )
}

/// Asks for the row that was written last.
pub(super) fn last_seq_question(tables: &Tables) -> String {
    format!("SELECT max(seq) FROM {}", tables.journal())
}

/// Reads the answer to it.
pub(super) fn read_last_seq(answer: Option<&Answer>, tables: &Tables) -> Result<i64, Error> {
    let seq = answer.and_then(Answer::first).and_then(|text| text.parse().ok());
    seq.ok_or_else(|| tables.corrupt("the journal that belongs to it is empty"))
}

/// The row that was written last.
pub(super) async fn last_seq(session: &mut Session<'_>) -> Result<i64, Error> {
    let question = last_seq_question(&session.tables);
    let answers = session.connection().ask(&[question]).await;
    let answers = answers.map_err(|error| Error::database(Doing::ReadJournal, error.source))?;
    read_last_seq(answers.first(), &session.tables)
}

/// What the journal says last of one revision.
#[derive(Debug)]
pub(super) struct LastEntry {
    pub(super) run_id: String,
    pub(super) revision: String,
    pub(super) direction: String,
    pub(super) source_digest: Option<String>,
    pub(super) finished_at: String,
    pub(super) application: Option<String>,
}

/// The last row of the journal for each revision; nothing when there is no journal, as after Python's
/// Alembic.
pub(super) async fn last_entries(
    connection: &mut Connection<'_>,
    tables: &Tables,
) -> Result<Vec<LastEntry>, Error> {
    let engine = connection.engine();
    let sql = format!(
        "SELECT revision, direction, source_digest, {} AS at_time, application, run_id \
         FROM {1} WHERE seq IN (SELECT max(seq) FROM {1} WHERE state = 'done' OR state = 'resolved' GROUP BY revision)",
        engine.shown_time("coalesce(finished_at, started_at)"),
        tables.journal()
    );
    let answers = match connection.ask(&[sql]).await {
        Ok(answers) => answers,
        Err(error) if is_missing(&error.source, engine, tables) => return Ok(Vec::new()),
        Err(error) => return Err(Error::database(Doing::ReadJournal, error.source)),
    };
    Ok(answers.first().unwrap_or(&Answer::default()).rows.iter().filter_map(|row| read_last(row)).collect())
}

fn is_missing(error: &sqlx::Error, engine: &dyn Engine, tables: &Tables) -> bool {
    let words = error.as_database_error().map(sqlx::error::DatabaseError::message);
    engine.is_missing(error, tables) || words.is_some_and(|words| words.starts_with("no such table"))
}

fn read_last(row: &[Option<String>]) -> Option<LastEntry> {
    let value = |column: usize| row.get(column)?.clone();
    Some(LastEntry {
        revision: value(0)?,
        direction: value(1)?,
        source_digest: value(2),
        finished_at: value(3)?,
        application: value(4),
        run_id: value(5)?,
    })
}
