//! A database that can be emptied, read, and made again from what was read.

use crate::shown;
use servicekit::Dialect;
use servicekit::diff::Difference;
use servicekit::introspection::Introspection;
use servicekit::requirement::{Product, ServerVersion};
use servicekit::schema::Schema;
use servicekit::sqlx::{self, AssertSqlSafe, Connection as _, Executor as _, MySqlConnection, Row as _};
use servicekit_test_servers::{TestDatabase, mysql};

#[derive(Debug)]
pub(crate) struct Bench {
    pub(crate) connection: MySqlConnection,
    pub(crate) database: TestDatabase,
    pub(crate) is_mariadb: bool,
}

impl Bench {
    /// `None`, said loudly, where there is no server.
    pub(crate) async fn open() -> Option<Self> {
        let database = mysql()?.create_database();
        let connection = MySqlConnection::connect(database.url()).await.unwrap();
        let mut bench = Self { connection, database, is_mariadb: false };
        bench.is_mariadb = bench.ask("SELECT VERSION()").await.concat().contains("MariaDB");
        Some(bench)
    }

    pub(crate) async fn server(&mut self) -> Option<ServerVersion> {
        let product = if self.is_mariadb { Product::Mariadb } else { Product::Mysql };
        ServerVersion::parse(product, &self.ask("SELECT VERSION()").await.concat())
    }

    pub(crate) async fn empty(&mut self) {
        let name = self.database.name();
        let sql =
            format!("DROP DATABASE `{name}`; CREATE DATABASE `{name}` CHARACTER SET utf8mb4; USE `{name}`");
        self.run(&sql).await;
    }

    pub(crate) async fn run(&mut self, sql: &str) {
        self.try_run(sql).await.unwrap_or_else(|error| panic!("{error}\n{sql:.2000}"));
    }

    pub(crate) async fn try_run(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut self.connection).await.map(drop)
    }

    /// The rows, with `|` between the values.
    pub(crate) async fn ask(&mut self, sql: &str) -> Vec<String> {
        let rows = self.connection.fetch_all(sqlx::raw_sql(AssertSqlSafe(sql))).await;
        let rows = rows.unwrap_or_else(|error| panic!("{error}\n{sql:.2000}"));
        let text = |row: &sqlx::mysql::MySqlRow, at| {
            row.try_get_unchecked::<Option<String>, usize>(at).unwrap().unwrap_or_else(|| "NULL".to_owned())
        };
        rows.iter().map(|row| (0..row.len()).map(|at| text(row, at)).collect::<Vec<_>>().join("|")).collect()
    }

    pub(crate) async fn read(&mut self) -> Schema {
        Introspection::new().read(&mut self.connection).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// What differs between the database and a schema.
    pub(crate) async fn compare(&mut self, schema: &Schema) -> Difference {
        let compared = Introspection::new().compare(schema, &mut self.connection).await;
        compared.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Empties the database, and makes what a schema says.
    pub(crate) async fn make(&mut self, schema: &Schema) {
        self.empty().await;
        let statements = schema.operations(Dialect::Mysql).sql(Dialect::Mysql);
        for sql in statements.unwrap_or_else(|error| panic!("{error}\n{schema:#?}")) {
            self.run(&sql).await;
        }
    }

    /// Reads the database, makes it again elsewhere, and finds both the same: as it is read, and as the server shows it.
    pub(crate) async fn round_trip(&mut self, what: &str) -> Schema {
        let (first, shown) = (self.read().await, self.shown().await);
        self.make(&first).await;
        let (second, again) = (self.read().await, self.shown().await);
        assert_eq!(first, second, "{what}");
        let differences: Vec<_> = shown.iter().zip(&again).filter(|(one, other)| one != other).collect();
        assert_eq!(differences, [], "{what}");
        assert_eq!(shown, again, "{what}");
        first
    }

    /// Every table as the server shows it, a part a line.
    async fn shown(&mut self) -> Vec<String> {
        let tables =
            self.ask("SHOW FULL TABLES WHERE Table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')").await;
        let mut lines = Vec::new();
        for table in tables {
            let (name, _) = table.rsplit_once('|').unwrap();
            let shown = self.ask(&format!("SHOW CREATE TABLE `{}`", name.replace('`', "``"))).await.concat();
            let text = shown.split_once("|CREATE ").unwrap().1;
            lines.extend(shown::lines(text));
        }
        lines
    }
}
