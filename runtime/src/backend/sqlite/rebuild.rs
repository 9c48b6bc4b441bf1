//! A table of SQLite is rebuilt, inside the transaction of the revision.

use crate::backend::{Answer, Connection, SendError};
use crate::operation::{OperationError, OperationProblem, RecordedOperation};
use crate::schema::TableName;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{literal, quote_name};
use servicekit_schema::rebuild::{CurrentTable, Rebuild, StoredObject};

/// Why a table could not be rebuilt.
#[derive(Debug)]
pub(crate) enum RebuildError {
    /// The database is not as the operation needs it.
    Refused(OperationError),
    /// The database refused this statement.
    Statement { sql: String, error: SendError },
}

/// A rebuild, and the operation that it is for.
#[derive(Debug)]
pub(crate) struct Rebuilding<'a> {
    pub(crate) recorded: &'a RecordedOperation,
    pub(crate) rebuild: &'a Rebuild,
}

impl Rebuilding<'_> {
    /// Rebuilds it.
    pub(crate) async fn perform(&self, connection: &mut Connection<'_>) -> Result<(), RebuildError> {
        let table = &self.rebuild.table;
        let found = self.find(connection, table).await?;
        let refused = |problem| RebuildError::Refused(self.recorded.error(problem));
        let statements = self.rebuild.plan(&found).map_err(refused)?;
        let sound = sound(connection, &found).await?;
        tracing::debug!(table = %found.name, statements = ?statements, "rebuild");

        let legacy = ask(connection, "PRAGMA legacy_alter_table").await?;
        let was_legacy = legacy.first() == Some("1");
        send(connection, &["PRAGMA legacy_alter_table = ON".to_owned()]).await?;
        let result = send(connection, &statements).await;
        if !was_legacy {
            send(connection, &["PRAGMA legacy_alter_table = OFF".to_owned()]).await?;
        }
        result?;
        self.still_sound(connection, &found, sound).await
    }

    async fn find(
        &self,
        connection: &mut Connection<'_>,
        table: &TableName,
    ) -> Result<CurrentTable, RebuildError> {
        if table.schema.as_deref().is_some_and(|schema| !schema.eq_ignore_ascii_case("main")) {
            return Err(self.refused("a table of an attached database cannot be rebuilt"));
        }
        let name = literal(Dialect::Sqlite, &table.name);
        let rows = ask(
            connection,
            &format!(
                "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name = {name} COLLATE NOCASE"
            ),
        )
        .await?;
        let Some([Some(written), Some(sql)]) = rows.rows.first().map(Vec::as_slice) else {
            return Err(self.refused(&format!("there is no table `{table}`")));
        };
        let of_table = format!("tbl_name = {name} COLLATE NOCASE");
        let parts = format!("{of_table} AND type IN ('index', 'trigger')");
        let others = format!("type = 'view' OR type = 'trigger' AND NOT {of_table}");
        let names = ask(connection, "SELECT name FROM sqlite_schema").await?;
        let names: Vec<String> = names.rows.into_iter().flatten().flatten().collect();
        let counters = names.iter().any(|name| name == "sqlite_sequence");
        let sequence = if counters {
            let question = format!("SELECT seq FROM sqlite_sequence WHERE name = {name} COLLATE NOCASE");
            ask(connection, &question).await?.first().and_then(|text| text.parse().ok())
        } else {
            None
        };
        let mut found = CurrentTable::new(written, sql);
        found.parts = objects(connection, &parts).await?;
        found.others = objects(connection, &others).await?;
        found.names = names;
        found.sequence = sequence;
        Ok(found)
    }

    /// What could be read before must be after: views and triggers are only looked at when they are used.
    async fn still_sound(
        &self,
        connection: &mut Connection<'_>,
        found: &CurrentTable,
        sound: Vec<Probe>,
    ) -> Result<(), RebuildError> {
        for probe in sound {
            let statements = probe.statements(connection).await?;
            if let Err(error) = connection.run(&statements).await {
                let words = crate::error::error_message(&error.source);
                let problem = OperationProblem::new(format!(
                    "{} does not fit `{}` any more: {words}",
                    probe.describe(),
                    found.name
                ));
                let help = "drop it before, and make it again as it should be";
                return Err(RebuildError::Refused(self.recorded.error(problem.help(help))));
            }
        }
        Ok(())
    }

    fn refused(&self, reason: &str) -> RebuildError {
        RebuildError::Refused(self.recorded.error(OperationProblem::new(reason)))
    }
}

/// Something that can be looked at by explaining how it would be used.
#[derive(Debug)]
enum Probe {
    View(String),
    /// The triggers of a table.
    Triggers(String),
}

impl Probe {
    fn describe(&self) -> String {
        match self {
            Self::View(name) => format!("the view `{name}`"),
            Self::Triggers(table) => format!("a trigger of `{table}`"),
        }
    }

    async fn statements(&self, connection: &mut Connection<'_>) -> Result<Vec<String>, RebuildError> {
        let table = match self {
            Self::View(name) => {
                return Ok(vec![format!("EXPLAIN SELECT * FROM {}", quote_name(Dialect::Sqlite, name))]);
            }
            Self::Triggers(table) => table,
        };
        let name = literal(Dialect::Sqlite, table);
        let columns = format!("SELECT name FROM pragma_table_xinfo({name}) WHERE hidden = 0");
        let columns = ask(connection, &columns).await?.rows.into_iter().flatten().flatten();
        let set: Vec<String> = columns
            .map(|column| quote_name(Dialect::Sqlite, &column))
            .map(|column| format!("{column} = {column}"))
            .collect();
        let quoted = quote_name(Dialect::Sqlite, table);
        Ok(vec![
            format!("EXPLAIN DELETE FROM {quoted}"),
            format!("EXPLAIN INSERT INTO {quoted} DEFAULT VALUES"),
            format!("EXPLAIN UPDATE {quoted} SET {}", set.join(", ")),
        ])
    }
}

/// The views, and the tables with triggers, that can be used as they are.
async fn sound(connection: &mut Connection<'_>, found: &CurrentTable) -> Result<Vec<Probe>, RebuildError> {
    let views = found.others.iter().filter(|object| object.kind == "view");
    let mut probes: Vec<Probe> = views.map(|view| Probe::View(view.name.clone())).collect();
    let tables = "SELECT DISTINCT tbl_name FROM sqlite_schema WHERE type = 'trigger' \
                  AND tbl_name IN (SELECT name FROM sqlite_schema WHERE type = 'table')";
    let tables = ask(connection, tables).await?.rows.into_iter().flatten().flatten();
    probes.extend(tables.map(Probe::Triggers));
    let mut sound = Vec::new();
    for probe in probes {
        let statements = probe.statements(connection).await?;
        if connection.run(&statements).await.is_ok() {
            sound.push(probe);
        }
    }
    Ok(sound)
}

/// Kind, name and text of objects.
async fn objects(
    connection: &mut Connection<'_>,
    condition: &str,
) -> Result<Vec<StoredObject>, RebuildError> {
    let question = format!(
        "SELECT type, name, sql FROM sqlite_schema WHERE ({condition}) AND sql IS NOT NULL ORDER BY rowid"
    );
    let rows = ask(connection, &question).await?.rows.into_iter();
    Ok(rows
        .filter_map(|row| {
            let mut values = row.into_iter();
            Some(StoredObject::new(values.next()??, values.next()??, values.next()??))
        })
        .collect())
}

async fn ask(connection: &mut Connection<'_>, question: &str) -> Result<Answer, RebuildError> {
    match connection.ask(&[question]).await {
        Ok(answers) => Ok(answers.into_iter().next().unwrap_or_default()),
        Err(error) => Err(RebuildError::Statement { sql: question.to_owned(), error }),
    }
}

async fn send(connection: &mut Connection<'_>, statements: &[String]) -> Result<(), RebuildError> {
    // One by one: SQLite keeps each text up to its end, with what would stand between two.
    for sql in statements {
        if let Err(error) = connection.run(&[sql]).await {
            return Err(RebuildError::Statement { sql: sql.clone(), error });
        }
    }
    Ok(())
}
