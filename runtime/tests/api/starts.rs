//! What a service does until it is ready.

use crate::support::{File, history, sql};
use crate::{Running, database, notes, one, two};
use servicekit::SqliteDatabaseBuilder;
use servicekit::api::axum::Router;
use servicekit::api::axum::routing::get;
use servicekit::options::PendingPolicy;
use std::sync::mpsc;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn routes_wait_for_the_databases_and_the_health_does_not() {
    let file = File::new();
    let (go_on, wait) = mpsc::channel::<()>();
    let wait = std::sync::Mutex::new(wait);
    let migrator = two().migrator().on_progress(move |_| {
        // A long revision.
        let _ = wait.lock().unwrap().recv();
    });
    let database = SqliteDatabaseBuilder::from_file(file.path()).with_migrations(migrator).build();
    let routes = Router::new().route("/notes", get(async || "some"));
    let running = Running::new(notes().with_database(database).include_router(routes).build()).await;

    let (notes, ready) = (running.get("/notes").await, running.get("/health/ready").await);
    assert_eq!((notes.status, ready.status, running.get("/health/live").await.status), (503, 503, 200));
    assert!(notes.head.contains("retry-after: 1"), "{}", notes.head);
    insta::assert_snapshot!(format!("{}{}\n{}", notes.body, ready.body, running.get("/health").await.body), @r#"
    the service is starting
    {"status":"not ready"}
    {"status":"unhealthy","ready":false,"service":{"name":"Notes"},"checks":{"database":{"status":"unhealthy","message":"the service is starting"},"migrations":{"status":"unhealthy","message":"the service is starting"}}}
    "#);

    drop(go_on);
    running.ready().await;
    assert_eq!(running.get("/notes").await.body, "some");
    running.end().await.unwrap();
}

#[tokio::test]
async fn a_start_that_fails_ends_the_service_with_the_reason() {
    let (file, other) = (File::new(), File::new());
    let broken = history(&[
        sql("a", &[], "CREATE TABLE a (x TEXT);", ""),
        sql("b", &["a"], "INSERT INTO missing VALUES (1);", ""),
    ]);
    let service = notes()
        .with_named_database("first", database(&other, one()))
        .with_named_database("second", database(&file, broken))
        .build();
    let error = Running::new(service.clone()).await.served.await.unwrap().unwrap_err();
    insta::assert_snapshot!(error, @"
    the database `second` could not be started: the upgrade of revision `b` (about b) failed: no such table: missing
     --> alembic/versions/b.sql:7:13
      |
    7 | INSERT INTO missing VALUES (1);
      |             ^^^^^^^ no such table: missing
    now: the transaction was rolled back; the database is at a
    help: fix the revision and start again
    ");
    assert!(!service.health().await.is_ready);
    // The first stays where it is, and so do the revisions before the one that failed.
    assert!(one().upgrade(&other.pool().await).await.unwrap().is_empty());
    assert_eq!(one().current(&file.pool().await).await.unwrap().to_string(), "a");
}

#[tokio::test]
async fn a_replica_that_waits_for_head_serves_when_another_has_migrated() {
    let file = File::new();
    let migrator =
        two().migrator().policy(PendingPolicy::WaitForHead).acquire_timeout(Duration::from_mins(1));
    let waiting = SqliteDatabaseBuilder::from_file(file.path()).with_migrations(migrator).build();
    let replica = Running::new(notes().with_database(waiting).build()).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(replica.get("/health/ready").await.status, 503);

    let first = Running::new(notes().with_database(database(&file, two())).build()).await;
    first.ready().await;
    replica.ready().await;
    first.end().await.unwrap();
    replica.end().await.unwrap();
}
