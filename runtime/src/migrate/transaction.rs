//! What happens inside one transaction: the statements of a revision, its version rows, its journal row.

use super::error::{Doing, Error};
use super::history::History;
use super::locate;
use super::sqlite::{self, Entry};
use super::statement::{Failure, Statement};
use super::tables::Tables;
use crate::embedded::Revision;
use servicekit_chain::{Heads, RevisionId, StampPlan, Step};
use sqlx::{Connection as _, Sqlite, SqliteConnection, Transaction};
use std::time::Instant;

/// A step with what it will run.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) step: Step,
    pub(super) revision: &'static Revision,
    pub(super) statements: Vec<Statement>,
    pub(super) before: Heads,
}

/// Takes the write lock before anything is read, so that what is read stays true.
pub(super) async fn begin(connection: &mut SqliteConnection) -> Result<Transaction<'_, Sqlite>, Error> {
    // A deferred BEGIN would fail at its first write, without waiting for the lock:
    // https://www.sqlite.org/lang_transaction.html
    connection.begin_with("BEGIN IMMEDIATE").await.map_err(|error| Error::database(Doing::Begin, error))
}

/// Commits a revision, or the whole run.
pub(super) async fn commit(
    transaction: Transaction<'_, Sqlite>,
    revision: Option<&RevisionId>,
) -> Result<(), Error> {
    let doing = Doing::Commit { revision: revision.cloned() };
    transaction.commit().await.map_err(|error| Error::database(doing, error))
}

/// Undoes a transaction. Its error is not news: SQLite rolls back by itself after a full disk and the like,
/// and the reason why the transaction is given up is reported anyway.
pub(super) async fn rollback(transaction: Transaction<'_, Sqlite>) {
    if let Err(error) = transaction.rollback().await {
        tracing::debug!(%error, "rollback");
    }
}

/// What a step needs besides its transaction.
pub(super) struct Context<'a> {
    tables: &'a Tables,
    run_id: &'a str,
    history: &'a History,
    /// Where the database is when the transaction is rolled back.
    undone_to: &'a Heads,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        tables: &'a Tables,
        run_id: &'a str,
        history: &'a History,
        undone_to: &'a Heads,
    ) -> Self {
        Self { tables, run_id, history, undone_to }
    }

    /// Runs a revision inside a transaction: its statements, its version rows, its journal row.
    pub(super) async fn apply(
        &self,
        transaction: &mut Transaction<'_, Sqlite>,
        current: &Prepared,
        create_tables: bool,
        began: Instant,
    ) -> Result<(), Error> {
        if create_tables {
            self.create_tables(transaction).await?;
        }
        for statement in &current.statements {
            self.execute(transaction, current, statement).await?;
        }
        sqlite::change_rows(transaction, self.tables, &current.step.rows).await?;
        let entry = Entry::of(
            current.revision,
            &current.step.revision,
            current.step.direction,
            self.run_id,
            began.elapsed(),
            self.history.migrations().embedded().application,
        );
        sqlite::write_journal(transaction, self.tables, &entry).await
    }

    async fn create_tables(&self, transaction: &mut Transaction<'_, Sqlite>) -> Result<(), Error> {
        sqlite::create_tables(transaction, self.tables)
            .await
            .map_err(|error| Error::database(Doing::CreateTables, error))
    }

    async fn execute(
        &self,
        transaction: &mut Transaction<'_, Sqlite>,
        current: &Prepared,
        statement: &Statement,
    ) -> Result<(), Error> {
        let sql = sqlx::AssertSqlSafe(statement.sql.as_str());
        tracing::debug!(sql = %statement.sql, "statement");
        let Err(source) = sqlx::raw_sql(sql).execute(&mut **transaction).await else { return Ok(()) };
        let part = locate::part(transaction, &statement.sql, &source).await;
        Err(Error::Statement(Box::new(Failure::new(
            current.revision,
            current.step.direction,
            statement,
            part.as_ref(),
            self.undone_to.clone(),
            source,
        ))))
    }

    pub(super) async fn apply_stamp(
        &self,
        transaction: &mut Transaction<'_, Sqlite>,
        plan: &StampPlan,
    ) -> Result<(), Error> {
        let began = Instant::now();
        self.create_tables(transaction).await?;
        for step in &plan.steps {
            sqlite::change_rows(transaction, self.tables, &step.rows).await?;
            let (from, to): (Heads, Heads) =
                (step.from.iter().cloned().collect(), step.to.iter().cloned().collect());
            let entry = Entry {
                run_id: self.run_id,
                revision: &to.to_string(),
                direction: "stamp",
                source_digest: None,
                elapsed: began.elapsed(),
                application: self.history.migrations().embedded().application,
                message: &format!("stamp {from} -> {to}"),
            };
            sqlite::write_journal(transaction, self.tables, &entry).await?;
        }
        Ok(())
    }
}
