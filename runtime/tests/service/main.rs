//! Pools and databases as a service keeps them: opened, closed, exhausted, in memory.
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

mod files;
mod memory;
mod sessions;
#[path = "../support/mod.rs"]
mod support;

use servicekit::sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use servicekit::sqlx::{self, SqlitePool};
use servicekit::{Database, Migrations, Progress, SqliteDatabaseBuilder};
use std::sync::Arc;
use std::time::Duration;
use support::{File, ask, counting_history, history, sql, version_rows};

fn first() -> support::Rev {
    sql("a", &[], "CREATE TABLE a (x TEXT);", "DROP TABLE a;")
}

fn one() -> Migrations {
    history(&[first()])
}

fn two() -> Migrations {
    history(&[first(), sql("b", &["a"], "CREATE TABLE b (x TEXT);", "DROP TABLE b;")])
}

fn database(file: &File, migrations: Migrations) -> Database<servicekit::sqlx::Sqlite> {
    SqliteDatabaseBuilder::from_file(file.path()).with_migrations(migrations).build()
}

#[tokio::test]
async fn a_second_init_that_fails_leaves_the_open_pool_alone() {
    let file = File::new();
    let database = database(&file, one());
    database.init().await.unwrap();
    // A newer version of the service starts beside this one.
    two().upgrade(&file.pool().await).await.unwrap();

    assert_eq!(database.init().await.unwrap_err().code(), "database_ahead");

    sqlx::query("INSERT INTO a VALUES ('1')").execute(&database.pool().unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_first_init_that_fails_leaves_the_database_closed_and_can_be_repeated() {
    let file = File::new();
    two().upgrade(&file.pool().await).await.unwrap();
    let database = database(&file, one());

    assert_eq!(database.init().await.unwrap_err().code(), "database_ahead");
    assert_eq!(database.pool().unwrap_err().code(), "not_initialised");
    assert_eq!(one().upgrade(&database).await.unwrap_err().code(), "not_initialised");

    two().downgrade_to(&file.pool().await, "-1").await.unwrap();
    assert!(database.init().await.unwrap().is_empty());
    assert!(one().upgrade(&database).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn many_inits_at_once_open_one_pool_and_apply_each_revision_once() {
    // A second pool would be a second database in memory.
    let database = SqliteDatabaseBuilder::in_memory().with_migrations(two()).build();
    let starts: Vec<_> = (0..8)
        .map(|_| {
            let database = database.clone();
            tokio::spawn(async move { database.init().await.unwrap().steps.len() })
        })
        .collect();
    let mut steps = 0;
    for start in starts {
        steps += start.await.unwrap();
    }
    assert_eq!(steps, 2);
}

#[tokio::test]
async fn two_databases_on_one_file_apply_each_revision_once() {
    let file = File::new();
    let (left, right) = (database(&file, counting_history(10)), database(&file, counting_history(10)));
    let (left, right) = tokio::join!(left.init(), right.init());
    assert_eq!(left.unwrap().steps.len() + right.unwrap().steps.len(), 10);
    let counted = "SELECT count(*) || ' ' || count(DISTINCT revision) FROM counter";
    assert_eq!(ask(&mut file.connection().await, counted).await, "10 10");
}

#[tokio::test]
async fn a_dispose_during_init_leaves_the_database_closed() {
    let file = File::new();
    let began = Arc::new(tokio::sync::Notify::new());
    let notify = Arc::clone(&began);
    let migrator = two().migrator().on_progress(move |_| notify.notify_one());
    let database = SqliteDatabaseBuilder::from_file(file.path()).with_migrations(migrator).build();
    let other = database.clone();

    let dispose = async {
        began.notified().await;
        other.dispose().await;
    };
    let (init, ()) = tokio::join!(database.init(), dispose);

    assert_eq!(init.unwrap().steps.len(), 2);
    assert_eq!(database.pool().unwrap_err().code(), "not_initialised");
    assert!(database.init().await.unwrap().is_empty());
    database.pool().unwrap().acquire().await.unwrap();
}

#[tokio::test]
async fn a_pool_without_a_free_connection_or_closed_is_a_clear_error() {
    let file = File::new();
    let wait = Duration::from_secs(3);
    let options = SqlitePoolOptions::new().max_connections(1).acquire_timeout(wait);
    let pool = options.connect_with(file.options()).await.unwrap();
    let mut held = pool.acquire().await.unwrap();

    let in_use = one().upgrade(&pool).await.unwrap_err();
    // The connection that is at hand will do.
    assert_eq!(one().upgrade(&mut held).await.unwrap().steps.len(), 1);
    drop(held);
    // One connection is enough for a run.
    assert_eq!(two().upgrade(&pool).await.unwrap().steps.len(), 1);
    pool.close().await;
    let closed = two().upgrade(&pool).await.unwrap_err();

    insta::assert_snapshot!(format!("{in_use}\n\n{closed}"), @"
    the database could not be opened: pool timed out while waiting for an open connection
    help: every connection of the pool is in use, or its hooks keep failing: release connections before the run, allow more of them, or pass a connection

    the database could not be opened: attempted to acquire a connection on a closed pool
    help: use a pool that is open
    ");
}

#[tokio::test]
async fn a_run_has_the_hooks_of_its_pool() {
    let file = File::new();
    let options = SqlitePoolOptions::new().after_connect(|connection, _| {
        Box::pin(async move {
            sqlx::raw_sql("CREATE TEMP TABLE hooked (x); INSERT INTO hooked VALUES ('yes')")
                .execute(connection)
                .await?;
            Ok(())
        })
    });
    let pool = options.connect_with(file.options()).await.unwrap();
    let migrations = history(&[sql("a", &[], "CREATE TABLE a AS SELECT x FROM hooked;", "")]);

    migrations.upgrade(&pool).await.unwrap();

    assert_eq!(ask(&mut file.connection().await, "SELECT x FROM a").await, "yes");
}

#[tokio::test]
async fn a_database_in_memory_is_migrated_for_all_connections_or_it_is_an_error() {
    let pool =
        |connect: SqliteConnectOptions| SqlitePoolOptions::new().max_connections(3).connect_with(connect);
    for url in ["sqlite::memory:", "sqlite:file:shared?mode=memory&cache=shared"] {
        let pool = pool(url.parse().unwrap()).await.unwrap();
        assert_eq!(two().upgrade(&pool).await.unwrap().steps.len(), 2, "{url}");
        let (mut left, mut right) = (pool.acquire().await.unwrap(), pool.acquire().await.unwrap());
        assert_eq!((version_rows(&mut left).await, version_rows(&mut right).await), ("b".into(), "b".into()));
    }
    let alone = SqlitePoolOptions::new().max_connections(1);
    let alone = alone.connect_with(SqliteConnectOptions::new().in_memory(true)).await.unwrap();
    assert_eq!(two().upgrade(&alone).await.unwrap().steps.len(), 2);

    let private = pool(SqliteConnectOptions::new().in_memory(true)).await.unwrap();
    let error = two().upgrade(&private).await.unwrap_err();
    insta::assert_snapshot!(format!("{}: {error}", error.code()), @"
    private_database: each connection of the pool has its own database in memory, which other connections cannot see
    now: one connection was migrated, and only that one
    help: open it as `sqlite::memory:`, which is shared, use `SqliteDatabaseBuilder::in_memory`, or allow only one connection
    ");
    let by_name = SqliteDatabaseBuilder::from_file(":memory:").with_migrations(two()).build();
    assert_eq!(by_name.init().await.unwrap_err().code(), "private_database");
}

#[tokio::test]
async fn a_failure_leaves_a_database_in_memory_as_it_was_and_its_connection_in_use() {
    let broken = history(&[
        first(),
        sql(
            "b",
            &["a"],
            "INSERT INTO a VALUES (1); INSERT OR ROLLBACK INTO a SELECT abs(-9223372036854775808);",
            "",
        ),
    ]);
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();

    assert_eq!(broken.upgrade(&pool).await.unwrap_err().code(), "statement_failed");

    assert_eq!(two().upgrade(&pool).await.unwrap().steps.len(), 1);
    let mut connection = pool.acquire().await.unwrap();
    assert_eq!(ask(&mut connection, "SELECT count(*) || '' FROM a").await, "0");
}

#[test]
fn a_runtime_that_ends_during_a_run_leaves_whole_revisions_and_the_next_start_finishes() {
    const REVISIONS: usize = 40;
    let file = File::new();
    let migrations = counting_history(REVISIONS);
    let (sender, receiver) = std::sync::mpsc::channel();
    let runtime =
        || tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();

    let doomed = runtime();
    let pool: SqlitePool = doomed.block_on(file.pool());
    let migrator = migrations.migrator().on_progress(move |progress| {
        if let Progress::Finished(_) = progress {
            let _ = sender.send(());
        }
    });
    doomed.spawn(async move { migrator.upgrade(&pool).await });
    receiver.recv().unwrap();
    doomed.shutdown_background();

    runtime().block_on(async {
        let report = migrations.upgrade(&file.pool().await).await.unwrap();
        assert!(report.steps.len() < REVISIONS, "the first run has done something");
        let counted = "SELECT count(*) || ' ' || count(DISTINCT revision) FROM counter";
        assert_eq!(ask(&mut file.connection().await, counted).await, format!("{REVISIONS} {REVISIONS}"));
    });
}

#[tokio::test]
async fn a_file_that_goes_away_under_an_open_connection_is_a_clear_error() {
    let file = File::new();
    let mut connection = file.connection().await;
    one().upgrade(&mut connection).await.unwrap();
    std::fs::remove_file(file.path()).unwrap();

    let error = two().upgrade(&mut connection).await.unwrap_err();

    insta::assert_snapshot!(error, @"
    the upgrade of revision `b` (about b) failed: attempt to write a readonly database
     --> alembic/versions/b.sql:7:1
      |
    7 | CREATE TABLE b (x TEXT);
      | ^^^^^^^^^^^^^^^^^^^^^^^ attempt to write a readonly database
    now: the transaction was rolled back; the database is at a
    help: the file was moved or deleted while it was open: connect again
    ");
}
