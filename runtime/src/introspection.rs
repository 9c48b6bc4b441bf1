//! Reading the schema of a database in the words of [`schema`](crate::schema).
//!
//! ```
//! # async fn example(pool: servicekit::sqlx::SqlitePool) -> Result<(), servicekit::Error> {
//! use servicekit::introspection::Introspection;
//!
//! for table in Introspection::new().read(&pool).await?.tables {
//!     println!("{} has {} columns", table.name, table.columns.len());
//! }
//! # Ok(())
//! # }
//! ```

mod counts;
mod decide;
#[cfg(all(test, feature = "sqlite", feature = "postgres", feature = "mysql"))]
#[allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "it is a test")]
mod order;
mod snapshot;

use crate::backend::{Acquired, Connection, IntoConnection, RunConnection, Scope, Timeouts, database_error};
use crate::error::{Error, ErrorKind, IntrospectionError, Phase};
pub use counts::{Count, count};
pub use decide::decide;
use servicekit_schema::diff::Difference;
#[cfg(all(feature = "models", feature = "testing"))]
use servicekit_schema::diff::ModelDifference;
use servicekit_schema::table::{Schema, TableName};
use snapshot::Snapshot;

/// How often a database that is changed meanwhile is read.
const ATTEMPTS: usize = 3;

/// What is read of a database: by default every table of the current schema, but for the version table and the journal.
///
/// It needs no right on the tables, takes no lock that others wait for, and writes nothing: it also works on a standby
/// and in a read-only session. The number of statements does not depend on the number of tables.
///
/// MySQL and MariaDB show a user only the tables that it has some right on: without one, a schema seems empty. `REFERENCES`
/// on all tables is enough; with no right but `SELECT`, MariaDB does not show what foreign keys do, which is an error.
///
/// Views, virtual tables, partitions, tables that inherit, and objects of extensions are left out. What a table has
/// that [`Table`](crate::schema::Table) has no word for is in its [`remainders`](crate::schema::Table::remainders).
#[derive(Debug, Clone)]
pub struct Introspection {
    scope: Scope,
}

impl Default for Introspection {
    fn default() -> Self {
        Self::new()
    }
}

impl Introspection {
    /// Reads the current schema: on MySQL, the database of the connection.
    pub fn new() -> Self {
        let left_out = ["alembic_version", "alembic_journal"].map(str::to_owned).to_vec();
        Self { scope: Scope { left_out, ..Scope::default() } }
    }

    /// Reads this schema instead of the current one; call it once for each schema.
    #[must_use]
    pub fn schema(mut self, name: impl Into<String>) -> Self {
        self.scope.schemas.push(name.into());
        self
    }

    /// Reads this schema besides the current one; call it once for each schema.
    #[must_use]
    pub fn and_schema(mut self, name: impl Into<String>) -> Self {
        self.scope.and_current = true;
        self.schema(name)
    }

    /// Reads only this table; call it once for each table. A table that is not there is an error.
    #[must_use]
    pub fn table(mut self, name: impl Into<TableName>) -> Self {
        self.scope.tables.push(name.into());
        self
    }

    /// Leaves these tables out, instead of `alembic_version` and `alembic_journal`.
    #[must_use]
    pub fn without(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.scope.left_out = names.into_iter().map(Into::into).collect();
        self
    }

    /// Reads the schema, in a transaction that sees one state of the database.
    ///
    /// # Errors
    /// [`ErrorKind::Introspection`] if a table or schema is not there or the database is none that is known, and
    /// [`ErrorKind::Database`] if it cannot be read. On a connection that you pass, [`ErrorKind::InTransaction`] if a
    /// transaction is open on it.
    pub async fn read<'c>(&self, database: impl IntoConnection<'c>) -> Result<Schema, Error> {
        on_connection(database, async |connection| self.read_on(connection).await).await
    }

    /// What has to change so that the database becomes like a schema.
    ///
    /// It reads the database, and then asks it about the expressions of which [tokens](Schema::difference) do not tell
    /// whether they are one, as [`decide`] does. What the database itself has written is never different from what it was
    /// made of, but for spellings that it takes for different expressions, such as `a = 'x' OR a = 'y'` and
    /// `a IN ('x', 'y')`. Where it cannot tell, that is in [`untold`](Difference::untold), with the reason.
    ///
    /// ```
    /// # async fn example(pool: servicekit::sqlx::SqlitePool) -> Result<(), servicekit::Error> {
    /// use servicekit::{introspection::Introspection, revision::*, schema::Schema};
    ///
    /// let mut wanted = Schema::default();
    /// wanted.tables.push(Table::new("users", [ulid("id").primary_key(), integer("age").check("age != 0")]));
    /// let difference = Introspection::new().compare(&wanted, &pool).await?;
    /// assert!(difference.is_empty(), "the database is not up to date:\n{difference}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of [`read`](Self::read) and of [`decide`].
    pub async fn compare<'c>(
        &self,
        schema: &Schema,
        database: impl IntoConnection<'c>,
    ) -> Result<Difference, Error> {
        on_connection(database, async |mut connection| {
            let found = self.read_on(connection.reborrow()).await?;
            let difference = found.difference(schema, connection.engine().dialect());
            decide::on(difference, connection).await
        })
        .await
    }

    /// What differs between models and what is read.
    #[cfg(all(feature = "models", feature = "testing"))]
    pub(crate) async fn compare_with_models<'c, E>(
        &self,
        differ: impl FnOnce(Schema, servicekit_chain::Dialect) -> Result<ModelDifference, E>,
        database: impl IntoConnection<'c>,
    ) -> Result<Result<ModelDifference, E>, Error> {
        on_connection(database, async |mut connection| {
            let found = self.read_on(connection.reborrow()).await?;
            match differ(found, connection.engine().dialect()) {
                Ok(mut found) => {
                    found.difference = decide::on(found.difference, connection).await?;
                    Ok(Ok(found))
                }
                Err(error) => Ok(Err(error)),
            }
        })
        .await
    }

    async fn read_on(&self, connection: Connection<'_>) -> Result<Schema, Error> {
        let mut snapshot = Snapshot::open(connection).await?;
        let read = self.attempts(&mut snapshot).await;
        snapshot.close(read).await
    }

    /// Reads again what was changed while it was read.
    async fn attempts(&self, snapshot: &mut Snapshot<'_>) -> Result<Schema, Error> {
        let engine = snapshot.engine();
        for _ in 0..ATTEMPTS {
            match snapshot.ask(&[], &engine.schema_questions(&self.scope)).await? {
                Ok(answers) => match engine.read_schema(&self.scope, &answers) {
                    Err(IntrospectionError::Changing) => {}
                    schema => return schema.map_err(|error| ErrorKind::Introspection(error).into()),
                },
                Err(error) if engine.has_changed_meanwhile(&error.source) => {}
                Err(error) => {
                    return Err(match engine.missing_schema(&self.scope, &error.source) {
                        Some(missing) => ErrorKind::Introspection(missing).into(),
                        None => database_error(Phase::Introspect, error.source),
                    });
                }
            }
        }
        Err(ErrorKind::Introspection(IntrospectionError::Changing).into())
    }
}

/// Does something on a connection, which is closed afterwards unless it is the caller's.
async fn on_connection<'c, T>(
    database: impl IntoConnection<'c>,
    work: impl AsyncFnOnce(Connection<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let timeouts = Timeouts::default();
    match Acquired::take(database.link(), &timeouts).await?.into_own(&timeouts).await? {
        // It never goes back to its pool, so that nothing of the questions can be left on it.
        RunConnection::Ours(mut own) => {
            let done = Box::pin(work(own.connection())).await;
            if !done.as_ref().is_err_and(Error::is_silence) {
                own.close(&timeouts).await;
            }
            done
        }
        RunConnection::Lent(connection) => Box::pin(work(connection)).await,
    }
}
