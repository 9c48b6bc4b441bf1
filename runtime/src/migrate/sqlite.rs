//! What a run says to SQLite: version rows, journal rows, transactions.

use super::doing::Doing;
use super::error::Error;
use super::tables::Tables;
use crate::embedded::Revision;
use servicekit_chain::{Direction, Heads, RevisionId, RowChange};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, Row, SqliteConnection, TypeInfo, ValueRef};
use std::time::Duration;

/// The one statement of a start with nothing to do; no version table is the same as no rows.
///
/// It is sent as text, not prepared, so that SQLite compiles it once and nothing stays in a cache.
pub(super) async fn version_rows(connection: &mut SqliteConnection, tables: &Tables) -> Result<Heads, Error> {
    // Unquoted on purpose: SQLite takes a double-quoted name of no column for a string.
    let sql = format!("SELECT version_num FROM {}", tables.version());
    let rows = match sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(connection).await {
        Ok(rows) => rows,
        Err(error) => {
            return match error.as_database_error().map(sqlx::error::DatabaseError::message) {
                Some(message) if tables.is_missing(message) => Ok(Heads::base()),
                Some(message) if message.starts_with("no such column") => {
                    Err(tables.corrupt("it has no column `version_num`"))
                }
                _ => Err(Error::database(Doing::ReadVersion, error)),
            };
        }
    };
    let mut heads = Heads::base();
    for row in &rows {
        let value = row.try_get_raw(0).map_err(|error| Error::database(Doing::ReadVersion, error))?;
        let kind = if value.is_null() { "NULL".to_owned() } else { value.type_info().name().to_owned() };
        if kind != "TEXT" {
            return Err(tables.corrupt(format!("a row holds a value of type {kind} where an id should be")));
        }
        let text: String = row.try_get(0).map_err(|error| Error::database(Doing::ReadVersion, error))?;
        let id = RevisionId::new(text.clone()).map_err(|reason| {
            tables.corrupt(format!("the row `{text}` cannot be a revision id: {reason}"))
        })?;
        if !heads.insert(id) {
            return Err(tables.corrupt(format!("the row `{text}` stands there more than once")));
        }
    }
    Ok(heads)
}

/// Whether the database is a file, so that another connection would see the same data.
pub(super) async fn is_file(connection: &mut SqliteConnection) -> Result<bool, Error> {
    // `file` is empty for every kind of database in memory: https://www.sqlite.org/pragma.html#pragma_database_list
    let rows = sqlx::raw_sql("PRAGMA database_list")
        .fetch_all(connection)
        .await
        .map_err(|error| Error::database(Doing::ReadVersion, error))?;
    Ok(rows.iter().any(|row| {
        row.try_get::<&str, _>("name").is_ok_and(|name| name == "main")
            && row.try_get::<&str, _>("file").is_ok_and(|file| !file.is_empty())
    }))
}

/// Whether another connection with these options would see what was done on this one: each connection to
/// a database in memory has one of its own, unless they share a cache.
pub(super) async fn is_shared(
    connection: &mut SqliteConnection,
    options: &SqliteConnectOptions,
) -> Result<bool, sqlx::Error> {
    let mut other = SqliteConnection::connect_with(options).await?;
    // It goes up with each change of the schema: https://www.sqlite.org/pragma.html#pragma_schema_version
    let sql = "PRAGMA main.schema_version";
    let here: i64 = sqlx::query_scalar(sql).fetch_one(connection).await?;
    let there: i64 = sqlx::query_scalar(sql).fetch_one(&mut other).await?;
    Ok(here == there)
}

/// How long SQLite itself waits for a lock on this connection from now on.
pub(super) async fn set_busy_timeout(
    connection: &mut SqliteConnection,
    timeout: Duration,
) -> Result<(), Error> {
    let sql = format!("PRAGMA busy_timeout = {}", timeout.as_millis());
    let set = sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await;
    set.map(|_| ()).map_err(|error| Error::database(Doing::Connect { file: None }, error))
}

/// Makes the version table and the journal where they are missing.
pub(super) async fn create_tables(
    connection: &mut SqliteConnection,
    tables: &Tables,
) -> Result<(), sqlx::Error> {
    let version = format!(
        "CREATE TABLE IF NOT EXISTS {} (version_num VARCHAR(255) NOT NULL, \
         CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))",
        tables.version()
    );
    let journal = format!(
        "CREATE TABLE IF NOT EXISTS {} (\
         seq INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL, revision TEXT NOT NULL, \
         direction TEXT NOT NULL, step INTEGER NOT NULL, steps INTEGER NOT NULL, state TEXT NOT NULL, \
         source_digest TEXT, statement_digest TEXT, fingerprint TEXT, backend TEXT, \
         started_at TEXT NOT NULL, finished_at TEXT, application TEXT, message TEXT)",
        tables.journal()
    );
    for sql in [version, journal] {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Changes the version rows.
pub(super) async fn change_rows(
    connection: &mut SqliteConnection,
    tables: &Tables,
    change: &RowChange,
) -> Result<(), sqlx::Error> {
    let table = tables.version();
    let delete =
        change.delete.iter().map(|id| (format!("DELETE FROM {table} WHERE version_num = ?"), vec![id]));
    let update = change.update.iter().map(|(from, to)| {
        (format!("UPDATE {table} SET version_num = ? WHERE version_num = ?"), vec![to, from])
    });
    let insert =
        change.insert.iter().map(|id| (format!("INSERT INTO {table} (version_num) VALUES (?)"), vec![id]));
    for (sql, ids) in delete.chain(update).chain(insert) {
        let query = sqlx::query(AssertSqlSafe(sql));
        let query = ids.into_iter().fold(query, |query, id| query.bind(id.as_str()));
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// A row of the journal about a revision that was done in one transaction.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) run_id: &'a str,
    pub(super) revision: &'a str,
    pub(super) direction: &'a str,
    pub(super) source_digest: Option<String>,
    pub(super) elapsed: Duration,
    pub(super) application: &'a str,
    pub(super) message: &'a str,
}

impl<'a> Entry<'a> {
    pub(super) fn of(
        revision: &'a Revision,
        id: &'a RevisionId,
        direction: Direction,
        run_id: &'a str,
        elapsed: Duration,
        application: &'a str,
    ) -> Self {
        let direction = direction.name();
        let source_digest = revision.digest().map(|digest| digest.to_string());
        let message = revision.message();
        Self { run_id, revision: id.as_str(), direction, source_digest, elapsed, application, message }
    }
}

/// Writes a row of the journal; both times are by the clock of the database.
pub(super) async fn write_journal(
    connection: &mut SqliteConnection,
    tables: &Tables,
    entry: &Entry<'_>,
) -> Result<(), sqlx::Error> {
    let sql = format!(
        "INSERT INTO {} (run_id, revision, direction, step, steps, state, source_digest, started_at, \
         finished_at, application, message) VALUES (?, ?, ?, 0, 0, 'done', ?, \
         strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), ?, ?)",
        tables.journal()
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(entry.run_id)
        .bind(entry.revision)
        .bind(entry.direction)
        .bind(entry.source_digest.as_deref())
        .bind(format!("-{:.3} seconds", entry.elapsed.as_secs_f64()))
        .bind(entry.application)
        .bind(entry.message)
        .execute(connection)
        .await
        .map(|_| ())
}

/// What the journal says last of one revision.
#[derive(Debug)]
pub(super) struct LastEntry {
    pub(super) revision: String,
    pub(super) direction: String,
    pub(super) source_digest: Option<String>,
    pub(super) finished_at: String,
    pub(super) application: Option<String>,
}

/// The last row of the journal for each revision; nothing when there is no journal, as after Python's
/// Alembic.
pub(super) async fn last_entries(
    connection: &mut SqliteConnection,
    tables: &Tables,
) -> Result<Vec<LastEntry>, Error> {
    let sql = format!(
        "SELECT revision, direction, source_digest, coalesce(finished_at, started_at) AS at, application \
         FROM {0} WHERE seq IN (SELECT max(seq) FROM {0} WHERE state = 'done' GROUP BY revision)",
        tables.journal()
    );
    let rows = match sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(connection).await {
        Ok(rows) => rows,
        Err(sqlx::Error::Database(error)) if error.message().starts_with("no such table") => Vec::new(),
        Err(error) => return Err(Error::database(Doing::ReadJournal, error)),
    };
    rows.iter()
        .map(|row| {
            Ok(LastEntry {
                revision: row.try_get(0)?,
                direction: row.try_get(1)?,
                source_digest: row.try_get(2)?,
                finished_at: row.try_get(3)?,
                application: row.try_get(4)?,
            })
        })
        .collect::<Result<_, sqlx::Error>>()
        .map_err(|error| Error::database(Doing::ReadJournal, error))
}

/// Whether the database could not be had because somebody else holds a lock on it.
pub(super) fn is_busy(error: &sqlx::Error) -> bool {
    // SQLITE_BUSY, and SQLITE_LOCKED for a shared cache: https://www.sqlite.org/rescode.html
    matches!(primary_code(error), Some(5 | 6))
}

/// The primary result code, without what SQLite adds in the higher bytes.
pub(super) fn primary_code(error: &sqlx::Error) -> Option<u32> {
    code(error).map(|extended| extended & 0xff)
}

/// The extended result code.
pub(super) fn code(error: &sqlx::Error) -> Option<u32> {
    error.as_database_error()?.code()?.parse().ok()
}
