//! Rows that are there before a revision changes their table.

use super::{MigrationCheckError, MigrationChecks};
use crate::backend::{Acquired, Answer, IntoConnection as _, SendError, Timeouts, during};
use crate::database::Backend;
use crate::error::Phase;
use crate::introspection::Introspection;
use crate::{Database, RevisionId};
use servicekit_schema::table::TableName;

/// Rows that are inserted at a revision, and what is found of them at head.
///
/// A history that works on empty tables can fail on those of production, or lose their rows.
///
/// ```
/// use servicekit::RevisionId;
/// use servicekit::testing::Seed;
///
/// let seed = Seed::at(RevisionId::new("3f2a9c41d07e")?)
///     .insert("INSERT INTO users (id, name) VALUES (1, 'Ann Lee')")
///     .finds("SELECT first_name, last_name FROM users WHERE id = 1", [["Ann", "Lee"]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Seed {
    revision: RevisionId,
    inserts: Vec<String>,
    found: Vec<(String, Vec<Vec<String>>)>,
}

/// The tables of a database with their numbers of rows.
type Counts = Vec<(TableName, u64)>;

impl Seed {
    /// Rows for a database that has this revision and none that follow it.
    pub fn at(revision: RevisionId) -> Self {
        Self { revision, inserts: Vec::new(), found: Vec::new() }
    }

    /// SQL that inserts rows.
    pub fn insert(mut self, sql: impl Into<String>) -> Self {
        self.inserts.push(sql.into());
        self
    }

    /// The rows that a query finds when the history is applied to its end, with every value as text and `NULL` as `NULL`.
    pub fn finds<R, V>(mut self, query: impl Into<String>, rows: impl IntoIterator<Item = R>) -> Self
    where
        R: IntoIterator<Item = V>,
        V: Into<String>,
    {
        let rows = rows.into_iter().map(|row| row.into_iter().map(Into::into).collect()).collect();
        self.found.push((query.into(), rows));
        self
    }
}

impl MigrationChecks {
    /// Applies the history, inserting rows on the way, and checks at its end that no table has fewer rows than it had, and
    /// that what was inserted is found.
    ///
    /// # Errors
    /// [`MigrationCheckError::Lost`] and [`MigrationCheckError::NotFound`]; and the error of a run.
    pub async fn seeded_rows_survive<D: Backend>(
        &self,
        seeds: &[Seed],
        database: &Database<D>,
    ) -> Result<(), MigrationCheckError> {
        let order: Vec<RevisionId> = self.plan()?.steps.into_iter().map(|step| step.revision).collect();
        if let Some(seed) = seeds.iter().find(|seed| !order.contains(&seed.revision)) {
            return Err(MigrationCheckError::NoSuchRevision {
                revision: seed.revision.clone(),
                folder: self.migrations.folder(),
            });
        }
        let mut counted: Counts = Vec::new();
        for revision in &order {
            self.apply(revision, database).await?;
            let mut here = seeds.iter().filter(|seed| seed.revision == *revision).peekable();
            if here.peek().is_some() {
                for insert in here.flat_map(|seed| &seed.inserts) {
                    ask(database, insert).await?;
                }
                counted = counts(database).await?;
            }
        }
        lost(&counted, &counts(database).await?)?;
        for (query, expected) in seeds.iter().flat_map(|seed| &seed.found) {
            let rows = ask(database, query).await?;
            let text = |value: Option<String>| value.unwrap_or_else(|| "NULL".to_owned());
            let rows: Vec<Vec<String>> =
                rows.into_iter().map(|row| row.into_iter().map(text).collect()).collect();
            if rows != *expected {
                let (query, expected) = (query.clone(), expected.clone());
                return Err(MigrationCheckError::NotFound { query, expected, found: rows });
            }
        }
        Ok(())
    }
}

/// A table that has fewer rows than before is an error. One that is gone has another name, or was dropped on purpose.
fn lost(before: &Counts, after: &Counts) -> Result<(), MigrationCheckError> {
    for (table, rows) in before {
        let now = after.iter().find(|(name, _)| name == table).map(|(_, rows)| *rows);
        if let Some(now) = now.filter(|now| now < rows) {
            return Err(MigrationCheckError::Lost { table: table.name.clone(), before: *rows, after: now });
        }
    }
    Ok(())
}

/// The rows that a statement of a seed gives.
async fn ask<D: Backend>(
    database: &Database<D>,
    sql: &str,
) -> Result<Vec<Vec<Option<String>>>, MigrationCheckError> {
    let mut acquired = Acquired::take(database.link(), &Timeouts::default()).await?;
    let asked = acquired.connection().ask_patiently(&[sql]).await;
    let failed = |error: SendError| MigrationCheckError::Seed { sql: sql.to_owned(), source: error.source };
    Ok(asked.map_err(failed)?.into_iter().next().unwrap_or_default().rows)
}

async fn counts<D: Backend>(database: &Database<D>) -> Result<Counts, MigrationCheckError> {
    let tables = Introspection::new().read(database).await?.tables;
    let mut acquired = Acquired::take(database.link(), &Timeouts::default()).await?;
    let mut connection = acquired.connection();
    let engine = connection.engine();
    let mut questions = Vec::with_capacity(tables.len());
    for TableName { schema, name, .. } in tables.iter().map(|table| &table.name) {
        let parts: Vec<String> = schema.iter().chain([name]).map(|part| engine.quote(part)).collect();
        questions.push(format!("SELECT COUNT(*) FROM {}", parts.join(".")));
    }
    let answers =
        if questions.is_empty() { Ok(Vec::new()) } else { connection.ask_patiently(&questions).await };
    let answers = acquired.ended(answers.map_err(during(Phase::Introspect)))?;
    let count = |answer: &Answer| answer.first().and_then(|count| count.parse().ok()).unwrap_or_default();
    Ok(tables.into_iter().map(|table| table.name).zip(answers.iter().map(count)).collect())
}
