//! Databases of the three kinds that a change is made in.

use crate::head::Server;
use crate::support::{history, rust};
use servicekit::diff::{Difference, Hazard, HazardKind};
use servicekit::introspection::{Count, Introspection, count};
use servicekit::schema::Schema;
use servicekit::sqlx::{
    self, AssertSqlSafe, Connection as _, MySqlConnection, PgConnection, Row as _, SqliteConnection,
};
use servicekit::{Dialect, Operations};
use servicekit_test_servers::{TestDatabase, mysql, postgres};
use std::cell::RefCell;

pub(crate) enum Place {
    Sqlite(SqliteConnection),
    #[allow(dead_code, reason = "the database is dropped with it")]
    Postgres(PgConnection, TestDatabase),
    Mysql(MySqlConnection, TestDatabase),
}

/// What a change loses, and what can be in its way.
pub(crate) fn hazards_of_rows(difference: &Difference) -> Vec<Hazard> {
    let change = difference.plan().unwrap_or_else(|error| panic!("{error}"));
    let is_of_rows = |hazard: &Hazard| matches!(hazard.kind, HazardKind::LosesData | HazardKind::CanFail);
    change.hazards.into_iter().filter(is_of_rows).collect()
}

thread_local! {
    /// What the revision records, which is a function without captures.
    static CHANGE: RefCell<Operations> = RefCell::new(Operations::default());
}

fn record(op: &mut Operations) {
    CHANGE.with_borrow(|change| op.clone_from(change));
}

/// The same for each kind of connection.
macro_rules! on {
    ($place:expr, $connection:ident => $done:expr) => {
        match $place {
            Place::Sqlite($connection) => $done,
            Place::Postgres($connection, _) => $done,
            Place::Mysql($connection, _) => $done,
        }
    };
}

impl Place {
    /// An empty one; `None`, said loudly, where there is no server.
    pub(crate) async fn open(dialect: Dialect) -> Option<Self> {
        Some(match dialect {
            Dialect::Sqlite => Self::Sqlite(SqliteConnection::connect("sqlite::memory:").await.unwrap()),
            Dialect::Postgres => {
                let database = postgres()?.create_database();
                Self::Postgres(PgConnection::connect(database.url()).await.unwrap(), database)
            }
            _ => {
                let database = mysql()?.create_database();
                Self::Mysql(MySqlConnection::connect(database.url()).await.unwrap(), database)
            }
        })
    }

    pub(crate) async fn empty(&mut self) {
        let sql = match self {
            Self::Sqlite(connection) => {
                *connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
                return;
            }
            Self::Postgres(..) => {
                "SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public"
                    .to_owned()
            }
            Self::Mysql(_, database) => {
                let name = database.name();
                format!(
                    "DROP DATABASE `{name}`; CREATE DATABASE `{name}` CHARACTER SET utf8mb4; USE `{name}`"
                )
            }
        };
        self.run(&sql).await.unwrap();
    }

    pub(crate) async fn run(&mut self, sql: &str) -> Result<(), String> {
        // MySQL takes no text without a statement.
        if sql.lines().all(|line| line.trim().is_empty() || line.starts_with("--")) {
            return Ok(());
        }
        let done =
            on!(self, connection => sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(drop));
        done.map_err(|error| format!("{error}\n{sql}"))
    }

    pub(crate) async fn read(&mut self) -> Schema {
        on!(self, connection => Introspection::new().read(connection).await)
            .unwrap_or_else(|error| panic!("{error}"))
    }

    /// What is counted of each hazard of the rows of a change.
    pub(crate) async fn counts(&mut self, difference: &Difference) -> Vec<Count> {
        let hazards = hazards_of_rows(difference);
        on!(self, connection => count(difference, &hazards, connection).await)
            .unwrap_or_else(|error| panic!("{error}"))
    }

    /// The rows of a query, each value as text.
    pub(crate) async fn rows(&mut self, sql: &str) -> Vec<Vec<Option<String>>> {
        on!(self, connection => {
            let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(connection).await;
            let rows = rows.unwrap_or_else(|error| panic!("{error}\n{sql}"));
            rows.iter()
                .map(|row| (0..row.len()).map(|at| row.get_unchecked::<Option<String>, _>(at)).collect())
                .collect()
        })
    }

    /// Makes a change; SQLite as a run does, which rebuilds tables.
    pub(crate) async fn change(&mut self, change: Operations) -> Result<(), String> {
        let dialect = match self {
            Self::Sqlite(connection) => {
                CHANGE.set(change);
                let migrations = history(&[rust("x", &[], record, None)]);
                migrations.upgrade(&mut *connection).await.map_err(|error| error.to_string())?;
                return self.run("DROP TABLE alembic_version; DROP TABLE alembic_journal").await;
            }
            Self::Postgres(..) => Dialect::Postgres,
            Self::Mysql(..) => Dialect::Mysql,
        };
        for sql in change.sql(dialect).map_err(|error| error.to_string())? {
            self.run(&sql).await?;
        }
        Ok(())
    }

    pub(crate) async fn server(&mut self) -> Server {
        let (dialect, query) = match self {
            Self::Sqlite(_) => (Dialect::Sqlite, "SELECT sqlite_version()"),
            Self::Postgres(..) => (Dialect::Postgres, "SHOW server_version"),
            Self::Mysql(..) => (Dialect::Mysql, "SELECT VERSION()"),
        };
        let version = self.rows(query).await;
        Server::new(dialect, version[0][0].as_deref().unwrap())
    }
}
