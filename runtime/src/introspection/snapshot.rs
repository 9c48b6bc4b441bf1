//! Transactions that read, on a connection that may be the caller's.

#[cfg(feature = "sqlite")]
use crate::backend::AnyConnection;
use crate::backend::{Answer, Connection, Engine, SendError, begin_error, database_error};
use crate::error::{Error, ErrorKind, Phase};
use std::time::Duration;
#[cfg(feature = "sqlite")]
use std::{sync::Arc, time::Instant};

/// How many instructions SQLite does before it looks at the clock.
#[cfg(feature = "sqlite")]
const INSTRUCTIONS: i32 = 10_000;

/// Transactions that read, one after another, on a connection that may be the caller's.
pub(super) struct Snapshot<'c> {
    connection: Connection<'c>,
    is_open: bool,
    /// What the session was like.
    settings: Vec<Answer>,
    /// What puts settings of the session back.
    back: Vec<String>,
}

impl<'c> Snapshot<'c> {
    /// Refuses a connection on which a transaction is open.
    pub(super) async fn open(connection: Connection<'c>) -> Result<Self, Error> {
        connection.refuse_transaction()?;
        let engine = connection.engine();
        let mut snapshot = Snapshot { connection, is_open: false, settings: Vec::new(), back: Vec::new() };
        let connection = &mut snapshot.connection;
        let failed = |error: SendError| database_error(Phase::Introspect, error.into());
        snapshot.settings = match engine.settings_in_the_way() {
            questions if questions.is_empty() => Vec::new(),
            questions => connection.ask(&questions).await.map_err(failed)?,
        };
        let is_in_transaction = connection.is_in_transaction().await.map_err(failed)?;
        if is_in_transaction || engine.is_in_transaction(&snapshot.settings) {
            return Err(ErrorKind::InTransaction.into());
        }
        snapshot.back = engine.put_settings_back(&snapshot.settings);
        Ok(snapshot)
    }

    pub(super) fn engine(&self) -> &'static dyn Engine {
        self.connection.engine()
    }

    /// What the session was like.
    pub(super) fn settings(&self) -> &[Answer] {
        &self.settings
    }

    /// Asks in a transaction of its own, with these settings, and gives the answers to the questions alone.
    ///
    /// What the database refuses is the inner error; its index is that of the question.
    pub(super) async fn ask(
        &mut self,
        settings: &[String],
        questions: &[String],
    ) -> Result<Result<Vec<Answer>, SendError>, Error> {
        let mut first = self.engine().begin_snapshot();
        first.extend_from_slice(settings);
        self.is_open = true;
        let begun = self.connection.begin(&first).await;
        // Then the transaction that is open is none of ours.
        self.is_open = begun.is_ok();
        begun.map_err(|error| begin_error(error.into()))?;
        let asked = self.connection.ask_patiently(questions).await;
        // After an error too: on a connection of the caller, nothing stays open.
        let ended = self.connection.rollback().await;
        self.is_open = false;
        if asked.is_ok() {
            ended.map_err(|error| database_error(Phase::Introspect, error))?;
        }
        Ok(asked)
    }

    /// The same for one question that may take so long.
    ///
    /// A server ends it by what the engine writes for it. SQLite has nothing but a progress handler.
    #[allow(irrefutable_let_patterns, reason = "SQLite can be the only kind of database")]
    pub(super) async fn ask_within(
        &mut self,
        limit: Duration,
        settings: &[String],
        questions: &[String],
    ) -> Result<Result<Vec<Answer>, SendError>, Error> {
        #[cfg(feature = "sqlite")]
        #[allow(irrefutable_let_patterns, reason = "it may be the only kind that is compiled in")]
        if let AnyConnection::Sqlite(connection) = &mut self.connection.wire {
            let failed = |error| database_error(Phase::Introspect, error);
            let end = Instant::now() + limit;
            let counting = Arc::new(());
            // When this future is dropped the handler stays, and must not end what comes later.
            let counted = Arc::downgrade(&counting);
            let mut handle = connection.lock_handle().await.map_err(failed)?;
            handle.set_progress_handler(INSTRUCTIONS, move || {
                counted.strong_count() == 0 || Instant::now() < end
            });
            drop(handle);
            let asked = self.ask(settings, questions).await;
            drop(counting);
            #[allow(irrefutable_let_patterns, reason = "it may be the only kind that is compiled in")]
            if let AnyConnection::Sqlite(connection) = &mut self.connection.wire {
                connection.lock_handle().await.map_err(failed)?.remove_progress_handler();
            }
            return asked;
        }
        let _ = limit;
        self.ask(settings, questions).await
    }

    /// Puts the settings back, and gives what came out; what failed first is told: after that, the connection may not take
    /// anything any more.
    pub(super) async fn close<T>(mut self, done: Result<T, Error>) -> Result<T, Error> {
        let back = std::mem::take(&mut self.back);
        let put_back = if back.is_empty() { Ok(()) } else { self.connection.run(&back).await };
        let done = done?;
        put_back.map(|()| done).map_err(|error| database_error(Phase::Introspect, error.into()))
    }
}

impl Drop for Snapshot<'_> {
    /// The future of the questions was dropped, or one failed.
    fn drop(&mut self) {
        if self.is_open || !self.back.is_empty() {
            self.connection.abandon("ROLLBACK", &self.back);
        }
    }
}
