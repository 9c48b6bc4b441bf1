//! Custom work of a revision, on the connection of the run.

use crate::backend::{AnyConnection, with_driver};
use servicekit_chain::Dialect;
use servicekit_schema::Operations;
use servicekit_schema::operation::Work;
use sqlx::AssertSqlSafe;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

/// The result of custom work: any error that is `Send` and `Sync`.
pub type WorkResult = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// The connection of a run, inside its transaction, borrowed for the [work](RunWork::run) of a revision.
///
/// Do not commit or roll back: the revision, its version rows and its journal row are one transaction.
///
/// The code of a `testing::Seed` gets one too, of the pool and without a transaction.
///
/// ```
/// use servicekit::revision::*;
/// use servicekit::sqlx;
///
/// fn upgrade(op: &mut Operations) {
///     op.run("number the users", async |connection| {
///         let connection = connection.sqlite()?;
///         let names: Vec<String> =
///             sqlx::query_scalar("SELECT name FROM users ORDER BY name").fetch_all(&mut *connection).await?;
///         for (number, name) in (1_i64..).zip(names) {
///             sqlx::query("UPDATE users SET number = ? WHERE name = ?")
///                 .bind(number)
///                 .bind(name)
///                 .execute(&mut *connection)
///                 .await?;
///         }
///         Ok(())
///     });
/// }
/// # let mut op = Operations::default();
/// # upgrade(&mut op);
/// # assert_eq!(op.len(), 1);
/// ```
#[derive(Debug)]
pub struct Connection<'c> {
    pub(crate) connection: AnyConnection<'c>,
}

/// The database is of another kind than the work needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it asks for a connection to {wanted}, and the database is {found}")]
#[non_exhaustive]
pub struct OtherDatabase {
    /// The kind that the work needs.
    pub wanted: Dialect,
    /// The kind of the database.
    pub found: Dialect,
}

impl Connection<'_> {
    /// The kind of the database.
    pub fn dialect(&self) -> Dialect {
        self.connection.engine().dialect()
    }

    /// Runs SQL on any kind of database, one statement or several, and returns the total number of changed rows.
    ///
    /// The text is sent unchanged. To bind values, use a query of sqlx on the connection from
    /// [`sqlite`](Self::sqlite), `postgres` or `mysql`.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn execute(&mut self, sql: impl Into<String>) -> Result<u64, sqlx::Error> {
        let query = sqlx::raw_sql(AssertSqlSafe(sql.into()));
        with_driver!(&mut self.connection, AnyConnection(connection) => {
            Ok(query.execute(&mut **connection).await?.rows_affected())
        })
    }

    /// The sqlx connection, for SQLite.
    ///
    /// # Errors
    /// If the database is of another kind.
    #[cfg(feature = "sqlite")]
    pub fn sqlite(&mut self) -> Result<&mut sqlx::SqliteConnection, OtherDatabase> {
        let found = self.dialect();
        match &mut self.connection {
            AnyConnection::Sqlite(connection) => Ok(connection),
            #[allow(unreachable_patterns, reason = "with one driver there is no other kind")]
            _ => Err(OtherDatabase { wanted: Dialect::Sqlite, found }),
        }
    }

    /// The sqlx connection, for PostgreSQL.
    ///
    /// # Errors
    /// If the database is of another kind.
    #[cfg(feature = "postgres")]
    pub fn postgres(&mut self) -> Result<&mut sqlx::PgConnection, OtherDatabase> {
        let found = self.dialect();
        match &mut self.connection {
            AnyConnection::Postgres(connection) => Ok(connection),
            #[allow(unreachable_patterns, reason = "with one driver there is no other kind")]
            _ => Err(OtherDatabase { wanted: Dialect::Postgres, found }),
        }
    }

    /// The sqlx connection, for MySQL and MariaDB.
    ///
    /// # Errors
    /// If the database is of another kind.
    #[cfg(feature = "mysql")]
    pub fn mysql(&mut self) -> Result<&mut sqlx::MySqlConnection, OtherDatabase> {
        let found = self.dialect();
        match &mut self.connection {
            AnyConnection::MySql(connection) => Ok(connection),
            #[allow(unreachable_patterns, reason = "with one driver there is no other kind")]
            _ => Err(OtherDatabase { wanted: Dialect::Mysql, found }),
        }
    }
}

type Done<'c> = Pin<Box<dyn Future<Output = WorkResult> + Send + 'c>>;

/// Custom work that can be sent to the thread of a run. You do not implement this trait.
///
/// On stable Rust, `AsyncFnOnce` cannot require the future of an async closure to be `Send`, but without
/// `AsyncFnOnce` the type of its parameter is not inferred:
/// <https://rust-lang.github.io/rfcs/3668-async-closures.html>.
#[doc(hidden)]
pub trait WorkFn<'c>: Send {
    /// The future.
    type Done: Future<Output = WorkResult> + Send + 'c;

    /// Does it.
    fn begin(self, connection: &'c mut Connection<'c>) -> Self::Done;
}

impl<'c, F, D> WorkFn<'c> for F
where
    F: FnOnce(&'c mut Connection<'c>) -> D + Send,
    D: Future<Output = WorkResult> + Send + 'c,
{
    type Done = D;

    fn begin(self, connection: &'c mut Connection<'c>) -> D {
        self(connection)
    }
}

/// Work of a type that is forgotten.
trait AnyWork: Send {
    fn begin<'c>(self: Box<Self>, connection: &'c mut Connection<'c>) -> Done<'c>
    where
        Self: 'c;
}

impl<F: for<'c> WorkFn<'c>> AnyWork for F {
    fn begin<'c>(self: Box<Self>, connection: &'c mut Connection<'c>) -> Done<'c>
    where
        Self: 'c,
    {
        Box::pin(WorkFn::begin(*self, connection))
    }
}

/// What [`Work`] is made of here: the work, or `None` once it was begun.
struct Payload(Mutex<Option<Box<dyn AnyWork>>>);

/// The work, which can be begun once.
pub(crate) fn take(work: &Work) -> Option<Begun> {
    let payload = work.payload::<Payload>()?;
    payload.0.lock().unwrap_or_else(PoisonError::into_inner).take().map(Begun)
}

/// Work that is about to begin.
pub(crate) struct Begun(Box<dyn AnyWork>);

impl Begun {
    /// Does it.
    pub(crate) async fn run(self, mut connection: Connection<'_>) -> WorkResult {
        self.0.begin(&mut connection).await
    }
}

/// `op.run`, which [`Operations`] records in addition to plain data. You do not implement this trait.
pub trait RunWork: sealed::Sealed {
    /// Runs custom work on the connection of the run, inside its transaction.
    ///
    /// The work is an async closure, with captures if needed (`async move |connection| …`), or an `async fn(&mut
    /// Connection<'_>) -> WorkResult`. It runs in order with the other operations. When a statement in it waits too
    /// long for a lock, the transaction is rolled back, the revision is recorded again, and the new work runs. In a
    /// revision with stages, as on MySQL with DDL, the work is its own stage in its own transaction.
    ///
    /// ```
    /// use servicekit::operation::{Connection, WorkResult};
    /// use servicekit::revision::*;
    ///
    /// async fn lower_case_emails(connection: &mut Connection<'_>) -> WorkResult {
    ///     connection.execute("UPDATE users SET email = lower(email)").await?;
    ///     Ok(())
    /// }
    ///
    /// fn upgrade(op: &mut Operations) {
    ///     op.run("lower-case emails", lower_case_emails);
    ///
    ///     let limit = 100;
    ///     op.run("cut long names", async move |connection| {
    ///         connection.execute(format!("UPDATE users SET name = substr(name, 1, {limit})")).await?;
    ///         Ok(())
    ///     });
    /// }
    /// # let mut op = Operations::default();
    /// # upgrade(&mut op);
    /// # assert_eq!(op.sql(Dialect::Sqlite).unwrap(), ["-- run: lower-case emails", "-- run: cut long names"]);
    /// ```
    #[track_caller]
    fn run<F>(&mut self, name: impl Into<String>, work: F)
    where
        F: AsyncFnOnce(&mut Connection<'_>) -> WorkResult + for<'c> WorkFn<'c> + 'static;
}

impl RunWork for Operations {
    #[track_caller]
    fn run<F>(&mut self, name: impl Into<String>, work: F)
    where
        F: AsyncFnOnce(&mut Connection<'_>) -> WorkResult + for<'c> WorkFn<'c> + 'static,
    {
        let payload = Payload(Mutex::new(Some(Box::new(work))));
        self.push(Work::new(name, Arc::new(payload)));
    }
}

mod sealed {
    pub trait Sealed {}

    impl Sealed for servicekit_schema::Operations {}
}
