//! Version rows of this history in another schema of the same database: a `search_path` that has changed hides them, and the
//! whole history would be applied a second time.
//!
//! MySQL is not searched: what it calls a schema is a database, and the other databases of a server are other services'.

use crate::backend::connection::{Answer, Connection};
use crate::backend::tables::Tables;
use crate::backend::{Engine, ErrorClass};
use crate::error::Error;
use crate::error::phase::Phase;
use crate::run::runner::Runner;
use crate::run::session::Session;
use crate::run::state::{DatabaseState, MARK};
use servicekit_chain::{Heads, RevisionId};
use std::fmt;

/// How many tables are read with one question; with a schema per tenant there can be thousands.
const AT_ONCE: usize = 100;

/// Version rows of this history in another schema than the one where a run would write them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordedElsewhere {
    /// The schema that has them.
    pub schema: String,
    /// Their table, with the schema.
    pub table: String,
    /// What stands there, known here or not.
    pub rows: Heads,
    /// Whether a revision is half done there.
    pub half_done: bool,
    /// The table that a run would write to, with its schema where there is one.
    pub here: String,
    /// Whether that table is there, without rows.
    pub is_here_empty: bool,
}

impl fmt::Display for RecordedElsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, rows, here, .. } = self;
        let half_done = if self.half_done { ", with a revision half done" } else { "" };
        let state = if self.is_here_empty { "is empty" } else { "is not there" };
        write!(
            f,
            "this history is recorded in another schema: `{table}` is at {rows}{half_done}, and `{here}`, where a run would \
             record it, {state}"
        )
    }
}

impl RecordedElsewhere {
    /// What to do about it.
    pub fn help(&self) -> String {
        format!(
            "to go on with what is recorded, set `schema = \"{}\"` in the configuration, or bring back the `search_path` that \
             finds it; where each schema has a history of its own, as with a schema per tenant, set \
             `version_table_schema = \"current\"`",
            self.schema.replace('\\', "\\\\").replace('"', "\\\"")
        )
    }
}

impl Runner<'_> {
    /// An error when nothing is recorded where this run would record it, and another schema says that this history was
    /// applied: before anything is written.
    pub(crate) async fn refuse_elsewhere(&mut self, start: &DatabaseState) -> Result<(), Error> {
        if !start.rows.is_base() || start.is_partial {
            return Ok(());
        }
        let history = &self.history;
        match find(&mut self.session, &|id| history.revision(id).is_some()).await? {
            Some(recorded) => Err(Error::RecordedElsewhere(Box::new(recorded))),
            None => Ok(()),
        }
    }
}

/// Looks into the other schemas for version rows of the history that `knows` its revisions; only those that this role may
/// read, and none where the settings say which schema it is.
pub(crate) async fn find(
    session: &mut Session<'_>,
    knows: &(dyn Fn(&str) -> bool + Sync),
) -> Result<Option<RecordedElsewhere>, Error> {
    let is_here_empty = session.identify().await?.has_version_table;
    let (engine, here) = (session.engine, session.tables.clone());
    let Some(question) = engine.tables_elsewhere(&here).filter(|_| !here.is_placed()) else {
        return Ok(None);
    };
    let connection = session.connection();
    let mut others = Vec::new();
    for row in ask(connection, &[question]).await?.iter().flat_map(|answer| &answer.rows) {
        let Some(Some(schema)) = row.first() else { continue };
        others.push(here.pinned(engine, Some(schema.clone())));
    }
    for others in others.chunks(AT_ONCE) {
        for (other, answer) in read(connection, engine, others).await? {
            let (rows, half_done) = version_rows(&answer);
            let is_ours = rows.iter().any(|id| knows(id.as_str()))
                || (rows.is_base()
                    && half_done
                    && begun(connection, engine, other).await?.is_some_and(|id| knows(&id)));
            if is_ours {
                return Ok(Some(RecordedElsewhere {
                    schema: other.schema().unwrap_or_default().to_owned(),
                    table: other.plain_version(),
                    rows,
                    half_done,
                    here: here.plain_version(),
                    is_here_empty,
                }));
            }
        }
    }
    Ok(None)
}

async fn ask(connection: &mut Connection<'_>, questions: &[String]) -> Result<Vec<Answer>, Error> {
    let answers = connection.ask(questions).await;
    answers.map_err(|error| Error::database(Phase::ReadVersion, error.source))
}

/// What stands in each of these tables; without those that have gone, or may not be read any more.
async fn read<'t>(
    connection: &mut Connection<'_>,
    engine: &dyn Engine,
    tables: &'t [Tables],
) -> Result<Vec<(&'t Tables, Answer)>, Error> {
    let mut tables: Vec<&Tables> = tables.iter().collect();
    while !tables.is_empty() {
        let questions: Vec<String> = tables.iter().map(|table| engine.version_rows(table)).collect();
        match connection.ask(&questions).await {
            Ok(answers) => return Ok(tables.into_iter().zip(answers).collect()),
            Err(error) if is_refusal(&error.source, engine) && error.index < tables.len() => {
                tables.remove(error.index);
            }
            Err(error) => return Err(Error::database(Phase::ReadVersion, error.source)),
        }
    }
    Ok(Vec::new())
}

/// The ids among the rows, and whether the mark row stands; what is neither is of no history that is known.
fn version_rows(answer: &Answer) -> (Heads, bool) {
    let (mut rows, mut half_done) = (Heads::base(), false);
    for text in answer.rows.iter().filter_map(|row| row.first()?.as_deref()) {
        if text == MARK {
            half_done = true;
        } else if let Ok(id) = RevisionId::new(text.to_owned()) {
            rows.insert(id);
        }
    }
    (rows, half_done)
}

/// The revision that the journal beside a version table says was begun last; nothing where it cannot be read.
async fn begun(
    connection: &mut Connection<'_>,
    engine: &dyn Engine,
    other: &Tables,
) -> Result<Option<String>, Error> {
    match connection.ask(&[engine.begun_elsewhere(other)]).await {
        Ok(answers) => Ok(answers.first().and_then(Answer::first).map(str::to_owned)),
        Err(error) if is_refusal(&error.source, engine) => Ok(None),
        Err(error) => Err(Error::database(Phase::ReadJournal, error.source)),
    }
}

/// Whether it is the server's answer to this question, and no class that every other one would meet.
fn is_refusal(error: &sqlx::Error, engine: &dyn Engine) -> bool {
    error.as_database_error().is_some() && engine.class(error) == ErrorClass::Other
}
