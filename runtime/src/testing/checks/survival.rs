//! Rows that were inserted on the way to head, and whether they are there.

use super::seed::{AtHead, Insert, Seed};
use super::{MigrationCheckError, MigrationChecks};
use crate::backend::{Acquired, Answer, IntoConnection as _, SendError, Timeouts, during};
use crate::database::Backend;
use crate::error::Phase;
use crate::introspection::Introspection;
use crate::{Database, RevisionId};
use servicekit_schema::table::TableName;

/// The tables of a database with their numbers of rows.
type Counts = Vec<(TableName, u64)>;

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
                for seed in here {
                    seed.insert_into(database).await?;
                }
                counted = counts(database).await?;
            }
        }
        lost(&counted, &counts(database).await?)?;
        for seed in seeds {
            seed.check_at_head(database).await?;
        }
        Ok(())
    }
}

impl Seed {
    async fn insert_into<D: Backend>(&self, database: &Database<D>) -> Result<(), MigrationCheckError> {
        for insert in &self.inserts {
            match insert {
                Insert::Sql(sql) => drop(ask(database, sql).await?),
                Insert::Run(hook) => {
                    let (revision, place) = (&self.revision, hook.place);
                    let failed =
                        |source| MigrationCheckError::SeedRun { revision: revision.clone(), place, source };
                    hook.run(database, failed).await?;
                }
            }
        }
        Ok(())
    }

    async fn check_at_head<D: Backend>(&self, database: &Database<D>) -> Result<(), MigrationCheckError> {
        for check in &self.at_head {
            match check {
                AtHead::Finds { query, rows } => found(database, query, rows).await?,
                AtHead::Check(hook) => {
                    let (revision, place) = (&self.revision, hook.place);
                    let failed =
                        |source| MigrationCheckError::SeedCheck { revision: revision.clone(), place, source };
                    hook.run(database, failed).await?;
                }
            }
        }
        Ok(())
    }
}

/// A query that finds other rows is an error.
async fn found<D: Backend>(
    database: &Database<D>,
    query: &str,
    expected: &[Vec<String>],
) -> Result<(), MigrationCheckError> {
    let rows = ask(database, query).await?;
    let text = |value: Option<String>| value.unwrap_or_else(|| "NULL".to_owned());
    let found: Vec<Vec<String>> = rows.into_iter().map(|row| row.into_iter().map(text).collect()).collect();
    if found == expected {
        return Ok(());
    }
    Err(MigrationCheckError::NotFound { query: query.to_owned(), expected: expected.to_vec(), found })
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
