//! A file of SQLite.

use crate::foreign::Foreign;
use crate::stored_text::{Keys, parts};
use servicekit::Dialect;
use servicekit::diff::Difference;
use servicekit::introspection::Introspection;
use servicekit::operation::Operation;
use servicekit::schema::Schema;
use servicekit::sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use servicekit::sqlx::{self, AssertSqlSafe, ConnectOptions as _, Row as _, SqliteConnection};
use tempfile::TempDir;

#[derive(Debug)]
pub(crate) struct Sqlite {
    connection: SqliteConnection,
    folder: TempDir,
}

impl Foreign for Sqlite {
    const DIALECT: Dialect = Dialect::Sqlite;

    async fn open() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let connection = connect(&folder).await;
        Some(Self { connection, folder })
    }

    fn url(&self) -> String {
        format!("sqlite://{}", self.folder.path().join("a.db").display())
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
        self.folder = tempfile::tempdir().unwrap();
        self.connection = connect(&self.folder).await;
    }

    /// What has no name gets the one that the convention gives.
    fn read_again(schema: &Schema) -> Schema {
        let mut named = Schema::default();
        for recorded in schema.operations(Dialect::Sqlite).into_recorded(Dialect::Sqlite) {
            let Operation::CreateTable(create) = recorded.operation else { panic!("{recorded:?}") };
            let mut table = create.table;
            table.constraints.sort_by_key(|each| (each.kind(), each.name().map(str::to_owned)));
            table.indexes.sort_by(|one, other| one.name.cmp(&other.name));
            named.tables.push(table);
        }
        named.tables.sort_by(|one, other| one.name.cmp(&other.name));
        named
    }

    async fn dump(&mut self) -> Option<Vec<String>> {
        let keys = "SELECT m.name, '( ' || group_concat(lower(c.name), ' , ') || ' )' FROM sqlite_schema AS m \
                    JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table' AND c.pk GROUP BY m.name";
        let rows = sqlx::query(keys).fetch_all(&mut self.connection).await.unwrap();
        let keys: Keys = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
        let stored = "SELECT tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND type IN ('table', 'index') \
                      AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
        let rows = sqlx::query(stored).fetch_all(&mut self.connection).await.unwrap();
        let parts_of = |row: &SqliteRow| parts(row.get(0), row.get(1), &keys);
        let mut all: Vec<String> = rows.iter().flat_map(parts_of).collect();
        all.sort();
        // What SQLite takes from one of two constraints that say the same.
        all.dedup();
        Some(all)
    }
}

async fn connect(folder: &TempDir) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(folder.path().join("a.db"));
    options.create_if_missing(true).foreign_keys(false).connect().await.unwrap()
}
