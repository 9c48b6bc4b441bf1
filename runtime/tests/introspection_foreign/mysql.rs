//! A database of MySQL or MariaDB.

use crate::foreign::Foreign;
use crate::shown;
use servicekit::Dialect;
use servicekit::diff::Difference;
use servicekit::introspection::Introspection;
use servicekit::schema::Schema;
use servicekit::sqlx::{self, AssertSqlSafe, Connection as _, MySqlConnection, Row as _};
use servicekit_test_servers::{TestDatabase, mysql, own_dump};

#[derive(Debug)]
pub(crate) struct MySql {
    connection: MySqlConnection,
    database: TestDatabase,
}

impl Foreign for MySql {
    const DIALECT: Dialect = Dialect::Mysql;

    async fn open() -> Option<Self> {
        let database = mysql()?.create_database();
        let connection = MySqlConnection::connect(database.url()).await.unwrap();
        Some(Self { connection, database })
    }

    fn url(&self) -> String {
        self.database.url().to_owned()
    }

    async fn run(&mut self, sql: &str) {
        let done = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut self.connection).await;
        done.unwrap_or_else(|error| panic!("{error}\n{sql:.2000}"));
    }

    async fn read(&mut self) -> Schema {
        Introspection::new().read(&mut self.connection).await.unwrap_or_else(|error| panic!("{error}"))
    }

    async fn compare(&mut self, schema: &Schema) -> Difference {
        let compared = Introspection::new().compare(schema, &mut self.connection).await;
        compared.unwrap_or_else(|error| panic!("{error}"))
    }

    async fn empty(&mut self) {
        let name = self.database.name();
        let sql =
            format!("DROP DATABASE `{name}`; CREATE DATABASE `{name}` CHARACTER SET utf8mb4; USE `{name}`");
        self.run(&sql).await;
    }

    async fn dump(&mut self) -> Option<Vec<String>> {
        let dump = own_dump(self.database.url())?;
        // Which transactions there were before.
        let is_told = |line: &String| !line.contains("GTID_PURGED");
        Some(dump.split_inclusive(";\n").flat_map(shown::lines).filter(is_told).collect())
    }
}

impl MySql {
    /// Views are not read, and their dump has tables in their place.
    pub(crate) async fn drop_views(&mut self) {
        let views =
            sqlx::query("SELECT table_name FROM information_schema.views WHERE table_schema = DATABASE()");
        for view in views.fetch_all(&mut self.connection).await.unwrap() {
            self.run(&format!("DROP VIEW `{}`", view.get::<String, _>(0))).await;
        }
    }

    pub(crate) fn name(&self) -> &str {
        self.database.name()
    }

    pub(crate) async fn is_mariadb(&mut self) -> bool {
        let version = sqlx::query("SELECT VERSION()").fetch_one(&mut self.connection).await.unwrap();
        version.get::<String, _>(0).contains("MariaDB")
    }
}
