//! What happens inside one transaction: the statements of a revision, its version rows, its journal row.

use super::cascade::{self, Referring};
use super::doing::Doing;
use super::error::Error;
use super::history::History;
use super::locate;
use super::refusal::{Reason, Refusal};
use super::sqlite::{self, Entry};
use super::statement::{Failure, Statement};
use super::tables::Tables;
use super::transaction::Transaction;
use crate::embedded::Revision;
use servicekit_chain::{Heads, RevisionId, RowChange, StampPlan, Step};
use sqlx::SqliteConnection;
use std::time::Instant;

/// A step with what it will run.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) step: Step,
    pub(super) revision: &'static Revision,
    pub(super) statements: Vec<Statement>,
    pub(super) before: Heads,
    pub(super) after: Heads,
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
        transaction: &mut Transaction<'_>,
        current: &Prepared,
        create_tables: bool,
        began: Instant,
    ) -> Result<(), Error> {
        if create_tables {
            self.create_tables(transaction.connection()).await?;
        }
        for statement in &current.statements {
            self.execute(transaction.connection(), current, statement).await?;
        }
        if !transaction.is_open().await {
            return Err(Error::TransactionEnded {
                revision: current.revision.id(),
                path: current.revision.path(),
                at: self.undone_to.clone(),
            });
        }
        let revision = Some(&current.step.revision);
        self.change_rows(transaction.connection(), revision, &current.step.rows, &current.after).await?;
        let entry = Entry::of(
            current.revision,
            &current.step.revision,
            current.step.direction,
            self.run_id,
            began.elapsed(),
            self.history.migrations().embedded().application,
        );
        self.write_journal(transaction.connection(), revision, &entry).await
    }

    async fn create_tables(&self, connection: &mut SqliteConnection) -> Result<(), Error> {
        sqlite::create_tables(connection, self.tables)
            .await
            .map_err(|error| Error::database(Doing::CreateTables, error))
    }

    async fn execute(
        &self,
        connection: &mut SqliteConnection,
        current: &Prepared,
        statement: &Statement,
    ) -> Result<(), Error> {
        let sql = sqlx::AssertSqlSafe(statement.sql.as_str());
        tracing::debug!(sql = %statement.sql, "statement");
        let result = match cascade::rows_at_risk(connection, &statement.sql).await {
            Ok(None) => sqlx::raw_sql(sql).execute(&mut *connection).await,
            Ok(Some(referring)) => return Err(self.would_cascade(current, statement, referring)),
            Err(error) => Err(error),
        };
        let Err(source) = result else { return Ok(()) };
        let part = locate::part(connection, &statement.sql, &source).await;
        Err(Error::Statement(Box::new(Failure::new(
            current.revision,
            current.step.direction,
            statement,
            part.as_ref(),
            self.undone_to.clone(),
            source,
        ))))
    }

    fn would_cascade(&self, current: &Prepared, statement: &Statement, referring: Referring) -> Error {
        Error::Refused(Box::new(Refusal {
            revision: current.revision.id(),
            direction: current.step.direction,
            reason: Reason::Cascade { table: referring.table, action: referring.action },
            at: Some(self.undone_to.clone()),
            origin: Some((statement.origin.clone(), None)),
            path: current.revision.path(),
        }))
    }

    /// Changes the version rows, and sees to it that they are what the plan says: the revision itself or a
    /// trigger can have changed them too.
    async fn change_rows(
        &self,
        connection: &mut SqliteConnection,
        revision: Option<&RevisionId>,
        change: &RowChange,
        expected: &Heads,
    ) -> Result<(), Error> {
        let revision = revision.cloned();
        if let Err(error) = sqlite::change_rows(connection, self.tables, change).await {
            return Err(Error::database(Doing::WriteVersion { revision }, error));
        }
        let found = sqlite::version_rows(connection, self.tables).await?;
        if found == *expected {
            return Ok(());
        }
        Err(Error::RowsChanged { revision, expected: expected.clone(), found, at: self.undone_to.clone() })
    }

    async fn write_journal(
        &self,
        connection: &mut SqliteConnection,
        revision: Option<&RevisionId>,
        entry: &Entry<'_>,
    ) -> Result<(), Error> {
        let doing = Doing::WriteJournal { revision: revision.cloned() };
        sqlite::write_journal(connection, self.tables, entry)
            .await
            .map_err(|error| Error::database(doing, error))
    }

    pub(super) async fn apply_stamp(
        &self,
        transaction: &mut Transaction<'_>,
        plan: &StampPlan,
    ) -> Result<(), Error> {
        let began = Instant::now();
        let connection = transaction.connection();
        self.create_tables(connection).await?;
        let mut rows = plan.from.clone();
        for step in &plan.steps {
            step.rows.apply(&mut rows);
            self.change_rows(connection, None, &step.rows, &rows).await?;
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
            self.write_journal(connection, None, &entry).await?;
        }
        Ok(())
    }
}
