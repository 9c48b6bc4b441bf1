//! What the tests share: histories made on the spot, files to run them on, and child processes.
#![allow(dead_code, reason = "each test file uses its own part of this")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy does not see that this is part of tests")]

use servicekit::__private::{Embedded, RustFunctions};
use servicekit::history::Revision;
use servicekit::sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use servicekit::sqlx::{self, Connection as _, SqliteConnection, SqlitePool};
use servicekit::{Migrations, Operations};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// One revision of a history under test.
#[derive(Clone, Debug)]
pub(crate) struct Rev {
    id: &'static str,
    down: Vec<&'static str>,
    labels: Vec<&'static str>,
    text: String,
    rust: Option<RustFunctions>,
    /// How often a `.rs` file was edited.
    edits: u8,
}

/// A revision of a `.sql` file with both sides.
pub(crate) fn sql(id: &'static str, down: &[&'static str], upgrade: &str, downgrade: &str) -> Rev {
    sql_text(id, down, &format!("-- +upgrade\n{upgrade}\n\n-- +downgrade\n{downgrade}\n"))
}

/// A revision of a `.sql` file with these sections.
pub(crate) fn sql_text(id: &'static str, down: &[&'static str], sections: &str) -> Rev {
    let parents =
        if down.is_empty() { String::new() } else { format!("-- down_revision: {}\n", down.join(", ")) };
    let text = format!("-- about {id}\n--\n-- revision: {id}\n{parents}\n{sections}");
    Rev { id, down: down.to_vec(), labels: Vec::new(), text, rust: None, edits: 0 }
}

/// A revision of a `.sql` file with this very text.
pub(crate) fn sql_as_is(id: &'static str, text: &str) -> Rev {
    Rev { id, down: Vec::new(), labels: Vec::new(), text: text.to_owned(), rust: None, edits: 0 }
}

/// A revision of a `.rs` file.
pub(crate) fn rust(
    id: &'static str,
    down: &[&'static str],
    upgrade: fn(&mut Operations),
    downgrade: Option<fn(&mut Operations)>,
) -> Rev {
    let rust = Some(match downgrade {
        Some(downgrade) => RustFunctions::BothWays { upgrade, downgrade },
        None => RustFunctions::OneWay { upgrade },
    });
    Rev { id, down: down.to_vec(), labels: Vec::new(), text: format!("rust {id}"), rust, edits: 0 }
}

impl Rev {
    /// The same functions in a `.rs` file with another digest.
    pub(crate) fn edited(mut self) -> Self {
        self.edits += 1;
        self
    }

    pub(crate) fn label(mut self, label: &'static str) -> Self {
        self.labels.push(label);
        self
    }
}

/// Embeds revisions as the macro would. What it makes lives as long as the test process.
pub(crate) fn history(revisions: &[Rev]) -> Migrations {
    history_with(revisions, |_| {})
}

/// The same with other settings.
pub(crate) fn history_with(revisions: &[Rev], change: impl FnOnce(&mut Embedded)) -> Migrations {
    let parents: Vec<&str> = revisions.iter().flat_map(|rev| rev.down.iter().copied()).collect();
    let mut heads: Vec<&str> =
        revisions.iter().map(|rev| rev.id).filter(|id| !parents.contains(id)).collect();
    heads.sort_unstable();
    let list: Vec<Revision> = revisions.iter().map(embed).collect();
    let mut embedded = Embedded {
        folder: "alembic",
        heads: heads.leak(),
        revisions: list.leak(),
        version_table: "alembic_version",
        journal_table: "alembic_journal",
        schema: None,
        directories: &[],
        application: "tests 1.0.0",
        current_schema: false,
        ignore: &[],
        databases: &[],
        compiled: servicekit::__private::Compiled::new(),
    };
    change(&mut embedded);
    Migrations::new(Box::leak(Box::new(embedded)))
}

fn embed(rev: &Rev) -> Revision {
    let Rev { id, down, labels, text, rust, edits } = rev.clone();
    let (down, labels, extension) =
        (down.join(" "), labels.join(" "), if rust.is_some() { "rs" } else { "sql" });
    // Any digest will do where only equality counts.
    let digest = rust.map(|_| format!("{edits:02x}").repeat(32)).unwrap_or_default();
    let path = format!("alembic/versions/{id}.{extension}");
    let facts = leak(format!("{id}\n{down}\n{labels}\n\n{digest}\n\nabout {id}\n{path}"));
    match rust {
        Some(functions) => Revision::rust(facts, functions),
        None => Revision::sql(facts, leak(text)),
    }
}

fn leak(text: String) -> &'static str {
    text.leak()
}

/// A linear history that makes `count` tables and counts each application in a table of its own.
pub(crate) fn counting_history(count: usize) -> Migrations {
    let mut revisions: Vec<Rev> = Vec::with_capacity(count);
    for index in 0..count {
        let id = leak(format!("rev{index:04}"));
        let parent: Vec<&'static str> = revisions.last().map(|rev| rev.id).into_iter().collect();
        let first = if index == 0 { "CREATE TABLE counter (revision TEXT NOT NULL);\n" } else { "" };
        let upgrade = format!(
            "{first}CREATE TABLE t{index} (id INTEGER PRIMARY KEY, name TEXT);\n\
             CREATE INDEX ix_t{index}_name ON t{index} (name);\n\
             INSERT INTO t{index} (name) VALUES ('a'), ('b'), ('c');\n\
             INSERT INTO counter VALUES ('{id}');"
        );
        let last = if index == 0 { "\nDROP TABLE counter;" } else { "" };
        let downgrade = format!("DELETE FROM counter WHERE revision = '{id}';\nDROP TABLE t{index};{last}");
        revisions.push(sql(id, &parent, &upgrade, &downgrade));
    }
    history(&revisions)
}

/// A file in a folder of its own.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) folder: TempDir,
}

impl File {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::Builder::new().prefix("servicekit-test-").tempdir().unwrap() }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("test.db")
    }

    pub(crate) fn options(&self) -> SqliteConnectOptions {
        SqliteConnectOptions::new().filename(self.path()).create_if_missing(true)
    }

    pub(crate) async fn pool(&self) -> SqlitePool {
        SqlitePoolOptions::new().connect_with(self.options()).await.unwrap()
    }

    pub(crate) async fn connection(&self) -> SqliteConnection {
        SqliteConnection::connect_with(&self.options()).await.unwrap()
    }
}

/// Every object of the schema with its text, in order.
pub(crate) async fn schema(connection: &mut SqliteConnection) -> Vec<String> {
    let sql = "SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1";
    sqlx::query_scalar(sql).fetch_all(connection).await.unwrap()
}

/// What one query that gives text says, a row a line.
pub(crate) async fn ask(connection: &mut SqliteConnection, sql: &'static str) -> String {
    let rows: Vec<String> = sqlx::query_scalar(sql).fetch_all(connection).await.unwrap();
    rows.join("\n")
}

/// The version rows, sorted.
pub(crate) async fn version_rows(connection: &mut SqliteConnection) -> String {
    ask(connection, "SELECT version_num FROM alembic_version ORDER BY 1").await
}

/// What SQLite thinks of the file.
pub(crate) async fn integrity(connection: &mut SqliteConnection) -> String {
    ask(connection, "PRAGMA integrity_check").await
}

/// Starts this test binary again to run one test as a child process.
///
/// The child's test does nothing unless it finds the variable `SERVICEKIT_TEST_FILE`.
pub(crate) fn child(test: &str, file: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env("SERVICEKIT_TEST_FILE", file)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The file that a child should work on; `None` when the test was not started as one.
pub(crate) fn child_file() -> Option<PathBuf> {
    std::env::var_os("SERVICEKIT_TEST_FILE").map(PathBuf::from)
}

/// Waits for a child; whether it succeeded, and everything it printed.
pub(crate) fn wait(child: Child) -> (bool, String) {
    let output = child.wait_with_output().unwrap();
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), text)
}

/// A number from the environment: how often a long test repeats itself.
pub(crate) fn rounds(variable: &str, default: usize) -> usize {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}
