//! Ready copies of templates, on servers of this test alone. The tests start this program again, as nextest does.

mod children;
mod laws;

use servicekit::sqlx::{self, Connection as _, MySqlConnection, PgConnection};
use servicekit_test_servers::PrivateServer;
use std::collections::BTreeSet;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const VARIABLE: &str = "SERVICEKIT_TEST_READY_COPIES";

/// What the list of servicekit says of a database.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, sqlx::FromRow)]
struct Listed {
    kind: String,
    name: String,
    owner: String,
}

/// What a child said of its database.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    database: String,
    contents: String,
}

/// A server of its own.
struct Run {
    server: PrivateServer,
    kind: &'static str,
    folder: tempfile::TempDir,
}

/// What a child is to do.
#[derive(Clone, Copy)]
struct Order {
    test: &'static str,
    wanted: &'static str,
    /// How many copies are kept ready.
    ready: &'static str,
    /// Which history, with how many tables.
    history: &'static str,
    tables: &'static str,
}

const TELLS: Order = Order { test: "tells", wanted: "", ready: "2", history: "one", tables: "3" };

impl Run {
    fn all() -> Vec<Self> {
        let new = |(server, kind)| Self { server, kind, folder: tempfile::tempdir().unwrap() };
        let postgres = PrivateServer::postgres().start().map(|server| (server, "on_postgres"));
        let mysql = PrivateServer::mysql().start().map(|server| (server, "on_mysql"));
        postgres.into_iter().chain(mysql).map(new).collect()
    }

    fn is_postgres(&self) -> bool {
        self.kind == "on_postgres"
    }

    fn start(&self, order: Order) -> Child {
        self.command(order).spawn().unwrap()
    }

    fn command(&self, order: Order) -> Command {
        let variable = self.server.server().engine().url_variable();
        let test = format!("ready::children::{}::{}", self.kind, order.test);
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", &test, "--include-ignored", "--nocapture", "--test-threads=1"])
            .env(variable, self.server.url())
            .env("SERVICEKIT_TEST_FOLDER", self.folder.path())
            .env(VARIABLE, order.ready)
            .env("KIT_APPLICATION", order.history)
            .env("KIT_TABLES", order.tables)
            .env("KIT_TEST", order.wanted)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// What a child says that succeeds; several tests in one process say more than one.
    fn tell_all(child: Child) -> Vec<Told> {
        let output = child.wait_with_output().unwrap();
        let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        assert!(output.status.success(), "{printed}");
        let told = printed.lines().filter_map(|line| line.split_once("database: ")).map(|(_, told)| {
            let (database, contents) = told.split_once(' ').unwrap();
            Told { database: database.to_owned(), contents: contents.to_owned() }
        });
        told.collect()
    }

    fn tell(&self, order: Order) -> Told {
        let told = Self::tell_all(self.start(order));
        let [told] = told.as_slice() else { panic!("{told:?}") };
        told.clone()
    }

    /// Everything in the list of servicekit, the oldest first; nothing as long as there is none.
    async fn listed(&self) -> Vec<Listed> {
        const SQL: &str = "SELECT kind, name, owner FROM";
        let listed = if self.is_postgres() {
            let options: sqlx::postgres::PgConnectOptions = self.server.url().parse().unwrap();
            let options = options.database("_servicekit_test");
            let Ok(mut connection) = PgConnection::connect_with(&options).await else { return Vec::new() };
            let sql = format!("{SQL} databases ORDER BY used, name");
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(&mut connection).await
        } else {
            let mut connection = MySqlConnection::connect(self.server.url()).await.unwrap();
            let sql = format!("{SQL} _servicekit_test.`databases` ORDER BY used, name");
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(&mut connection).await
        };
        listed.unwrap_or_default()
    }

    /// Those of one kind.
    async fn of_kind(&self, kind: &str) -> Vec<Listed> {
        self.listed().await.into_iter().filter(|listed| listed.kind == kind).collect()
    }

    /// The names of copies that are ready and whole.
    async fn ready(&self) -> BTreeSet<String> {
        let (listed, there) = (self.of_kind("ready").await, self.databases().await);
        listed.into_iter().map(|listed| listed.name).filter(|name| there.contains(name)).collect()
    }

    /// All databases of the server.
    async fn databases(&self) -> BTreeSet<String> {
        let names: Vec<String> = if self.is_postgres() {
            let mut connection = PgConnection::connect(self.server.url()).await.unwrap();
            let sql = "SELECT datname::text FROM pg_database";
            sqlx::query_scalar(sql).fetch_all(&mut connection).await.unwrap()
        } else {
            let mut connection = MySqlConnection::connect(self.server.url()).await.unwrap();
            let sql = "SELECT schema_name FROM information_schema.schemata";
            sqlx::query_scalar(sql).fetch_all(&mut connection).await.unwrap()
        };
        names.into_iter().collect()
    }

    /// Changes something behind servicekit's back.
    async fn execute(&self, in_list: bool, sql: &str) {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        if self.is_postgres() {
            let options: sqlx::postgres::PgConnectOptions = self.server.url().parse().unwrap();
            let options = if in_list { options.database("_servicekit_test") } else { options };
            let mut connection = PgConnection::connect_with(&options).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        } else {
            let mut connection = MySqlConnection::connect(self.server.url()).await.unwrap();
            if in_list {
                sqlx::raw_sql("USE _servicekit_test").execute(&mut connection).await.unwrap();
            }
            sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        }
    }

    /// Waits until at least so many copies are ready.
    async fn until_ready(&self, count: usize) -> BTreeSet<String> {
        let deadline = Instant::now() + Duration::from_mins(1);
        loop {
            let ready = self.ready().await;
            if ready.len() >= count {
                return ready;
            }
            assert!(Instant::now() < deadline, "{ready:?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Has so many copies made: on PostgreSQL one, when a test has ended.
    async fn make_ready(&self, order: Order) -> BTreeSet<String> {
        if self.is_postgres() {
            self.tell(order);
            return self.until_ready(1).await;
        }
        let mut child = self.start(Order { wanted: "sleep", ..order });
        let ready = self.until_ready(order.ready.parse().unwrap()).await;
        child.kill().unwrap();
        child.wait().unwrap();
        ready
    }
}
