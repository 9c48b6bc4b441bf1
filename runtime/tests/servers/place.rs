//! A database of its own on a server, and questions to it.

use servicekit::database::AnyBackend;
use servicekit::sqlx::{self, AssertSqlSafe, Connection as _, Executor as _, Row as _};
use servicekit::{Database, Migrations, Migrator};
use servicekit_test_servers::{TestDatabase, mysql, postgres};

/// A database of its own for one test, dropped with the value.
pub(crate) struct Place {
    pub(crate) database: TestDatabase,
}

/// One of each kind of server that is there.
pub(crate) fn places() -> Vec<Place> {
    [postgres(), mysql()]
        .into_iter()
        .flatten()
        .map(|server| Place { database: server.create_database() })
        .collect()
}

pub(crate) fn on_postgres() -> Option<Place> {
    postgres().map(|server| Place { database: server.create_database() })
}

pub(crate) fn on_mysql() -> Option<Place> {
    mysql().map(|server| Place { database: server.create_database() })
}

/// Runs a call of the migrator on a connection of its own.
macro_rules! on {
    ($place:expr, $migrations:expr, $call:ident $(, $argument:expr)*) => {{
        if $place.is_postgres() {
            let mut connection = sqlx::PgConnection::connect($place.url()).await.unwrap();
            $migrations.migrator().$call(&mut connection $(, $argument)*).await
        } else {
            let mut connection = sqlx::MySqlConnection::connect($place.url()).await.unwrap();
            $migrations.migrator().$call(&mut connection $(, $argument)*).await
        }
    }};
}
pub(crate) use on;

impl Place {
    pub(crate) fn url(&self) -> &str {
        self.database.url()
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.url().starts_with("postgres")
    }

    /// The first number of the server's version.
    pub(crate) fn version(&self) -> u32 {
        let version = self.database.server().version();
        version.split(|letter: char| !letter.is_ascii_digit()).next().unwrap().parse().unwrap()
    }

    /// A service's database, not opened yet.
    pub(crate) fn service(&self, migrations: impl Into<Migrator>) -> Database<AnyBackend> {
        open(self.url(), migrations)
    }

    /// Brings it to head, as a service does at its start.
    pub(crate) async fn upgrade(&self, migrations: Migrations) -> servicekit::Report {
        let service = self.service(migrations);
        let report = service.init().await.unwrap();
        service.dispose().await;
        report
    }

    /// The same, open and left as it is.
    pub(crate) async fn opened(&self) -> Database<AnyBackend> {
        let database = Database::from_url(self.url()).unwrap().with_max_connections(2).build();
        database.init().await.unwrap();
        database
    }

    pub(crate) async fn ask(&self, sql: &str) -> Vec<String> {
        ask(self.url(), sql).await
    }

    pub(crate) async fn run(&self, sql: &str) {
        ask(self.url(), sql).await;
    }

    /// The version rows, sorted, with the mark row if it stands.
    pub(crate) async fn rows(&self) -> String {
        self.ask("SELECT version_num FROM alembic_version ORDER BY 1").await.join(", ")
    }

    /// The journal without what differs from run to run.
    pub(crate) async fn journal(&self) -> Vec<String> {
        self.ask("SELECT concat(revision, ' ', direction, ' ', stage, '/', stages, ' ', state) FROM alembic_journal ORDER BY seq")
            .await
    }
}

/// A service's database that a URL names.
pub(crate) fn open(url: &str, migrations: impl Into<Migrator>) -> Database<AnyBackend> {
    Database::from_url(url).unwrap().with_max_connections(2).with_migrations(migrations).build()
}

/// What a query says: a row a line, its values with `|` between them.
pub(crate) async fn ask(url: &str, sql: &str) -> Vec<String> {
    macro_rules! ask {
        ($connection:ty) => {{
            let mut connection = <$connection>::connect(url).await.unwrap();
            let rows = connection.fetch_all(sqlx::raw_sql(AssertSqlSafe(sql))).await;
            let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
            let text = |row: &_, at| {
                sqlx::Row::try_get_unchecked::<Option<String>, usize>(row, at)
                    .unwrap()
                    .unwrap_or("NULL".to_owned())
            };
            let lines =
                rows.iter().map(|row| (0..row.len()).map(|at| text(row, at)).collect::<Vec<_>>().join("|"));
            let lines = lines.collect();
            connection.close().await.unwrap();
            lines
        }};
    }
    if url.starts_with("postgres") { ask!(sqlx::PgConnection) } else { ask!(sqlx::MySqlConnection) }
}
