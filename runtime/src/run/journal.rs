//! The journal: what was done to the database, when and by whom, and what is partially applied.

use crate::backend::{Engine, JournalColumns, Tables, database_error};
use crate::error::{Error, Phase};
use crate::history::Revision;
use crate::report::Difference;
use crate::run::{Session, state};
use crate::script::{OpenStage, Prepared, Recording, StageState};
use servicekit_chain::{Dialect, Direction};

/// A row of the journal.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'a> {
    pub(crate) run_id: &'a str,
    pub(crate) revision: &'a str,
    pub(crate) direction: &'a str,
    /// Which stage of how many; 0 of 0 for a revision that is one transaction.
    pub(crate) place: (usize, usize),
    pub(crate) state: StageState,
    pub(crate) source_digest: Option<String>,
    pub(crate) rendered_digest: Option<String>,
    pub(crate) statement_digest: Option<&'a str>,
    pub(crate) fingerprint: Option<&'a str>,
    pub(crate) session: Option<&'a str>,
    /// When it began, as SQL.
    pub(crate) started: String,
    /// When it ended, as SQL; now unless it is given.
    pub(crate) finished: Option<String>,
    pub(crate) application: &'a str,
    pub(crate) message: &'a str,
}

impl<'a> Entry<'a> {
    /// About a revision, in the place of a run.
    pub(crate) fn new(current: &Prepared, run_id: &'a str, application: &'a str, started: String) -> Self {
        let revision = current.revision;
        Self {
            run_id,
            revision: revision.id_str(),
            direction: current.step.direction.name(),
            place: (0, 0),
            state: StageState::Done,
            source_digest: current.digest().map(|digest| digest.to_string()),
            rendered_digest: current.recording.map(|recording| recording.digest.to_string()),
            statement_digest: None,
            fingerprint: None,
            session: None,
            started,
            finished: None,
            application,
            message: revision.message(),
        }
    }

    /// The statement that writes it; times are by the clock of the database.
    pub(crate) fn insert(&self, engine: &dyn Engine, tables: &Tables) -> String {
        Self::insert_all(std::slice::from_ref(self), engine, tables)
    }

    /// The statement that writes several.
    pub(crate) fn insert_all(entries: &[Self], engine: &dyn Engine, tables: &Tables) -> String {
        let has = |columns| tables.journal_has(columns);
        let (owner_columns, owner) = if has(JournalColumns::WithOwner) {
            let schema = maybe(engine, tables.schema.as_deref());
            let table = engine.literal(tables.version_name);
            (", version_schema, version_table", format!(", {schema}, {table}"))
        } else {
            ("", String::new())
        };
        let keeps_rendered = has(JournalColumns::All);
        let rendered_column = if keeps_rendered { ", rendered_digest" } else { "" };
        let row = |entry: &Self| {
            let rendered = || format!(", {}", maybe(engine, entry.rendered_digest.as_deref()));
            let rendered = keeps_rendered.then(rendered).unwrap_or_default();
            format!("({}{owner}{rendered})", entry.values(engine))
        };
        let rows: Vec<String> = entries.iter().map(row).collect();
        format!(
            "INSERT INTO {} (run_id, revision, direction, stage, stages, state, source_digest, statement_digest, \
             fingerprint, session, started_at, finished_at, application, message{owner_columns}{rendered_column}) VALUES {}",
            tables.journal,
            rows.join(", ")
        )
    }

    fn values(&self, engine: &dyn Engine) -> String {
        let text = |value: &str| engine.literal(value);
        let maybe = |value| maybe(engine, value);
        let finished = match &self.finished {
            _ if self.state == StageState::Intent => "NULL",
            Some(finished) => finished,
            None => engine.time(),
        };
        format!(
            "{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {finished}, {}, {}",
            text(self.run_id),
            text(self.revision),
            text(self.direction),
            self.place.0,
            self.place.1,
            text(self.state.name()),
            maybe(self.source_digest.as_deref()),
            maybe(self.statement_digest),
            maybe(self.fingerprint),
            maybe(self.session),
            self.started,
            text(self.application),
            text(self.message),
        )
    }
}

/// A text, or `NULL`.
fn maybe(engine: &dyn Engine, value: Option<&str>) -> String {
    value.map_or_else(|| "NULL".to_owned(), |text| engine.literal(text))
}

/// What is read of a stage.
const STAGE: &str = "revision, direction, stage, stages, state, statement_digest, fingerprint, session";

/// The stages of the revision that is partially applied, in order: everything of this history since its last first stage.
///
/// Several histories can share a journal. Rows that name no version table were written before rows did; they belong to the
/// history that has their revision, which `knows` tells.
pub(crate) async fn open_stages(
    session: &mut Session<'_>,
    knows: &(dyn Fn(&str) -> bool + Sync),
) -> Result<Vec<OpenStage>, Error> {
    let rows = ask(session, open_stages_question).await?;
    let stages: Option<Vec<OpenStage>> = rows.iter().map(|row| read_stage(row, knows)).collect();
    let unreadable = "it has the mark row, but the journal cannot be read";
    stages.map(since_last_first).ok_or_else(|| session.tables.corrupt(unreadable))
}

/// The rows that answer a question for the journal; none when there is no journal, as after Python's Alembic.
async fn ask(
    session: &mut Session<'_>,
    question: fn(&dyn Engine, &Tables) -> String,
) -> Result<Vec<Vec<Option<String>>>, Error> {
    session.know_journal().await?;
    let (engine, tables) = (session.engine, session.tables.clone());
    match session.connection().ask(&[question(engine, &tables)]).await {
        Ok(answers) => Ok(answers.into_iter().next().unwrap_or_default().rows),
        Err(error) if state::is_missing(&error.source, engine, &tables) => Ok(Vec::new()),
        Err(error) => Err(database_error(Phase::ReadJournal, error.source)),
    }
}

/// Of this history, or of nobody known where there is none: an older binary meets what a newer one has begun.
fn since_last_first(mut stages: Vec<OpenStage>) -> Vec<OpenStage> {
    if stages.iter().any(|stage| stage.is_ours) {
        stages.retain(|stage| stage.is_ours);
    }
    let first = stages.iter().filter(|stage| stage.stage == 1).map(|stage| stage.seq).max();
    stages.retain(|stage| Some(stage.seq) >= first);
    stages
}

/// Asks for the last begun stages of this history, and for those of each revision among the rows that name no history.
fn open_stages_question(engine: &dyn Engine, tables: &Tables) -> String {
    let (journal, started) = (&tables.journal, engine.shown_time("started_at"));
    let names_owner = tables.journal_has(JournalColumns::WithOwner);
    let is_nameless = if names_owner { " AND version_table IS NULL" } else { "" };
    let nameless = format!(
        "SELECT seq, {STAGE}, {started}, application, 0 FROM {journal} JOIN \
         (SELECT revision AS begun, max(seq) AS first_seq FROM {journal} WHERE stages > 0 AND stage = 1{is_nameless} \
         GROUP BY revision) AS attempts ON revision = begun AND seq >= first_seq WHERE stages > 0{is_nameless}"
    );
    if !names_owner {
        return format!("{nameless} ORDER BY 1{}", engine.all_rows());
    }
    let is_ours = format!("version_table = {}", engine.literal(tables.version_name));
    format!(
        "SELECT seq, {STAGE}, {started}, application, 1 FROM {journal} WHERE stages > 0 AND {is_ours} AND seq >= \
         (SELECT coalesce(max(seq), 0) FROM {journal} WHERE stages > 0 AND stage = 1 AND {is_ours}) \
         UNION ALL {nameless} ORDER BY 1{}",
        engine.all_rows()
    )
}

fn read_stage(row: &[Option<String>], knows: &dyn Fn(&str) -> bool) -> Option<OpenStage> {
    let value = |column: usize| row.get(column)?.as_deref();
    let direction = [Direction::Upgrade, Direction::Downgrade]
        .into_iter()
        .find(|direction| value(2) == Some(direction.name()))?;
    Some(OpenStage {
        seq: value(0)?.parse().ok()?,
        revision: value(1)?.to_owned(),
        direction,
        stage: value(3)?.parse().ok()?,
        stages: value(4)?.parse().ok()?,
        state: StageState::from_name(value(5)?)?,
        statement_digest: value(6).unwrap_or_default().to_owned(),
        fingerprint: value(7).map(str::to_owned),
        session: value(8).map(str::to_owned),
        started_at: value(9).unwrap_or_default().to_owned(),
        application: value(10).map(str::to_owned),
        is_ours: value(11) == Some("1") || knows(value(1)?),
    })
}

/// The statement that says what became of a stage.
pub(crate) fn close(engine: &dyn Engine, tables: &Tables, seq: i64, state: StageState) -> String {
    format!(
        "UPDATE {} SET state = {}, finished_at = {} WHERE seq = {seq}",
        tables.journal,
        engine.literal(state.name()),
        engine.time()
    )
}

/// The statement that says that a stage is about to be tried again.
pub(crate) fn reopen(engine: &dyn Engine, tables: &Tables, seq: i64, entry: &Entry<'_>) -> String {
    let maybe = |value| maybe(engine, value);
    let rendered = if tables.journal_has(JournalColumns::All) {
        format!("rendered_digest = {}, ", maybe(entry.rendered_digest.as_deref()))
    } else {
        String::new()
    };
    format!(
        "UPDATE {} SET state = {}, run_id = {}, stages = {}, source_digest = {}, {rendered}statement_digest = {}, fingerprint = {}, \
         session = {}, started_at = {}, finished_at = NULL, application = {} WHERE seq = {seq}",
        tables.journal,
        engine.literal(entry.state.name()),
        engine.literal(entry.run_id),
        entry.place.1,
        maybe(entry.source_digest.as_deref()),
        maybe(entry.statement_digest),
        maybe(entry.fingerprint),
        maybe(entry.session),
        engine.time(),
        engine.literal(entry.application),
    )
}

/// What the journal says last of one revision.
#[derive(Debug)]
pub(crate) struct LastEntry {
    pub(crate) run_id: String,
    pub(crate) revision: String,
    pub(crate) direction: String,
    pub(crate) source_digest: Option<String>,
    /// Rows that an earlier version has written have none.
    pub(crate) rendered_digest: Option<String>,
    pub(crate) finished_at: String,
    pub(crate) application: Option<String>,
}

impl LastEntry {
    /// How the revision differs from what was applied.
    pub(crate) fn difference(&self, revision: &Revision, dialect: Dialect) -> Option<Difference> {
        let is_edited = *self.source_digest.as_ref()? != revision.digest()?.to_string();
        let recording = self.rendered_digest.as_ref().and_then(|then| {
            let now = Recording::of_upgrade(revision, dialect)?;
            Some((*then == now.digest.to_string(), now.has_work))
        });
        match (is_edited, recording) {
            // What work does is in the file, and in no digest.
            (true, Some((true, false))) => Some(Difference::FileOnly),
            (true, _) => Some(Difference::File),
            (false, Some((false, _))) => Some(Difference::RecordingOnly),
            (false, _) => None,
        }
    }
}

/// The last row of the journal for each revision of this history.
pub(crate) async fn last_entries(session: &mut Session<'_>) -> Result<Vec<LastEntry>, Error> {
    let rows = ask(session, last_entries_question).await?;
    Ok(rows.iter().filter_map(|row| read_last(row)).collect())
}

fn last_entries_question(engine: &dyn Engine, tables: &Tables) -> String {
    let is_ours = if tables.journal_has(JournalColumns::WithOwner) {
        let name = engine.literal(tables.version_name);
        format!(" AND (version_table = {name} OR version_table IS NULL)")
    } else {
        String::new()
    };
    let rendered = if tables.journal_has(JournalColumns::All) { "rendered_digest" } else { "NULL" };
    format!(
        "SELECT revision, direction, source_digest, {} AS at_time, application, run_id, {rendered} FROM {1} WHERE seq IN \
         (SELECT max(seq) FROM {1} WHERE (state = 'done' OR state = 'resolved'){is_ours} GROUP BY revision) ORDER BY seq{2}",
        engine.shown_time("coalesce(finished_at, started_at)"),
        tables.journal,
        engine.all_rows()
    )
}

fn read_last(row: &[Option<String>]) -> Option<LastEntry> {
    let value = |column: usize| row.get(column)?.clone();
    Some(LastEntry {
        revision: value(0)?,
        direction: value(1)?,
        source_digest: value(2),
        rendered_digest: value(6),
        finished_at: value(3)?,
        application: value(4),
        run_id: value(5)?,
    })
}
