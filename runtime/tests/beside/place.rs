//! A database of each kind that is emptied and filled again.

use crate::models::shop;
use servicekit::diff::Difference;
use servicekit::introspection::{Introspection, decide};
use servicekit::schema::Schema;
use servicekit::sqlx::{
    self, AssertSqlSafe, Connection as _, MySqlConnection, PgConnection, SqliteConnection,
};
use servicekit::testing::{ModelsError, check_models_on};
use servicekit::{Dialect, Metadata, Migrations};
use servicekit_test_servers::{TestDatabase, mysql, postgres};
use std::fs;

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

impl Place {
    /// An empty one; `None`, said loudly, where there is no server. What Alembic recorded is for MariaDB.
    pub(crate) async fn open(dialect: Dialect) -> Option<Self> {
        Some(match dialect {
            Dialect::Sqlite => Self::Sqlite(SqliteConnection::connect("sqlite::memory:").await.unwrap()),
            Dialect::Postgres => {
                let database = postgres()?.create_database();
                Self::Postgres(PgConnection::connect(database.url()).await.unwrap(), database)
            }
            _ => {
                let database = mysql().filter(|server| server.is_mariadb())?.create_database();
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
        self.run(&sql).await;
    }

    async fn run(&mut self, sql: &str) {
        let done =
            on!(self, connection => sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(drop));
        done.unwrap_or_else(|error| panic!("{error}\n{sql}"));
    }

    /// Brings an empty database to the head of a history.
    pub(crate) async fn upgrade(&mut self, migrations: Migrations) {
        on!(self, connection => migrations.upgrade(connection).await.map(drop)).unwrap();
    }

    pub(crate) async fn read(&mut self) -> Schema {
        on!(self, connection => Introspection::new().read(connection).await).unwrap()
    }

    /// What differs between two schemas, as this database tells.
    pub(crate) async fn difference(&mut self, from: &Schema, to: &Schema, dialect: Dialect) -> Difference {
        on!(self, connection => decide(from.difference(to, dialect), connection).await).unwrap()
    }

    /// What `check` says of models; nothing where they are what the history makes.
    pub(crate) async fn check(&mut self, migrations: Migrations, models: Metadata) -> Vec<String> {
        match on!(self, connection => check_models_on(migrations, models, connection).await) {
            Ok(()) => Vec::new(),
            Err(ModelsError::Differ(differ)) => {
                let facts = differ.difference.descriptions().map(|fact| fact.to_string());
                facts.collect()
            }
            Err(error) => panic!("{error}"),
        }
    }
}

/// A history of one revision with these statements, which makes the tables of the models.
pub(crate) fn history(statements: &str, dialect: Dialect) -> Migrations {
    let names: Vec<String> = shop(dialect).places().iter().map(|(table, _)| format!("+{table}")).collect();
    let folder = tempfile::tempdir().unwrap();
    let versions = folder.path().join("versions");
    fs::create_dir(&versions).unwrap();
    let header = format!("-- create the shop\n-- revision: a1\n-- models: {}\n", names.join(", "));
    fs::write(versions.join("a1_shop.sql"), format!("{header}\n-- +upgrade\n{statements}\n")).unwrap();
    Migrations::from_folder(folder.path(), "tests 1.0.0").unwrap()
}
