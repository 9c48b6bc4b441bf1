//! Version rows of this history in another schema of the same database: a `search_path` that has changed hides them, and the
//! whole history would be applied a second time.
//!
//! MySQL is not searched: what it calls a schema is a database, and the other databases of a server are other services'.

use crate::backend::{Answer, Connection, Engine, Tables, database_error};
use crate::error::{Error, ErrorClass, ErrorKind, Phase, RecordedElsewhere};
use crate::run::state::MARK;
use crate::run::{DatabaseState, Runner, Session};
use servicekit_chain::{Heads, RevisionId};

/// How many tables are read with one question; with a schema per tenant there can be thousands.
const AT_ONCE: usize = 100;

impl Runner<'_> {
    /// An error when nothing is recorded where this run would record it, and another schema says that this history was
    /// applied: before anything is written.
    pub(crate) async fn refuse_elsewhere(&mut self, start: &DatabaseState) -> Result<(), Error> {
        match self.recorded_elsewhere(start).await? {
            Some(recorded) => Err(ErrorKind::RecordedElsewhere(Box::new(recorded)).into()),
            None => Ok(()),
        }
    }

    /// What another schema says, when nothing is recorded where this run would record it.
    pub(crate) async fn recorded_elsewhere(
        &mut self,
        start: &DatabaseState,
    ) -> Result<Option<RecordedElsewhere>, Error> {
        if !start.rows.is_base() || start.is_partial {
            return Ok(None);
        }
        let history = &self.history;
        find(&mut self.session, &|id| history.revision(id).is_some()).await
    }
}

/// Looks into the other schemas for version rows of the history that `knows` its revisions; only those that this role may
/// read, and none where the settings say which schema it is.
async fn find(
    session: &mut Session<'_>,
    knows: &(dyn Fn(&str) -> bool + Sync),
) -> Result<Option<RecordedElsewhere>, Error> {
    let is_here_empty = session.identify().await?.has_version_table;
    let (engine, here) = (session.engine, session.tables.clone());
    let Some(question) = engine.tables_elsewhere(&here).filter(|_| !here.is_placed) else {
        return Ok(None);
    };
    let connection = session.connection();
    let mut others = Vec::new();
    for row in connection.ask_one(question, Phase::ReadVersion).await?.rows {
        let Some(Some(schema)) = row.into_iter().next() else { continue };
        others.push(here.pinned(engine, Some(schema)));
    }
    for others in others.chunks(AT_ONCE) {
        for (other, answer) in read(connection, engine, others).await? {
            let (rows, is_partial) = version_rows(&answer);
            let is_ours = rows.iter().any(|id| knows(id.as_str()))
                || (rows.is_base()
                    && is_partial
                    && begun(connection, engine, other).await?.is_some_and(|id| knows(&id)));
            if is_ours {
                return Ok(Some(RecordedElsewhere {
                    schema: other.schema.clone().unwrap_or_default(),
                    table: other.plain_version(),
                    rows,
                    is_partial,
                    here: here.plain_version(),
                    is_here_empty,
                }));
            }
        }
    }
    Ok(None)
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
            Err(error) => return Err(database_error(Phase::ReadVersion, error.source)),
        }
    }
    Ok(Vec::new())
}

/// The ids among the rows, and whether the mark row stands; what is neither is of no history that is known.
fn version_rows(answer: &Answer) -> (Heads, bool) {
    let (mut rows, mut is_partial) = (Heads::base(), false);
    for text in answer.rows.iter().filter_map(|row| row.first()?.as_deref()) {
        if text == MARK {
            is_partial = true;
        } else if let Ok(id) = RevisionId::new(text.to_owned()) {
            rows.insert(id);
        }
    }
    (rows, is_partial)
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
        Err(error) => Err(database_error(Phase::ReadJournal, error.source)),
    }
}

/// Whether it is the server's answer to this question, and no trouble that every other one would meet.
fn is_refusal(error: &sqlx::Error, engine: &dyn Engine) -> bool {
    error.as_database_error().is_some() && engine.class(error) == ErrorClass::Other
}
