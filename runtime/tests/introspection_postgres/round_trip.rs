//! A database of its own, and the way of a schema out of one and into another.

use crate::described::DESCRIBED;
use servicekit::diff::Difference;
use servicekit::introspection::Introspection;
use servicekit::revision::Dialect;
use servicekit::schema::Schema;
use servicekit::sqlx::{self, AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _};
use servicekit_test_servers::{TestDatabase, postgres};

/// A connection to a database of its own.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) connection: PgConnection,
    pub(crate) database: TestDatabase,
    /// Such as 15.
    pub(crate) version: u32,
}

impl Client {
    /// `None`, said loudly, where there is no server.
    pub(crate) async fn open() -> Option<Self> {
        let database = postgres()?.create_database();
        let connection = PgConnection::connect(database.url()).await.unwrap();
        let mut client = Self { connection, database, version: 0 };
        // Thousands of small transactions, which nobody needs after a crash.
        client.run("SET synchronous_commit = off").await;
        client.version =
            client.ask("SHOW server_version_num").await.concat().parse::<u32>().unwrap() / 10_000;
        Some(client)
    }

    pub(crate) async fn run(&mut self, sql: &str) {
        self.try_run(sql).await.unwrap_or_else(|error| panic!("{error}\n{sql:.400}"));
    }

    pub(crate) async fn try_run(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut self.connection).await.map(drop)
    }

    /// What a query says: a row a line, its values with `|` between them.
    pub(crate) async fn ask(&mut self, sql: &str) -> Vec<String> {
        let rows = self.connection.fetch_all(sqlx::raw_sql(AssertSqlSafe(sql))).await;
        let rows = rows.unwrap_or_else(|error| panic!("{error}\n{sql:.400}"));
        let value = |row: &sqlx::postgres::PgRow, at| {
            row.try_get_unchecked::<Option<String>, usize>(at).unwrap().unwrap_or("NULL".to_owned())
        };
        let line = |row: &sqlx::postgres::PgRow| {
            (0..row.len()).map(|at| value(row, at)).collect::<Vec<_>>().join("|")
        };
        rows.iter().map(line).collect()
    }

    /// Takes away everything that is in the database.
    pub(crate) async fn empty(&mut self) {
        let drop = self
            .ask(
                "SELECT format('DROP SCHEMA %I CASCADE', nspname) FROM pg_namespace \
                 WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'",
            )
            .await;
        self.run(&format!("SET client_min_messages = warning; {}; CREATE SCHEMA public", drop.join("; ")))
            .await;
    }

    pub(crate) async fn read(&mut self) -> Schema {
        self.read_what(&Introspection::new()).await
    }

    pub(crate) async fn read_what(&mut self, what: &Introspection) -> Schema {
        what.read(&mut self.connection).await.unwrap_or_else(|error| panic!("{error:?}"))
    }

    /// What differs between the database and a schema.
    pub(crate) async fn compare(&mut self, schema: &Schema) -> Difference {
        let compared = Introspection::new().compare(schema, &mut self.connection).await;
        compared.unwrap_or_else(|error| panic!("{error:?}"))
    }

    /// Makes a schema; the statements come one by one, so that an error names its own.
    pub(crate) async fn apply(&mut self, schema: &Schema) {
        for sql in statements(schema) {
            self.run(&sql).await;
        }
    }

    /// What was read makes an equal database: read again it is equal value for value, and in the server's own words.
    ///
    /// `before` makes what the schema does not hold, such as domains.
    pub(crate) async fn round_trip(&mut self, before: &str) -> Schema {
        let described = self.ask(DESCRIBED).await;
        let first = self.read().await;
        self.empty().await;
        self.run(before).await;
        self.apply(&first).await;
        let second = self.read().await;
        for (one, other) in first.tables.iter().zip(&second.tables) {
            for (one, other) in one.columns.iter().zip(&other.columns) {
                assert_eq!(one, other);
            }
            assert_eq!(one.constraints, other.constraints);
            assert_eq!(one.indexes, other.indexes);
            assert_eq!(one.remainders, other.remainders);
            assert_eq!(one, other, "{}", one.name);
        }
        assert_eq!(first, second);
        let again = self.ask(DESCRIBED).await;
        for (one, other) in described.iter().zip(&again) {
            assert_eq!(one, other);
        }
        assert_eq!(described, again);
        first
    }
}

pub(crate) fn statements(schema: &Schema) -> Vec<String> {
    schema.operations(Dialect::Postgres).sql(Dialect::Postgres).unwrap()
}
