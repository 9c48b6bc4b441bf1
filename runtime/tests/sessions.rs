//! A run of several revisions does what as many runs would do, whatever the revisions do to their connection.
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]
#![allow(clippy::large_futures, reason = "the future of a run, on the stack of a test")]

mod support;

use proptest::prelude::*;
use proptest::sample::subsequence;
use servicekit::Migrations;
use servicekit::options::TransactionMode;
use servicekit::sqlx::sqlite::SqlitePoolOptions;
use servicekit::sqlx::{Connection as _, SqliteConnection};
use support::{File, Rev, ask, history, sql};

const IDS: [&str; 4] = ["r0", "r1", "r2", "r3"];
const PARENTS: [&[&str]; 4] = [&[], &["r0"], &["r1"], &["r2"]];

/// What leaves something, and what can be done once on a connection only.
const STATEMENTS: &[&str] = &[
    "PRAGMA recursive_triggers = ON",
    "PRAGMA case_sensitive_like = ON",
    "PRAGMA reverse_unordered_selects = ON",
    "PRAGMA cache_size = 77",
    "PRAGMA ignore_check_constraints = ON",
    "CREATE TEMP TABLE helper (x)",
    "CREATE TEMP VIEW looker AS SELECT 1",
    "CREATE TEMP TRIGGER watcher AFTER INSERT ON seen BEGIN SELECT 1; END",
];

const SEEN: &str = "INSERT INTO seen SELECT (SELECT recursive_triggers FROM pragma_recursive_triggers) || '|' || \
    ('a' LIKE 'A') || '|' || (SELECT cache_size FROM pragma_cache_size) || '|' || \
    (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) || '|' || \
    (SELECT count(*) FROM pragma_database_list WHERE name NOT IN ('main', 'temp')) || '|' || \
    (SELECT count(*) FROM sqlite_temp_schema)";

fn revisions(plans: &[Vec<&'static str>]) -> Migrations {
    let revision = |(number, statements): (usize, &Vec<&'static str>)| {
        let first = if number == 0 { "CREATE TABLE seen (what text);" } else { "" };
        let upgrade = format!("{first}\n{SEEN};\n{};\n{SEEN};", statements.join(";\n"));
        sql(IDS[number], PARENTS[number], &upgrade, "")
    };
    let revisions: Vec<Rev> = plans.iter().enumerate().map(revision).collect();
    history(&revisions)
}

async fn outcome(connection: &mut SqliteConnection) -> String {
    let seen = ask(connection, "SELECT what FROM seen ORDER BY rowid").await;
    seen + "\n" + &support::version_rows(connection).await
}

async fn at_once_is_as_one_by_one(plans: Vec<Vec<&'static str>>) {
    let migrations = revisions(&plans);
    let file = File::new();
    for id in &IDS[..plans.len()] {
        let pool = file.pool().await;
        migrations.migrator().upgrade_to(&pool, *id).await.unwrap();
        pool.close().await;
    }
    let expected = outcome(&mut file.connection().await).await;

    for mode in [TransactionMode::PerRevision, TransactionMode::PerRun] {
        let migrator = migrations.migrator().transaction(mode);
        let file = File::new();
        migrator.upgrade(&file.pool().await).await.unwrap();
        assert_eq!(outcome(&mut file.connection().await).await, expected, "at once, {mode:?}");

        let file = File::new();
        let mut lent = file.connection().await;
        migrator.upgrade(&mut lent).await.unwrap();
        assert_eq!(outcome(&mut lent).await, expected, "on a connection that was lent, {mode:?}");

        let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
        migrator.upgrade(&pool).await.unwrap();
        let mut connection = pool.acquire().await.unwrap();
        assert_eq!(outcome(&mut connection).await, expected, "in memory, {mode:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_run_of_several_revisions_is_as_many_runs(
        plans in proptest::collection::vec(subsequence(STATEMENTS, 0..4), 2..=IDS.len()),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(at_once_is_as_one_by_one(plans));
    }
}

#[tokio::test]
async fn what_was_counted_by_the_way_does_not_reach_the_next_revision() {
    let migrations = history(&[
        sql("a", &[], "CREATE TABLE a (id INTEGER PRIMARY KEY, x);\nINSERT INTO a VALUES (7, 'first');", ""),
        sql("b", &["a"], "INSERT INTO a (x) VALUES ('row ' || last_insert_rowid());", ""),
    ]);
    let file = File::new();
    migrations.upgrade(&file.pool().await).await.unwrap();
    assert_eq!(ask(&mut file.connection().await, "SELECT x FROM a ORDER BY id").await, "first\nrow 0");
}

#[tokio::test]
async fn a_file_that_a_revision_keeps_for_itself_and_one_that_it_attaches_are_let_go() {
    let file = File::new();
    let other = file.folder.path().join("other.db").display().to_string();
    let attach = format!("PRAGMA locking_mode = EXCLUSIVE;\nATTACH '{other}' AS other;\nCREATE TABLE a (x);");
    let text = format!("-- +transaction off\n\n-- +upgrade\n{attach}\n");
    let attaching =
        |id, down| support::sql_text(id, down, &text.replace("TABLE a", &format!("TABLE {id}_made")));
    let migrations =
        history(&[attaching("a", &[]), attaching("b", &["a"]), sql("c", &["b"], "CREATE TABLE c (x);", "")]);

    migrations.upgrade(&file.pool().await).await.unwrap();
    assert_eq!(support::version_rows(&mut file.connection().await).await, "c");

    let file = File::new();
    let mut lent = file.connection().await;
    migrations.upgrade(&mut lent).await.unwrap();
    assert_eq!(ask(&mut lent, "SELECT name FROM pragma_database_list WHERE seq <> 1").await, "main");
    assert_eq!(ask(&mut lent, "SELECT locking_mode FROM pragma_locking_mode").await, "normal");
    lent.close().await.unwrap();
}
