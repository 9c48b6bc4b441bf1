//! How a service ends.

use crate::support::{File, history, sql};
use crate::{Running, database, notes, one};
use servicekit::SqliteDatabaseBuilder;
use servicekit::api::ServiceError;
use servicekit::api::axum::Router;
use servicekit::api::axum::routing::get;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

fn slow(began: &Arc<Notify>, time: Duration) -> Router {
    let began = Arc::clone(began);
    Router::new().route(
        "/slow",
        get(async move || {
            began.notify_one();
            tokio::time::sleep(time).await;
            "done"
        }),
    )
}

#[tokio::test]
async fn requests_end_before_the_databases_are_closed() {
    let file = File::new();
    let database = database(&file, one());
    let began = Arc::new(Notify::new());
    let handler = database.clone();
    let notify = Arc::clone(&began);
    let routes = Router::new().route(
        "/slow",
        get(async move || {
            notify.notify_one();
            tokio::time::sleep(Duration::from_millis(300)).await;
            // The pool is still there.
            let mut session = handler.session().await.unwrap();
            servicekit::sqlx::query("INSERT INTO a VALUES ('1')").execute(&mut *session).await.unwrap();
            session.commit().await.unwrap();
            "written"
        }),
    );
    let mut running =
        Running::new(notes().with_database(database.clone()).include_router(routes).build()).await;
    running.ready().await;
    let request = tokio::spawn(crate::client::request(running.address, "GET", "/slow"));
    began.notified().await;
    running.tell();
    assert_eq!(request.await.unwrap().unwrap().body, "written");
    running.served.await.unwrap().unwrap();
    assert_eq!(database.pool().unwrap_err().code(), "not_initialised");
}

#[tokio::test]
async fn requests_that_do_not_end_are_given_up() {
    let began = Arc::new(Notify::new());
    let service = notes()
        .include_router(slow(&began, Duration::from_mins(10)))
        .with_shutdown_timeout(Duration::from_millis(100))
        .build();
    let mut running = Running::new(service).await;
    running.ready().await;
    let request = tokio::spawn(crate::client::request(running.address, "GET", "/slow"));
    began.notified().await;
    running.tell();
    let error = running.served.await.unwrap().unwrap_err();
    assert!(matches!(error, ServiceError::NotDrained { .. }));
    insta::assert_snapshot!(error, @"
    the service ended before its requests: they were still running after 100ms
    help: allow more time by `with_shutdown_timeout`, or find the requests that take so long
    ");
    request.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_of_revisions_stops_before_its_next_one() {
    let file = File::new();
    let began = Arc::new(Notify::new());
    let notify = Arc::clone(&began);
    let revisions: Vec<_> = ["a", "b", "c", "d"]
        .iter()
        .scan(None, |before, id| {
            let down: &'static [&'static str] = before.map_or(&[], |before| Box::leak(Box::new([before])));
            *before = Some(*id);
            Some(sql(id, down, "SELECT 1;", ""))
        })
        .collect();
    let migrations = history(&revisions);
    let migrator = migrations.migrator().on_progress(move |_| {
        notify.notify_one();
        std::thread::sleep(Duration::from_millis(200));
    });
    let database = SqliteDatabaseBuilder::from_file(file.path()).with_migrations(migrator).build();
    let running = Running::new(notes().with_database(database).build()).await;
    began.notified().await;
    running.end().await.unwrap();

    let status = migrations.migrator().status(&file.pool().await).await.unwrap();
    assert!(status.partial.is_none() && status.rows.to_string() != "d", "{}", status.rows);
}
