//! Creating the tables of a list of models.

use super::{InvalidModels, Metadata};
use crate::backend::{
    Acquired, Connection, IntoConnection, Link, RunConnection, Timeouts, begin_error, database_error, during,
};
use crate::error::{Error, ErrorKind, Phase};
use crate::schema::{Schema, TableName};
use servicekit_schema::script::{self, ScriptError};
use std::fmt;

/// Why the tables of models were not created.
#[derive(Debug)]
#[non_exhaustive]
pub enum CreateAllError {
    /// The models do not fit together.
    Invalid(InvalidModels),
    /// The database does not have what a model asks for.
    Unsupported(ScriptError),
    /// Tables of these names are there. Nothing was created.
    Exist {
        /// The tables.
        tables: Vec<TableName>,
    },
    /// The database refused a statement.
    #[non_exhaustive]
    Statement {
        /// The statement.
        sql: String,
        /// Why.
        source: sqlx::Error,
        /// How many statements before it stay done: on MySQL, which commits each by itself.
        done: usize,
    },
    /// There was no connection, or a transaction was open on it.
    Connection(Error),
}

impl fmt::Display for CreateAllError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(invalid) => invalid.fmt(f),
            Self::Unsupported(error) => match error.help() {
                Some(help) => write!(f, "{error}\nhelp: {help}"),
                None => error.fmt(f),
            },
            Self::Exist { tables } => {
                let (are, names) = (if tables.len() == 1 { "table" } else { "tables" }, list(tables));
                write!(
                    f,
                    "the database has the {are} {names} already, and nothing was created\n\
                     help: `create_all` is for an empty database; a revision changes one that has tables"
                )
            }
            Self::Statement { sql, source, done } => {
                let first = sql.lines().next().unwrap_or_default();
                let reason = source
                    .as_database_error()
                    .map_or_else(|| source.to_string(), |error| error.message().to_owned());
                write!(f, "`{first}` failed: {reason}\nnow: ")?;
                match done {
                    0 => f.write_str("nothing was created"),
                    1 => f.write_str("the statement before it stays done"),
                    done => write!(f, "the {done} statements before it stay done"),
                }
            }
            Self::Connection(error) => error.fmt(f),
        }
    }
}

/// `a`, `a and b`, each in backticks.
fn list(tables: &[TableName]) -> String {
    servicekit_chain::diagnostic::list(tables.iter().map(|table| format!("`{table}`")), "and")
}

impl std::error::Error for CreateAllError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Invalid(invalid) => invalid.source(),
            Self::Unsupported(error) => error.source(),
            Self::Exist { .. } => None,
            Self::Statement { source, .. } => Some(source),
            Self::Connection(error) => error.source(),
        }
    }
}

impl From<InvalidModels> for CreateAllError {
    fn from(invalid: InvalidModels) -> Self {
        Self::Invalid(invalid)
    }
}

impl From<Error> for CreateAllError {
    fn from(error: Error) -> Self {
        Self::Connection(error)
    }
}

impl Metadata {
    /// Creates the tables in an empty database, each after those that it refers to: for a prototype that has no revisions
    /// yet, or a test.
    ///
    /// On PostgreSQL and SQLite it is one transaction: all tables are created, or none. The enum types of PostgreSQL are
    /// created too. Nothing is recorded of it, so a history that is begun later starts with
    /// [`stamp`](crate::Migrator::stamp), or with an empty database.
    ///
    /// Each connection to `sqlite::memory:` of sqlx alone has a database of its own: those of
    /// [`SqliteDatabaseBuilder::in_memory`](crate::SqliteDatabaseBuilder::in_memory) share one. If you pass a connection, do
    /// not drop the future: a transaction could stay open on it.
    ///
    /// # Errors
    /// If the models do not fit together, the database does not have what one asks for, one of the tables is there, or a
    /// statement fails.
    ///
    /// # Examples
    /// ```standalone_crate
    /// # #[cfg(feature = "sqlite")] mod sqlite {
    /// use servicekit::{Table, models, sqlx};
    ///
    /// #[derive(Table)]
    /// struct Note {
    ///     #[column(primary_key)]
    ///     id: i64,
    ///     text: String,
    /// }
    ///
    /// # pub async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let database = servicekit::SqliteDatabaseBuilder::in_memory().build();
    /// database.init().await?;
    /// models![Note].create_all(&database).await?;
    /// sqlx::query("INSERT INTO notes (id, text) VALUES (1, 'milk')").execute(&database.pool()?).await?;
    /// # Ok(())
    /// # }
    /// # }
    /// # #[cfg(feature = "sqlite")]
    /// # tokio::runtime::Runtime::new().unwrap().block_on(sqlite::example()).unwrap();
    /// ```
    pub async fn create_all<'c>(&self, database: impl IntoConnection<'c>) -> Result<(), CreateAllError> {
        self.create_all_on(database.link()).await
    }

    async fn create_all_on(&self, link: Link<'_>) -> Result<(), CreateAllError> {
        let tables = self.tables()?;
        let tables = match self.naming_convention() {
            Some(naming) => tables.into_iter().map(|table| naming.named(table)).collect(),
            None => tables,
        };
        let (schema, timeouts) = (Schema::from(tables), Timeouts::default());
        let acquired = Acquired::take(link, &timeouts).await?;
        match acquired.into_own(&timeouts).await? {
            RunConnection::Lent(connection) => create(connection, &schema).await,
            RunConnection::Ours(mut own) => {
                // The connection is not waited for when no answer comes on it.
                let result = match create(own.connection(), &schema).await {
                    Err(CreateAllError::Connection(error)) => Err(error),
                    other => Ok(other),
                };
                own.give_back(result, &timeouts).await?
            }
        }
    }
}

async fn create(mut connection: Connection<'_>, schema: &Schema) -> Result<(), CreateAllError> {
    let dialect = connection.engine().dialect();
    let statements = script::statements(&schema.operations(dialect), dialect);
    let statements = statements.map_err(CreateAllError::Unsupported)?;
    connection.refuse_transaction()?;
    if connection.is_in_transaction().await.map_err(during(Phase::Begin))? {
        return Err(Error::from(ErrorKind::InTransaction).into());
    }
    let tables = existing(&mut connection, schema).await?;
    if !tables.is_empty() {
        return Err(CreateAllError::Exist { tables });
    }
    let is_transactional = dialect.select(true, true, false);
    if is_transactional {
        let begin = connection.engine().begin().to_owned();
        connection.begin(&[begin]).await.map_err(|error| begin_error(error.source))?;
    }
    if let Err(error) = connection.run(&statements).await {
        let done = if is_transactional { 0 } else { error.index };
        if is_transactional && let Err(left) = connection.rollback().await {
            tracing::debug!(error = %left, "rollback");
        }
        let sql = statements.get(error.index).cloned().unwrap_or_default();
        return Err(CreateAllError::Statement { sql, source: error.source, done });
    }
    if is_transactional {
        let phase = Phase::Commit { revision: None };
        connection.commit().await.map_err(|error| database_error(phase, error))?;
    }
    Ok(())
}

/// The tables of the schema whose names are taken.
async fn existing(connection: &mut Connection<'_>, schema: &Schema) -> Result<Vec<TableName>, Error> {
    let engine = connection.engine();
    let questions: Vec<String> = schema
        .tables
        .iter()
        .map(|table| engine.is_table_there(table.name.schema.as_deref(), &table.name.name))
        .collect();
    if questions.is_empty() {
        return Ok(Vec::new());
    }
    let answers = connection.ask(&questions).await.map_err(during(Phase::Identify))?;
    let found = schema.tables.iter().zip(answers).filter(|(_, answer)| !answer.rows.is_empty());
    Ok(found.map(|(table, _)| table.name.clone()).collect())
}
