//! A database of its own of any kind.

use servicekit::introspection::{Introspection, decide};
use servicekit::schema::Schema;
use servicekit::sqlx::{
    self, AssertSqlSafe, Connection as _, MySqlConnection, PgConnection, SqliteConnection,
};
use servicekit::{Dialect, diff::Difference};
use servicekit_test_servers::{TestDatabase, mysql, postgres};

/// A database of its own, and a connection to it.
pub(crate) enum Bench {
    Sqlite(SqliteConnection),
    Postgres(TestDatabase, PgConnection),
    Mysql(TestDatabase, MySqlConnection),
}

macro_rules! with {
    ($bench:expr, $connection:ident => $body:expr) => {
        match $bench {
            Bench::Sqlite($connection) => $body,
            Bench::Postgres(_, $connection) => $body,
            Bench::Mysql(_, $connection) => $body,
        }
    };
}

impl Bench {
    /// `None`, said loudly, where there is no server.
    pub(crate) async fn open(dialect: Dialect) -> Option<Self> {
        let database = match dialect {
            Dialect::Postgres => postgres()?.create_database(),
            Dialect::Mysql => mysql()?.create_database(),
            _ => return Some(Self::Sqlite(SqliteConnection::connect("sqlite::memory:").await.unwrap())),
        };
        Some(Self::on(database, dialect).await)
    }

    pub(crate) async fn on(database: TestDatabase, dialect: Dialect) -> Self {
        if dialect == Dialect::Postgres {
            let connection = PgConnection::connect(database.url()).await.unwrap();
            return Self::Postgres(database, connection);
        }
        let connection = MySqlConnection::connect(database.url()).await.unwrap();
        Self::Mysql(database, connection)
    }

    /// Another connection, after the server has gone.
    pub(crate) async fn reconnect(self) -> Self {
        match self {
            Self::Postgres(database, _) => Self::on(database, Dialect::Postgres).await,
            Self::Mysql(database, _) => Self::on(database, Dialect::Mysql).await,
            same @ Self::Sqlite(_) => same,
        }
    }

    /// The URL for other programs; none of a database in memory.
    pub(crate) fn url(&self) -> Option<&str> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(database, _) | Self::Mysql(database, _) => Some(database.url()),
        }
    }

    pub(crate) async fn try_run(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        with!(self, connection => sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(drop))
    }

    pub(crate) async fn decide(&mut self, difference: Difference) -> Difference {
        let decided = with!(self, connection => decide(difference, connection).await);
        decided.unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) async fn run(&mut self, sql: &str) {
        let done = self.try_run(sql).await;
        done.unwrap_or_else(|error| panic!("{error}\n{sql:.2000}"));
    }

    pub(crate) async fn read(&mut self) -> Schema {
        let read = with!(self, connection => Introspection::new().read(connection).await);
        read.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Nothing differs from a schema, and everything can be told.
    pub(crate) async fn is_like(&mut self, schema: &Schema, what: &str) {
        let left = self.compare(schema).await;
        assert!(left.is_empty() && left.untold.is_empty(), "{what}: {left}\n{:?}", left.untold);
    }

    pub(crate) async fn compare(&mut self, schema: &Schema) -> Difference {
        let compared = with!(self, connection => Introspection::new().compare(schema, connection).await);
        compared.unwrap_or_else(|error| panic!("{error}"))
    }
}
