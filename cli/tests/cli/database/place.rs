//! Databases for one test each, and questions to them.

use crate::project::{Project, shown};
use servicekit::sqlx::{self, AssertSqlSafe, Connection as _, Executor as _};
use servicekit_test_servers::{PrivateServer, TestDatabase, mysql, postgres};
use std::future::Future;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// An empty database, and the folder of revisions that is run on it.
pub(crate) struct Place {
    pub(crate) project: Project,
    url: String,
    /// Dropped with the value.
    _database: Option<TestDatabase>,
}

/// One on each kind of database that is there, with the same revisions.
pub(crate) fn everywhere(project: impl Fn() -> Project) -> Vec<Place> {
    let (sqlite, postgres, mysql) = (on_sqlite(project()), on_postgres(project()), on_mysql(project()));
    [Some(sqlite), postgres, mysql].into_iter().flatten().collect()
}

/// What a test makes of each kind of database that is there: the same on all of them.
pub(crate) fn same_everywhere(project: impl Fn() -> Project, test: impl Fn(&Place) -> String) -> String {
    let mut outcomes = everywhere(project).into_iter().map(|place| (test(&place), place));
    let (first, _sqlite) = outcomes.next().unwrap();
    for (outcome, place) in outcomes {
        assert_eq!(outcome, first, "{} differs from SQLite", place.url);
    }
    first
}

pub(crate) fn on_sqlite(project: Project) -> Place {
    let url = format!("sqlite://{}", project.path("app.db").display());
    Place { project, url, _database: None }
}

pub(crate) fn on_postgres(project: Project) -> Option<Place> {
    let database = postgres()?.create_database();
    Some(Place { project, url: database.url().to_owned(), _database: Some(database) })
}

pub(crate) fn on_mysql(project: Project) -> Option<Place> {
    let database = mysql()?.create_database();
    Some(Place { project, url: database.url().to_owned(), _database: Some(database) })
}

/// On a MariaDB of its own with these settings; dropped with the first value.
pub(crate) fn on_mariadb_with(project: Project, settings: &[(&str, &str)]) -> Option<(PrivateServer, Place)> {
    let builder = PrivateServer::mariadb();
    let builder = settings.iter().fold(builder, |builder, (name, value)| builder.setting(name, value));
    let server = builder.start()?;
    let database = server.create_database();
    Some((server, Place { project, url: database.url().to_owned(), _database: Some(database) }))
}

impl Place {
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite")
    }

    pub(crate) fn is_mysql(&self) -> bool {
        self.url.starts_with("mysql")
    }

    /// Runs `servicekit migrations` on the database, which the environment names; what it printed.
    pub(crate) fn run(&self, arguments: &str) -> String {
        self.without_names(&shown(&self.command(arguments).output().unwrap()))
    }

    /// Runs several, one after the other; each command line with what it printed.
    pub(crate) fn session(&self, command_lines: &[&str]) -> String {
        let shown: Vec<String> =
            command_lines.iter().map(|line| format!("$ {line}\n{}", self.run(line))).collect();
        shown.concat()
    }

    /// Runs several, and leaves out what is only reported when another session is waited for.
    pub(crate) fn session_without_waits(&self, command_lines: &[&str]) -> String {
        let text = self.session(command_lines);
        text.split_inclusive('\n').filter(|line| !line.starts_with("note: waiting ")).collect()
    }

    /// Its stdout as JSON, laid out, with the exit code where it is not 0.
    pub(crate) fn json(&self, arguments: &str) -> String {
        let output = self.command(&format!("{arguments} --json")).output().unwrap();
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let text = crate::project::without_times(&serde_json::to_string_pretty(&value).unwrap());
        match output.status.code() {
            Some(0) => text,
            code => format!("{text}\n[exit {}]", code.unwrap()),
        }
    }

    /// Changes what a revision says.
    pub(crate) fn edit(&self, revision: &str, before: &str, after: &str) {
        let path = self.project.path(&format!("alembic/versions/{revision}.sql"));
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(before), "{text}");
        std::fs::write(path, text.replace(before, after)).unwrap();
    }

    /// Starts it.
    pub(crate) fn start(&self, arguments: &str) -> Running {
        let mut command = self.command(arguments);
        let child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        Running { child: Some(child) }
    }

    fn command(&self, arguments: &str) -> std::process::Command {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let mut command = self.project.command(&arguments);
        command.env("DATABASE_URL", &self.url);
        command
    }

    /// The text without what differs from database to database: URL and name.
    fn without_names(&self, text: &str) -> String {
        let name = self.url.rsplit('/').next().unwrap_or_default();
        let text = text.replace(&self.url, "[URL]");
        if self.is_sqlite() { text } else { text.replace(name, "[DATABASE]") }
    }

    /// What a query says: a row a line, its values with `|` between them.
    pub(crate) fn ask(&self, sql: &str) -> Vec<String> {
        answer(&self.url, sql)
    }

    /// Waits until a query says this.
    pub(crate) fn wait_for(&self, sql: &str, answer: &str) {
        let began = Instant::now();
        while self.ask(sql) != [answer] {
            assert!(began.elapsed() < Duration::from_secs(20), "{sql} never said {answer}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits until a run is under way, in a statement that takes its time.
    pub(crate) fn wait_until_busy(&self) {
        match self.url.split(':').next() {
            Some("postgres") => self.wait_for(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' \
                 AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()",
                "1",
            ),
            Some("mysql") => self.wait_for(
                "SELECT count(*) FROM information_schema.processlist WHERE db = database() AND info LIKE 'DO sleep%'",
                "1",
            ),
            _ => {
                let began = Instant::now();
                while block_on(is_free(&self.url)) {
                    assert!(began.elapsed() < Duration::from_secs(20), "nobody writes to {}", self.url);
                    std::thread::sleep(Duration::from_millis(20));
                }
            }
        }
    }

    /// The version rows, sorted, with the mark row if it stands.
    pub(crate) fn rows(&self) -> String {
        self.ask("SELECT version_num FROM alembic_version ORDER BY 1").join(", ")
    }

    /// Takes the one lock of a SQLite file, and gives it back with the value.
    pub(crate) fn hold(&self) -> Held {
        let runtime = runtime();
        let mut connection = runtime.block_on(sqlx::SqliteConnection::connect(&self.url)).unwrap();
        runtime.block_on(connection.execute("BEGIN IMMEDIATE")).unwrap();
        Held { _connection: connection, _runtime: runtime }
    }
}

/// A SQLite file that is being written to.
pub(crate) struct Held {
    _connection: sqlx::SqliteConnection,
    _runtime: tokio::runtime::Runtime,
}

/// A program that runs; killed with the value.
pub(crate) struct Running {
    child: Option<Child>,
}

impl Running {
    /// Sends it a signal, such as `INT`.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.as_ref().unwrap().id().to_string();
        let status = std::process::Command::new("kill").args(["-s", name, &id]).status().unwrap();
        assert!(status.success());
    }

    /// Waits for its end; what it printed.
    pub(crate) fn end(mut self) -> String {
        shown(&self.child.take().unwrap().wait_with_output().unwrap())
    }

    /// Kills it, as a crash would.
    pub(crate) fn kill(mut self) {
        let mut child = self.child.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    runtime().block_on(future)
}

/// Whether nobody writes to a SQLite file.
async fn is_free(url: &str) -> bool {
    let mut connection = sqlx::SqliteConnection::connect(url).await.unwrap();
    let begun = connection.execute(sqlx::raw_sql("PRAGMA busy_timeout = 0; BEGIN IMMEDIATE")).await;
    connection.close().await.unwrap();
    begun.is_ok()
}

/// What a query to a database says: a row a line, its values with `|` between them.
pub(crate) fn answer(url: &str, sql: &str) -> Vec<String> {
    block_on(ask(url, sql))
}

async fn ask(url: &str, sql: &str) -> Vec<String> {
    macro_rules! ask {
        ($connection:ty) => {{
            let mut connection = <$connection>::connect(url).await.unwrap();
            let rows = connection.fetch_all(sqlx::raw_sql(AssertSqlSafe(sql))).await;
            let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
            let text = |row: &_, at| {
                sqlx::Row::try_get_unchecked::<Option<String>, usize>(row, at).unwrap().unwrap_or_default()
            };
            let line = |row| (0..sqlx::Row::len(row)).map(|at| text(row, at)).collect::<Vec<_>>().join("|");
            let lines = rows.iter().map(line).collect();
            connection.close().await.unwrap();
            lines
        }};
    }
    match url.split(':').next() {
        Some("postgres") => ask!(sqlx::PgConnection),
        Some("mysql") => ask!(sqlx::MySqlConnection),
        _ => ask!(sqlx::SqliteConnection),
    }
}
