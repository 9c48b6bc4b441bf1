//! A database of PostgreSQL.

use crate::foreign::Foreign;
use servicekit::Dialect;
use servicekit::diff::Difference;
use servicekit::introspection::Introspection;
use servicekit::schema::Schema;
use servicekit::sqlx::{self, AssertSqlSafe, Connection as _, PgConnection, Row as _};
use servicekit_test_servers::{TestDatabase, own_client, own_dump, postgres};

#[derive(Debug)]
pub(crate) struct Postgres {
    connection: PgConnection,
    database: TestDatabase,
}

impl Foreign for Postgres {
    const DIALECT: Dialect = Dialect::Postgres;

    async fn open() -> Option<Self> {
        let database = postgres()?.create_database();
        let connection = PgConnection::connect(database.url()).await.unwrap();
        let mut opened = Self { connection, database };
        // The schema `public` of a new database has another owner than one that is created.
        opened.empty().await;
        Some(opened)
    }

    fn url(&self) -> String {
        self.database.url().to_owned()
    }

    async fn run(&mut self, sql: &str) {
        let done = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut self.connection).await;
        done.unwrap_or_else(|error| panic!("{error}\n{sql:.2000}"));
    }

    async fn read(&mut self) -> Schema {
        let wanted = self.wanted().await;
        wanted.read(&mut self.connection).await.unwrap_or_else(|error| panic!("{error}"))
    }

    async fn compare(&mut self, schema: &Schema) -> Difference {
        let wanted = self.wanted().await;
        wanted.compare(schema, &mut self.connection).await.unwrap_or_else(|error| panic!("{error}"))
    }

    async fn empty(&mut self) {
        self.run(
            "SET client_min_messages = warning; DO $$ DECLARE s name; BEGIN FOR s IN SELECT nspname FROM pg_namespace \
             WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP \
             EXECUTE format('DROP SCHEMA %I CASCADE', s); END LOOP; END $$; CREATE SCHEMA public",
        )
        .await;
    }

    async fn dump(&mut self) -> Option<Vec<String>> {
        let dump = own_dump(self.database.url())?;
        // `\restrict` has a random text.
        let is_told = |line: &&str| !line.is_empty() && !line.starts_with("--") && !line.starts_with('\\');
        Some(dump.lines().filter(is_told).map(without_spelling).collect())
    }

    /// PostgreSQL writes some expressions otherwise when it reads what it wrote: `a IN ('b')` of a `varchar`.
    async fn settle(&mut self) -> bool {
        let Some(dump) = own_dump(self.database.url()) else { return false };
        self.empty().await;
        own_client(self.database.url(), &dump).is_some()
    }
}

impl Postgres {
    async fn wanted(&mut self) -> Introspection {
        let wanted = Introspection::new().schema("public");
        if self.has_shop().await { wanted.schema("shop") } else { wanted }
    }

    async fn has_shop(&mut self) -> bool {
        let found = sqlx::query("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'shop')");
        found.fetch_one(&mut self.connection).await.unwrap().get(0)
    }

    /// Such as 15.
    pub(crate) async fn version(&mut self) -> u32 {
        let number = sqlx::query("SELECT current_setting('server_version_num')::integer / 10000");
        number.fetch_one(&mut self.connection).await.unwrap().get::<i32, _>(0).unsigned_abs()
    }
}

/// A number in quotes as a default is that number.
fn without_spelling(line: &str) -> String {
    let mut line = line.to_owned();
    for data_type in ["smallint", "integer", "bigint", "numeric"] {
        if let Some((before, after)) = line.split_once(&format!("'::{data_type}"))
            && let Some((start, number)) = before.rsplit_once("DEFAULT '")
            && number.parse::<f64>().is_ok()
        {
            line = format!("{start}DEFAULT {number}{after}");
        }
    }
    line
}
