//! Where a database is: its version rows, and whether a revision is partially applied.

use crate::backend::{Answer, Connection, Engine, Tables, database_error};
use crate::error::{Error, ErrorClass, ErrorKind, Phase};
use servicekit_chain::{Heads, RevisionId};

/// The row that stands in the version table while a revision is partially applied. A `:` can be in no revision id, so no
/// binary and no other tool takes it for one: Python's Alembic refuses to do anything meanwhile.
pub(crate) const MARK: &str = "in:progress";

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DatabaseState {
    pub(crate) rows: Heads,
    /// Whether the mark row stands: the journal tells of which revision.
    pub(crate) is_partial: bool,
}

impl DatabaseState {
    /// A database on which these are the version rows, with nothing partially applied.
    pub(crate) fn at(rows: Heads) -> Self {
        Self { rows, is_partial: false }
    }

    /// Whether these are the rows, and nothing is partially applied.
    pub(crate) fn is_at(&self, rows: &Heads) -> bool {
        !self.is_partial && self.rows == *rows
    }
}

/// What came of an attempt at something that only is right where the database is expected to be.
#[derive(Debug)]
pub(crate) enum Advance<T = ()> {
    Done(T),
    /// Nothing was done: the database is somewhere else.
    Moved(DatabaseState),
}

/// Asks for the version rows: one statement. No version table is the same as no rows.
pub(crate) async fn read(connection: &mut Connection<'_>, tables: &Tables) -> Result<DatabaseState, Error> {
    let engine = connection.engine();
    match connection.ask(&[engine.version_rows(tables)]).await {
        Ok(answers) => from_answer(answers.first().unwrap_or(&Answer::default()), tables),
        Err(error) if engine.is_missing(&error.source, tables) => Ok(DatabaseState::at(Heads::base())),
        // One that failed before: that the table is missing ends a transaction of PostgreSQL, too.
        Err(error) if engine.class(&error.source) == ErrorClass::InTransaction => {
            Err(ErrorKind::InTransaction.into())
        }
        Err(error) => Err(match engine.corruption(&error.source) {
            Some(reason) => tables.corrupt(reason),
            None => database_error(Phase::ReadVersion, error.source),
        }),
    }
}

/// Reads the answer to the question for the version rows.
pub(crate) fn from_answer(answer: &Answer, tables: &Tables) -> Result<DatabaseState, Error> {
    let mut position = DatabaseState::at(Heads::base());
    for row in &answer.rows {
        let Some(Some(text)) = row.first() else {
            return Err(tables.corrupt("a row holds NULL where an id should be"));
        };
        if text == MARK {
            position.is_partial = true;
            continue;
        }
        let id = RevisionId::new(text.clone()).map_err(|reason| {
            tables.corrupt(format!("the row `{text}` cannot be a revision id: {reason}"))
        })?;
        if !position.rows.insert(id) {
            return Err(tables.corrupt(format!("the row `{text}` is there more than once")));
        }
    }
    Ok(position)
}

/// Whether one of the runner's tables can be read from; outside of a transaction, which the question would end on PostgreSQL.
pub(crate) async fn is_there(
    connection: &mut Connection<'_>,
    tables: &Tables,
    table: &str,
) -> Result<bool, Error> {
    match connection.ask(&[format!("SELECT 1 FROM {table} WHERE 1 = 0")]).await {
        Ok(_) => Ok(true),
        Err(error) if is_missing(&error.source, connection.engine(), tables) => Ok(false),
        Err(error) => Err(database_error(Phase::ReadVersion, error.source)),
    }
}

/// Whether an error says that one of the runner's tables does not exist.
pub(crate) fn is_missing(error: &sqlx::Error, engine: &dyn Engine, tables: &Tables) -> bool {
    engine.is_missing(error, tables) || engine.is_no_table(error)
}
