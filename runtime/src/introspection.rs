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

use crate::backend::{
    Acquired, Connection, IntoConnection, RunConnection, Scope, Timeouts, begin_error, database_error,
};
use crate::error::{Error, ErrorKind, IntrospectionError, Phase};
use servicekit_schema::table::{Schema, TableName};

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
        let timeouts = Timeouts::default();
        match Acquired::take(database.link(), &timeouts).await?.into_own(&timeouts).await? {
            // It never goes back to its pool, so that nothing of the read can be left on it.
            RunConnection::Ours(mut own) => {
                let read = Box::pin(self.read_on(own.connection())).await;
                if !read.as_ref().is_err_and(Error::is_silence) {
                    own.close(&timeouts).await;
                }
                read
            }
            RunConnection::Lent(connection) => Box::pin(self.read_on(connection)).await,
        }
    }

    async fn read_on(&self, connection: Connection<'_>) -> Result<Schema, Error> {
        connection.refuse_transaction()?;
        let engine = connection.engine();
        let mut snapshot = Snapshot { connection, is_open: false, back: Vec::new() };
        let connection = &mut snapshot.connection;
        let failed = |error| database_error(Phase::Introspect, error);
        let settings = match engine.settings_in_the_way() {
            questions if questions.is_empty() => Vec::new(),
            questions => connection.ask(&questions).await.map_err(|error| failed(error.into()))?,
        };
        let is_in_transaction = connection.is_in_transaction().await.map_err(|error| failed(error.into()))?;
        if is_in_transaction || engine.is_in_transaction(&settings) {
            return Err(ErrorKind::InTransaction.into());
        }
        snapshot.back = engine.put_settings_back(&settings);
        let read = self.attempts(&mut snapshot).await;
        let back = std::mem::take(&mut snapshot.back);
        let put_back = if back.is_empty() { Ok(()) } else { snapshot.connection.run(&back).await };
        // What failed first is told: after that, the connection may not take anything any more.
        let schema = read?;
        put_back.map(|()| schema).map_err(|error| failed(error.into()))
    }

    /// Reads again what was changed while it was read.
    async fn attempts(&self, snapshot: &mut Snapshot<'_>) -> Result<Schema, Error> {
        let engine = snapshot.connection.engine();
        for _ in 0..ATTEMPTS {
            snapshot.is_open = true;
            let begun = snapshot.connection.begin(&engine.begin_snapshot()).await;
            // Then the transaction that is open is none of ours.
            snapshot.is_open = begun.is_ok();
            begun.map_err(|error| begin_error(error.into()))?;
            let asked = snapshot.connection.ask_patiently(&engine.schema_questions(&self.scope)).await;
            // After an error too: on a connection of the caller, nothing stays open.
            let ended = snapshot.connection.rollback().await;
            snapshot.is_open = false;
            match asked {
                Ok(answers) => {
                    ended.map_err(|error| database_error(Phase::Introspect, error))?;
                    match engine.read_schema(&self.scope, &answers) {
                        Err(IntrospectionError::Changing) => {}
                        schema => return schema.map_err(|error| ErrorKind::Introspection(error).into()),
                    }
                }
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

/// A transaction that reads, on a connection that may be the caller's.
struct Snapshot<'c> {
    connection: Connection<'c>,
    is_open: bool,
    /// What puts settings of the session back.
    back: Vec<String>,
}

impl Drop for Snapshot<'_> {
    /// The future of the read was dropped, or it failed.
    fn drop(&mut self) {
        if self.is_open || !self.back.is_empty() {
            self.connection.abandon("ROLLBACK", &self.back);
        }
    }
}
