//! A database of each kind that is emptied and filled again.

use servicekit::Dialect;
use servicekit::introspection::Introspection;
use servicekit::schema::Schema;
use servicekit::sqlx::{
    self, AssertSqlSafe, Connection as _, MySqlConnection, PgConnection, SqliteConnection,
};
use servicekit_test_servers::{TestDatabase, mysql, postgres};

pub(crate) enum Place {
    Sqlite(SqliteConnection),
    #[allow(dead_code, reason = "the database is dropped with it")]
    Postgres(PgConnection, TestDatabase),
    Mysql(MySqlConnection, TestDatabase),
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
pub(crate) use on;

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
}
