//! Runs on SQLite as a service asks for them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

mod support;

use servicekit::options::TransactionMode;
use servicekit::sqlx::{self, Connection as _, SqliteConnection};
use servicekit::{Direction, Progress};
use std::sync::{Arc, Mutex};
use support::{File, ask, history, rust, schema, sql, sql_text, version_rows};

/// `a`, then `b` and `c` side by side, then `d`, which merges them.
fn diamond() -> servicekit::Migrations {
    history(&[
        sql("a", &[], "CREATE TABLE a (x TEXT);", "DROP TABLE a;"),
        sql("b", &["a"], "CREATE TABLE b (x TEXT);", "DROP TABLE b;").label("left"),
        sql("c", &["a"], "CREATE TABLE c (x TEXT);", "DROP TABLE c;").label("right"),
        sql("d", &["b", "c"], "CREATE TABLE d (x TEXT);", "DROP TABLE d;"),
    ])
}

fn names(steps: &[servicekit::report::RevisionReport]) -> Vec<String> {
    steps.iter().map(|step| format!("{} {}", step.direction, step.revision)).collect()
}

#[tokio::test]
async fn a_fresh_file_goes_to_head_and_the_second_start_does_nothing() {
    let file = File::new();
    let pool = file.pool().await;

    let first = diamond().upgrade(&pool).await.unwrap();
    let second = diamond().upgrade(&pool).await.unwrap();

    assert_eq!(names(&first.steps), ["upgrade a", "upgrade b", "upgrade c", "upgrade d"]);
    assert_eq!((first.from.to_string(), first.to.to_string()), ("base".into(), "d".into()));
    assert!(second.is_empty());
    assert_eq!(second.to.to_string(), "d");
}

#[tokio::test]
async fn every_step_leaves_its_row_in_the_journal() {
    let file = File::new();
    let pool = file.pool().await;

    diamond().upgrade(&pool).await.unwrap();
    diamond().downgrade_to(&pool, "nowhere").await.unwrap_err();
    diamond().downgrade_to(&pool, "-1").await.unwrap();

    let mut connection = file.connection().await;
    let journal = ask(
        &mut connection,
        "SELECT seq || ' ' || revision || ' ' || direction || ' ' || stage || '/' || stages || ' ' || state || \
         ' ' || application || ' ' || message || ' ' || (length(run_id) = 26) || (length(source_digest) = 64) || \
         (started_at <= finished_at AND started_at LIKE '____-__-__T__:__:__.___Z') \
         FROM alembic_journal ORDER BY seq",
    )
    .await;
    insta::assert_snapshot!(journal, @"
    1 a upgrade 0/0 done tests 1.0.0 about a 111
    2 b upgrade 0/0 done tests 1.0.0 about b 111
    3 c upgrade 0/0 done tests 1.0.0 about c 111
    4 d upgrade 0/0 done tests 1.0.0 about d 111
    5 d downgrade 0/0 done tests 1.0.0 about d 111
    ");
    assert_eq!(version_rows(&mut connection).await, "b\nc");
}

#[tokio::test]
async fn targets_lead_up_and_down() {
    let file = File::new();
    let pool = file.pool().await;
    let migrations = diamond();

    let up = migrations.upgrade_to(&pool, "left").await.unwrap();
    assert_eq!(names(&up.steps), ["upgrade a", "upgrade b"]);
    let up = migrations.upgrade_to(&pool, servicekit::RevisionId::from_static("c")).await.unwrap();
    assert_eq!((names(&up.steps), up.to.to_string()), (vec!["upgrade c".to_owned()], "b, c".to_owned()));
    assert_eq!(migrations.migrator().pending(&pool).await.unwrap().len(), 1);
    assert_eq!(
        migrations.migrator().plan(&pool, servicekit::Destination::head()).await.unwrap().to.to_string(),
        "d"
    );
    assert_eq!(
        migrations
            .migrator()
            .plan(&pool, servicekit::Destination::downgrade("base").unwrap())
            .await
            .unwrap()
            .steps
            .len(),
        3
    );

    let down = migrations.downgrade_to(&pool, "base").await.unwrap();
    assert_eq!(down.steps.len(), 3);
    assert!(migrations.current(&pool).await.unwrap().is_base());
    let mut connection = file.connection().await;
    let left: Vec<String> =
        schema(&mut connection).await.into_iter().filter(|line| !line.contains("alembic_")).collect();
    assert_eq!(left, ["table sqlite_sequence: CREATE TABLE sqlite_sequence(name,seq)"]);
}

#[tokio::test]
async fn a_stamp_writes_rows_and_runs_nothing() {
    let file = File::new();
    let pool = file.pool().await;

    let report = diamond().migrator().stamp(&pool, "heads").await.unwrap();

    assert_eq!((report.to.to_string(), report.steps.len()), ("d".into(), 0));
    let mut connection = file.connection().await;
    let tables = ask(&mut connection, "SELECT count(*) || '' FROM sqlite_schema WHERE name = 'a'").await;
    assert_eq!((version_rows(&mut connection).await, tables), ("d".into(), "0".into()));
    let entry = "SELECT direction || ' ' || revision || ' ' || message FROM alembic_journal";
    assert_eq!(ask(&mut connection, entry).await, "stamp d stamp base -> d");
}

#[tokio::test]
async fn current_and_pending_write_nothing() {
    let file = File::new();
    let pool = file.pool().await;

    assert!(diamond().current(&pool).await.unwrap().is_base());
    let pending: Vec<String> =
        diamond().migrator().pending(&pool).await.unwrap().iter().map(ToString::to_string).collect();

    assert_eq!(pending, ["a", "b", "c", "d"]);
    assert_eq!(schema(&mut file.connection().await).await, Vec::<String>::new());
}

#[tokio::test]
async fn one_transaction_for_the_run_keeps_all_or_nothing() {
    let file = File::new();
    let pool = file.pool().await;
    let broken = history(&[
        sql("a", &[], "CREATE TABLE a (x TEXT);", ""),
        sql("b", &["a"], "CREATE TABLE b (x TEXT); INSERT INTO nowhere VALUES (1);", ""),
    ]);
    let whole =
        |migrations: servicekit::Migrations| migrations.migrator().transaction(TransactionMode::PerRun);

    let error = whole(broken).upgrade(&pool).await.unwrap_err();
    assert_eq!(error.code(), "statement_failed");
    assert_eq!(schema(&mut file.connection().await).await, Vec::<String>::new());

    let report = whole(diamond()).upgrade(&pool).await.unwrap();
    assert_eq!((report.steps.len(), report.to.to_string()), (4, "d".into()));
    assert!(whole(diamond()).upgrade(&pool).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_failure_keeps_what_came_before_and_undoes_the_rest_of_its_revision() {
    let file = File::new();
    let pool = file.pool().await;
    let broken = history(&[
        sql("a", &[], "CREATE TABLE a (x TEXT);", ""),
        sql("b", &["a"], "CREATE TABLE b (x TEXT); INSERT INTO nowhere VALUES (1);", ""),
    ]);

    broken.upgrade(&pool).await.unwrap_err();

    let mut connection = file.connection().await;
    assert_eq!(version_rows(&mut connection).await, "a");
    let tables = ask(&mut connection, "SELECT name FROM sqlite_schema WHERE name IN ('a', 'b')").await;
    assert_eq!(tables, "a");
}

#[tokio::test]
async fn rust_revisions_run_what_is_meant_for_sqlite() {
    fn upgrade(op: &mut servicekit::Operations) {
        op.execute("CREATE TABLE t (x TEXT); INSERT INTO t VALUES ('a;b')");
        op.execute_for(servicekit::Dialect::Postgres, "CREATE EXTENSION nothing_of_the_kind");
        op.execute_for(servicekit::Dialect::Sqlite, "INSERT INTO t VALUES ('sqlite')");
    }
    fn downgrade(op: &mut servicekit::Operations) {
        op.execute("DROP TABLE t");
    }
    let file = File::new();
    let pool = file.pool().await;
    let migrations = history(&[rust("a", &[], upgrade, Some(downgrade))]);

    migrations.upgrade(&pool).await.unwrap();
    assert_eq!(ask(&mut file.connection().await, "SELECT x FROM t ORDER BY 1").await, "a;b\nsqlite");
    migrations.downgrade_to(&pool, "base").await.unwrap();
    assert!(migrations.current(&pool).await.unwrap().is_base());
}

#[tokio::test]
async fn the_section_for_sqlite_is_preferred_to_the_one_for_all() {
    let file = File::new();
    let pool = file.pool().await;
    let migrations = history(&[sql_text(
        "a",
        &[],
        "-- +upgrade\nCREATE TABLE general (x TEXT);\n-- +upgrade sqlite, mysql\nCREATE TABLE special (x TEXT);\n",
    )]);

    migrations.upgrade(&pool).await.unwrap();

    let tables = ask(
        &mut file.connection().await,
        "SELECT name FROM sqlite_schema WHERE name IN ('general', 'special')",
    )
    .await;
    assert_eq!(tables, "special");
}

#[tokio::test]
async fn progress_tells_the_plan_and_each_revision() {
    let file = File::new();
    let pool = file.pool().await;
    let heard = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&heard);

    let migrator = diamond().migrator().on_progress(move |progress| {
        listener.lock().unwrap().push(match progress {
            Progress::Planned { from, to, steps } => format!("{steps} steps from {from} to {to}"),
            Progress::Started { direction, revision, step, steps, message } => {
                format!("{step}/{steps} {direction} {revision} ({message})")
            }
            Progress::Finished(done) => format!("done {}", done.revision),
            other => format!("{other:?}"),
        });
    });
    migrator.upgrade_to(&pool, "b").await.unwrap();
    migrator.upgrade_to(&pool, "b").await.unwrap();

    insta::assert_snapshot!(heard.lock().unwrap().join("\n"), @r#"
    2 steps from base to b
    1/2 upgrade a (about a)
    Statement { revision: "a", sql: "CREATE TABLE a (x TEXT)", place: 1, together: 1 }
    2/2 upgrade b (about b)
    Statement { revision: "b", sql: "CREATE TABLE b (x TEXT)", place: 1, together: 1 }
    done a
    done b
    0 steps from b to b
    "#);
}

#[tokio::test]
async fn a_connection_that_is_handed_in_is_used_and_left_open() {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();

    let report = diamond().upgrade(&mut connection).await.unwrap();

    assert_eq!(report.steps.len(), 4);
    assert_eq!(version_rows(&mut connection).await, "d");
    assert!(diamond().upgrade(&mut connection).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_database_in_memory_is_migrated_on_its_own_connection() {
    use servicekit::SqliteDatabaseBuilder;
    let database = SqliteDatabaseBuilder::in_memory().with_migrations(diamond()).build();

    assert_eq!(database.init().await.unwrap().steps.len(), 4);
    assert!(database.init().await.unwrap().is_empty());

    let count: i64 =
        sqlx::query_scalar("SELECT count(*) FROM d").fetch_one(&database.pool().unwrap()).await.unwrap();
    assert_eq!(count, 0);
    database.dispose().await;
    assert_eq!(database.pool().unwrap_err().code(), "not_initialised");
}

#[test]
fn a_current_thread_runtime_is_enough() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let steps = runtime.block_on(async {
        let file = File::new();
        let pool = file.pool().await;
        diamond().upgrade(&pool).await.unwrap().steps.len()
    });
    assert_eq!(steps, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn twice_at_once_inside_spawned_tasks_applies_each_revision_once() {
    let file = File::new();
    let pool = file.pool().await;
    let tasks: Vec<_> = (0..2)
        .map(|_| {
            let pool = pool.clone();
            tokio::spawn(async move { diamond().upgrade(&pool).await })
        })
        .collect();

    let mut applied = Vec::new();
    for task in tasks {
        applied.extend(names(&task.await.unwrap().unwrap().steps));
    }
    applied.sort();

    assert_eq!(applied, ["upgrade a", "upgrade b", "upgrade c", "upgrade d"]);
}

#[tokio::test]
async fn a_dropped_future_stops_at_a_step_boundary_and_the_next_start_finishes() {
    let file = File::new();
    let pool = file.pool().await;
    let migrations = support::counting_history(60);
    let seen = Arc::new(tokio::sync::Notify::new());
    let notify = Arc::clone(&seen);
    let migrator = migrations.migrator().on_progress(move |progress| {
        if matches!(progress, Progress::Started { direction: Direction::Upgrade, step: 2, .. }) {
            notify.notify_one();
        }
    });

    tokio::select! {
        result = migrator.upgrade(&pool) => panic!("60 revisions were faster than one: {result:?}"),
        () = seen.notified() => {}
    }
    let report = migrations.upgrade(&pool).await.unwrap();

    assert_eq!(report.to.to_string(), "rev0059");
    let counted =
        ask(&mut file.connection().await, "SELECT count(*) || ' ' || count(DISTINCT revision) FROM counter")
            .await;
    assert_eq!(counted, "60 60");
}

#[tokio::test]
async fn an_edited_revision_is_reported_by_the_next_run_that_does_something() {
    let file = File::new();
    let pool = file.pool().await;
    let a = sql("a", &[], "CREATE TABLE a (x TEXT);", "");
    let edited = sql("a", &[], "CREATE TABLE a (y TEXT);", "");
    let b = sql("b", &["a"], "CREATE TABLE b (x TEXT);", "");
    history(&[a]).upgrade(&pool).await.unwrap();

    let report = history(&[edited.clone(), b.clone()]).upgrade(&pool).await.unwrap();
    let asked = history(&[edited, b]).migrator().edited(&pool).await.unwrap();

    assert_eq!(report.edited, asked);
    let text = report.edited[0].to_string().replace(&report.edited[0].applied_at, "2026-11-23T10:00:00.000Z");
    insta::assert_snapshot!(text, @"revision `a` was edited after it was applied on 2026-11-23T10:00:00.000Z: `alembic/versions/a.sql` runs something else now; put the change into a new revision");
}

#[tokio::test]
async fn an_edit_of_a_revision_that_a_stamp_took_back_is_no_news() {
    let file = File::new();
    let pool = file.pool().await;
    let a = sql("a", &[], "CREATE TABLE a (x TEXT);", "");
    let b = |upgrade| sql("b", &["a"], upgrade, "");
    history(&[a.clone(), b("CREATE TABLE b (x TEXT);")]).upgrade(&pool).await.unwrap();
    let edited = history(&[a, b("CREATE TABLE b (y TEXT);")]);

    assert_eq!(edited.migrator().edited(&pool).await.unwrap().len(), 1);
    edited.migrator().stamp(&pool, "a").await.unwrap();
    assert_eq!(edited.migrator().edited(&pool).await.unwrap(), []);
}
