//! A transaction that ends, whatever becomes of the future that began it.
//!
//! It is not sqlx's own, because sqlx counts transactions by itself: one that SQLite has rolled back on its
//! own (a full disk, `INSERT OR ROLLBACK`) stays counted, so that nothing can begin on that connection any
//! more. Nor can sqlx's be committed again when a reader was in the way the first time.

use super::doing::Doing;
use super::error::Error;
use super::patience::Patience;
use super::sqlite;
use servicekit_chain::RevisionId;
use sqlx::SqliteConnection;
use std::future::Future as _;
use std::pin::pin;
use std::task::{Context, Waker};

/// A transaction with the write lock; dropping it rolls it back.
#[derive(Debug)]
pub(super) struct Transaction<'c> {
    connection: &'c mut SqliteConnection,
    needs_rollback: bool,
}

impl<'c> Transaction<'c> {
    /// Takes the write lock before anything is read, so that what is read stays true.
    pub(super) async fn begin(
        connection: &'c mut SqliteConnection,
        patience: &mut Patience,
    ) -> Result<Self, Error> {
        patience.begin();
        // Before the statement is sent: it may be carried out after this future is dropped.
        let mut transaction = Self { connection, needs_rollback: true };
        loop {
            // A deferred BEGIN would fail at its first write, without waiting for the lock:
            // https://www.sqlite.org/lang_transaction.html
            match send(transaction.connection, "BEGIN IMMEDIATE").await {
                Ok(()) => return Ok(transaction),
                Err(source) if sqlite::is_busy(&source) => patience.pause(source).await?,
                Err(source) => {
                    transaction.needs_rollback = false;
                    return Err(Error::begin(source));
                }
            }
        }
    }

    pub(super) fn connection(&mut self) -> &mut SqliteConnection {
        self.connection
    }

    /// Whether the transaction is still the one that was begun, which nothing but a statement that ends it
    /// can change.
    pub(super) async fn is_open(&mut self) -> bool {
        // SQLite refuses to begin inside a transaction. Where it does not, the rollback ends what this begins.
        send(self.connection, "BEGIN").await.is_err()
    }

    /// Commits a revision, or the whole run.
    ///
    /// A reader in the way is waited for with everything that was done kept: SQLite leaves the transaction
    /// open then, and lets no further reader in.
    pub(super) async fn commit(
        mut self,
        revision: Option<&RevisionId>,
        patience: &mut Patience,
    ) -> Result<(), Error> {
        patience.begin();
        loop {
            let error = match send(self.connection, "COMMIT").await {
                Ok(()) => {
                    self.needs_rollback = false;
                    return Ok(());
                }
                Err(source) if sqlite::is_busy(&source) => match patience.pause(source).await {
                    Ok(()) => continue,
                    Err(error) => error,
                },
                Err(source) => Error::database(Doing::Commit { revision: revision.cloned() }, source),
            };
            self.rollback().await;
            return Err(error);
        }
    }

    /// Undoes it. An error is no news: SQLite rolls back by itself after a full disk and the like, and the
    /// reason why the transaction is given up is reported anyway.
    pub(super) async fn rollback(mut self) {
        if let Err(error) = send(self.connection, "ROLLBACK").await {
            tracing::debug!(%error, "rollback");
        }
        self.needs_rollback = false;
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if self.needs_rollback {
            // Asked for once is enough: the thread of the connection carries out what it was sent, in order,
            // before anything that is sent later, and whether or not anybody waits for the answer.
            let rollback = pin!(send(self.connection, "ROLLBACK"));
            let _ = rollback.poll(&mut Context::from_waker(Waker::noop()));
        }
    }
}

async fn send(connection: &mut SqliteConnection, sql: &'static str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(sql).execute(connection).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migrate::options::Options;
    use crate::migrate::patience::StopFlag;
    use sqlx::Connection as _;

    #[tokio::test]
    async fn a_transaction_that_was_ended_underneath_is_noticed_and_leaves_nothing_open() {
        let (options, stop) = (Options::default(), StopFlag::default());
        let mut patience = Patience::new(&options, &stop, None);
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        for ending in ["COMMIT", "ROLLBACK"] {
            let mut transaction = Transaction::begin(&mut connection, &mut patience).await.unwrap();
            assert!(transaction.is_open().await);
            send(transaction.connection(), ending).await.unwrap();
            assert!(!transaction.is_open().await, "{ending}");
            drop(transaction);
        }
        Transaction::begin(&mut connection, &mut patience)
            .await
            .unwrap()
            .commit(None, &mut patience)
            .await
            .unwrap();
    }
}
