//! A database of its own of each kind, which a case can have empty.

use servicekit::Dialect;
use servicekit::requirement::{Product, ServerVersion};
use servicekit::sqlx::{
    self, AssertSqlSafe, Connection as _, Executor as _, MySqlConnection, PgConnection, Row as _,
    SqliteConnection,
};
use servicekit_test_servers::{TestDatabase, mysql, postgres};

/// A connection to an empty database.
#[derive(Debug)]
pub(crate) enum Client {
    Sqlite(SqliteConnection),
    Postgres(PgConnection, #[allow(dead_code, reason = "it goes when it is dropped")] TestDatabase),
    MySql(MySqlConnection, TestDatabase),
}

impl Client {
    /// `None`, said loudly, where there is no server.
    pub(crate) async fn open(dialect: Dialect) -> Option<Self> {
        Some(match dialect {
            Dialect::Sqlite => Self::Sqlite(memory().await),
            Dialect::Postgres => {
                let database = postgres()?.create_database();
                Self::Postgres(PgConnection::connect(database.url()).await.unwrap(), database)
            }
            Dialect::Mysql => {
                let database = mysql()?.create_database();
                Self::MySql(MySqlConnection::connect(database.url()).await.unwrap(), database)
            }
            other => panic!("no client for {other}"),
        })
    }

    /// Takes away everything that is in the database.
    pub(crate) async fn empty(&mut self) {
        let statements = match self {
            Self::Sqlite(connection) => {
                *connection = memory().await;
                return;
            }
            Self::Postgres(..) => vec![
                "DROP SCHEMA IF EXISTS shop CASCADE".to_owned(),
                "DROP SCHEMA public CASCADE".to_owned(),
                "CREATE SCHEMA public".to_owned(),
            ],
            Self::MySql(_, database) => {
                let name = database.name();
                vec![
                    format!("DROP DATABASE `{name}`"),
                    format!("CREATE DATABASE `{name}` CHARACTER SET utf8mb4"),
                    format!("USE `{name}`"),
                ]
            }
        };
        for statement in statements {
            self.run(&statement).await.unwrap();
        }
    }

    /// The name of the database, as a schema of MySQL.
    pub(crate) fn schema(&self) -> &str {
        match self {
            Self::MySql(_, database) => database.name(),
            _ => "",
        }
    }

    pub(crate) async fn run(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        let query = sqlx::raw_sql(AssertSqlSafe(sql));
        match self {
            Self::Sqlite(connection) => query.execute(connection).await.map(drop),
            Self::Postgres(connection, _) => query.execute(connection).await.map(drop),
            Self::MySql(connection, _) => query.execute(connection).await.map(drop),
        }
    }

    /// Which server it is; `None` for SQLite.
    pub(crate) async fn server(&mut self) -> Option<ServerVersion> {
        let question = match self {
            Self::Sqlite(_) => return None,
            Self::Postgres(..) => "SHOW server_version",
            Self::MySql(..) => "SELECT version()",
        };
        let told = self.ask(question).await.concat();
        let product = match self {
            Self::MySql(..) if told.contains("MariaDB") => Product::Mariadb,
            Self::MySql(..) => Product::Mysql,
            _ => Product::Postgres,
        };
        ServerVersion::parse(product, &told)
    }

    /// What a query says: a row a line, its values with `|` between them.
    pub(crate) async fn ask(&mut self, sql: &str) -> Vec<String> {
        macro_rules! rows {
            ($connection:expr) => {{
                let rows = $connection.fetch_all(sqlx::raw_sql(AssertSqlSafe(sql))).await;
                let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
                let text = |row: &_, at| {
                    let value = sqlx::Row::try_get_unchecked::<Option<String>, usize>(row, at).unwrap();
                    value.unwrap_or("NULL".to_owned())
                };
                rows.iter()
                    .map(|row| (0..row.len()).map(|at| text(row, at)).collect::<Vec<_>>().join("|"))
                    .collect()
            }};
        }
        match self {
            Self::Sqlite(connection) => rows!(connection),
            Self::Postgres(connection, _) => rows!(connection),
            Self::MySql(connection, _) => rows!(connection),
        }
    }
}

async fn memory() -> SqliteConnection {
    SqliteConnection::connect("sqlite::memory:").await.unwrap()
}
