//! The checks of a history: each passes on one that is right, and fails on one with its fault.
#![cfg(all(
    feature = "testing",
    feature = "sqlite",
    feature = "postgres",
    feature = "mysql",
    feature = "models"
))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

#[path = "../support/mod.rs"]
mod support;

mod branches;
mod seeds;

use servicekit::revision::*;
use servicekit::sqlx;
use servicekit::testing::{CheckedRevisions, MigrationCheckError, MigrationChecks, Seed};
use servicekit::{
    Database, Metadata, Migrations, MySqlDatabaseBuilder, PostgresDatabaseBuilder, SqliteDatabaseBuilder,
};
use servicekit_test_servers::{TestDatabase, mysql, postgres};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use support::{Rev, history, history_with, rust, sql, sql_text};

/// Users, then their names in two columns, then orders on a branch of their own that is merged.
fn shop() -> Vec<Rev> {
    vec![
        sql("a", &[], "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50));", "DROP TABLE users;"),
        sql(
            "b",
            &["a"],
            "ALTER TABLE users ADD COLUMN first_name VARCHAR(50);\nUPDATE users SET first_name = name;",
            "ALTER TABLE users DROP COLUMN first_name;",
        ),
        sql(
            "c",
            &["a"],
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER);",
            "DROP TABLE orders;",
        ),
        sql("d", &["b", "c"], "CREATE VIEW names AS SELECT first_name FROM users;", "DROP VIEW names;"),
        rust("e", &["d"], notes, Some(no_notes)),
    ]
}

fn notes(op: &mut Operations) {
    op.create_table("notes", [integer("id").primary_key(), text("note").not_null()]);
    op.create_index("ix_notes_note", "notes", ["id"]);
}

fn no_notes(op: &mut Operations) {
    op.drop_table("notes");
}

static SHOP: LazyLock<Migrations> = LazyLock::new(|| history(&shop()));

fn rows() -> [Seed; 2] {
    let at = |id: &'static str| Seed::at(id.parse().unwrap());
    [
        at("a")
            .insert("INSERT INTO users VALUES (1, 'ann')")
            .finds("SELECT first_name FROM users WHERE id = 1", [["ann"]]),
        at("c")
            .insert("INSERT INTO orders VALUES (7, 1)")
            .insert("INSERT INTO orders VALUES (8, NULL)")
            .finds("SELECT id, user_id FROM orders ORDER BY id", [["7", "1"], ["8", "NULL"]]),
    ]
}

servicekit::migration_tests!(*SHOP, models = Metadata::default(), seeds = rows(), revisions = all);

/// An empty database; a server's is dropped with the second value.
struct Place<D: servicekit::database::Backend>(Database<D>, #[allow(dead_code)] Option<TestDatabase>);

async fn sqlite() -> Place<sqlx::Sqlite> {
    let database = SqliteDatabaseBuilder::in_memory().build();
    database.init().await.unwrap();
    Place(database, None)
}

async fn on_postgres() -> Option<Place<sqlx::Postgres>> {
    let own = postgres()?.create_database();
    let database = PostgresDatabaseBuilder::from_url(own.url()).unwrap().build();
    database.init().await.unwrap();
    Some(Place(database, Some(own)))
}

async fn on_mysql() -> Option<Place<sqlx::MySql>> {
    let own = mysql()?.create_database();
    let database = MySqlDatabaseBuilder::from_url(own.url()).unwrap().build();
    database.init().await.unwrap();
    Some(Place(database, Some(own)))
}

/// What a check says on each kind of database, with a new one for each.
macro_rules! said_everywhere {
    ($database:ident => $check:expr) => {{
        let mut found = Vec::new();
        let Place($database, _) = crate::sqlite().await;
        found.push(format!("sqlite: {}", said($check.await)));
        if let Some(Place($database, _own)) = crate::on_postgres().await {
            found.push(format!("postgres: {}", said($check.await)));
        }
        if let Some(Place($database, _own)) = crate::on_mysql().await {
            found.push(format!("mysql: {}", said($check.await)));
        }
        found.join("\n")
    }};
}

pub(crate) use said_everywhere;

fn all(migrations: Migrations) -> MigrationChecks {
    MigrationChecks::new(migrations).revisions(CheckedRevisions::All)
}

/// Checks of a history that passes all of them, on one database for each.
macro_rules! passes {
    ($name:ident, $open:expr) => {
        #[tokio::test]
        async fn $name() {
            let checks = all(*SHOP);
            if let Some(place) = $open.await {
                assert_eq!(checks.up_down_up(&place.0).await.unwrap(), []);
                assert_eq!(SHOP.current(&place.0).await.unwrap().to_string(), "e");
            }
            if let Some(place) = $open.await {
                assert_eq!(checks.downgrade_to_base(&place.0).await.unwrap(), []);
            }
            if let Some(place) = $open.await {
                checks.seeded_rows_survive(&rows(), &place.0).await.unwrap();
            }
        }
    };
}
passes!(a_history_with_branches_passes_on_postgres, on_postgres());
passes!(a_history_with_branches_passes_on_mysql, on_mysql());

/// What the check of the first history says on SQLite; without the place in this file.
async fn said_of(revisions: &[Rev]) -> String {
    let Place(database, _) = sqlite().await;
    said(all(history(revisions)).up_down_up(&database).await)
}

fn said<T>(checked: Result<T, MigrationCheckError>) -> String {
    format!("{:?}", checked.err().unwrap())
}

#[tokio::test]
async fn a_downgrade_that_forgets_something_is_told_with_what_differs() {
    let create = sql("a", &[], "CREATE TABLE t (a INTEGER);", "DROP TABLE t;");
    let index =
        sql("b", &["a"], "ALTER TABLE t ADD COLUMN b INTEGER;\nCREATE INDEX ix ON t (a);", "DROP INDEX ix;");
    insta::assert_snapshot!(said_of(&[create.clone(), index]).await);
    let view = sql("b", &["a"], "CREATE VIEW v AS SELECT a FROM t;", "SELECT 1;");
    insta::assert_snapshot!(said_of(&[create.clone(), view]).await);
    let search = sql("b", &["a"], "CREATE VIRTUAL TABLE f USING fts5(a);", "SELECT 1;");
    insta::assert_snapshot!(said_of(&[create.clone(), search]).await);
    let trigger = sql(
        "b",
        &["a"],
        "CREATE TABLE u (b INTEGER);",
        "DROP TABLE u;\nCREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END;",
    );
    insta::assert_snapshot!(said_of(&[create, trigger]).await);
}

#[tokio::test]
async fn a_downgrade_that_forgets_something_is_found_on_each_database() {
    let migrations = history(&[
        sql("a", &[], "CREATE TABLE t (a INTEGER);", "DROP TABLE t;"),
        sql("b", &["a"], "ALTER TABLE t ADD COLUMN b INTEGER;", "SELECT 1;"),
    ]);
    insta::assert_snapshot!(said_everywhere!(database => all(migrations).up_down_up(&database)));
}

#[tokio::test]
async fn a_revision_that_does_something_else_the_second_time_is_told() {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    fn counted(op: &mut Operations) {
        op.create_table("t", [integer("a")]);
        op.run("count", async |connection| {
            if RUNS.fetch_add(1, Ordering::SeqCst) > 0 {
                sqlx::raw_sql("CREATE TABLE again (a INTEGER)").execute(connection.sqlite()?).await?;
            }
            Ok(())
        });
    }
    fn reverse(op: &mut Operations) {
        op.drop_table("t");
    }
    insta::assert_snapshot!(said_of(&[rust("a", &[], counted, Some(reverse))]).await);
}

#[tokio::test]
async fn a_downgrade_that_cannot_run_is_the_error_of_the_run() {
    let broken = sql("a", &[], "CREATE TABLE t (a INTEGER);", "DROP TABLE u;");
    insta::assert_snapshot!(said_of(&[broken]).await);
}

#[tokio::test]
async fn only_the_last_revisions_are_reverted_unless_all_are_asked_for() {
    let mut revisions = vec![sql("r00", &[], "CREATE TABLE t00 (a INTEGER);", "SELECT 1;")];
    for number in 1..=20_u32 {
        let id: &'static str = format!("r{number:02}").leak();
        let parent: &'static str = format!("r{:02}", number - 1).leak();
        let (up, down) = (format!("CREATE TABLE t{number} (a INTEGER);"), format!("DROP TABLE t{number};"));
        revisions.push(sql(id, &[parent], &up, &down));
    }
    let migrations = history(&revisions);
    let Place(database, _) = sqlite().await;
    assert_eq!(MigrationChecks::new(migrations).up_down_up(&database).await.unwrap(), []);
    let Place(database, _) = sqlite().await;
    let error = all(migrations).up_down_up(&database).await.unwrap_err();
    assert!(matches!(error, MigrationCheckError::Reverted { revision, .. } if revision.as_str() == "r00"));
}

#[tokio::test]
async fn revisions_without_a_downgrade_are_said_to_be_skipped() {
    let migrations = history(&[
        sql("a", &[], "CREATE TABLE t (a INTEGER);", "DROP TABLE t;"),
        sql_text("b", &["a"], "-- +upgrade\nALTER TABLE t ADD COLUMN b INTEGER;\n"),
        rust("c", &["b"], notes, None),
        sql("d", &["c"], "ALTER TABLE t ADD COLUMN d INTEGER;", "ALTER TABLE t DROP COLUMN d;"),
    ]);
    let shown = |skipped: Vec<servicekit::testing::SkippedRevision>| {
        skipped.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let Place(database, _) = sqlite().await;
    insta::assert_snapshot!(shown(all(migrations).up_down_up(&database).await.unwrap()));
    let Place(database, _) = sqlite().await;
    insta::assert_snapshot!(shown(all(migrations).downgrade_to_base(&database).await.unwrap()));
}

#[tokio::test]
async fn what_is_left_at_base_is_told_on_each_database() {
    // The first one reverts itself wholly; together they leave what the second one's downgrade makes.
    let migrations = history(&[
        sql("a", &[], "CREATE TABLE t (a INTEGER);", "DROP TABLE t;"),
        sql(
            "b",
            &["a"],
            "SELECT 1;",
            "CREATE TABLE backup (a INTEGER);\nCREATE VIEW v AS SELECT a FROM backup;",
        ),
    ]);
    insta::assert_snapshot!(said_everywhere!(database => all(migrations).downgrade_to_base(&database)));
}

#[tokio::test]
async fn a_history_that_cannot_be_applied_is_told() {
    let migrations = history(&[sql("a", &[], "CREATE TABEL t (a INTEGER);", "")]);
    let Place(database, _) = sqlite().await;
    insta::assert_snapshot!(said(all(migrations).upgrade_to_head(&database).await));
}

#[test]
fn two_heads_files_that_are_not_embedded_and_recordings_that_change_are_told() {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    fn changing(op: &mut Operations) {
        op.execute(format!("SELECT {}", CALLS.fetch_add(1, Ordering::SeqCst)));
    }
    let two = history(&[sql("a", &[], "", ""), sql("b", &["a"], "", ""), sql("c", &["a"], "", "")]);
    insta::assert_snapshot!(said(all(two).single_head()));

    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("b.sql"), "").unwrap();
    let directories: &'static [&'static str] =
        vec![&*folder.path().to_str().unwrap().to_owned().leak()].leak();
    let stale = history_with(&[sql("a", &[], "", "")], |embedded| embedded.directories = directories);
    insta::assert_snapshot!(said(all(stale).every_file_is_embedded()));

    let error = all(history(&[rust("a", &[], changing, None)])).recordings_are_repeatable().unwrap_err();
    assert!(matches!(error, MigrationCheckError::Unrepeatable(_)), "{error}");
}

#[tokio::test]
async fn models_that_the_history_does_not_make_are_told() {
    #[derive(servicekit::Table)]
    #[table(unregistered)]
    #[allow(dead_code, clippy::struct_field_names, reason = "only its table is used")]
    struct Note {
        #[column(primary_key)]
        id: i32,
        note: String,
        done: bool,
    }
    let Place(database, _) = sqlite().await;
    let checked = all(*SHOP).models_match_head(servicekit::models![Note], &database).await;
    insta::assert_snapshot!(said(checked));
}
