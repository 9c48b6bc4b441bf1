//! What the health says, and when a service is ready.

use crate::client::request;
use crate::support::{File, history, sql};
use crate::{Running, database, notes, one, two};
use servicekit::api::{BaseServiceBuilder, HealthCheck, HealthStatus, ServiceInfo};
use servicekit::options::PendingPolicy;
use servicekit::{Database, SqliteDatabaseBuilder};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

#[tokio::test]
async fn a_service_at_head_is_healthy_and_ready() {
    let file = File::new();
    let info = ServiceInfo::new("Notes").with_version("1.2.3");
    let service = BaseServiceBuilder::new(info).with_health().with_database(database(&file, two())).build();
    let running = Running::new(service).await;
    running.ready().await;

    let health = running.get("/health").await;
    assert_eq!(health.status, 200);
    assert!(health.head.contains("content-type: application/json"), "{}", health.head);
    assert!(health.head.contains("cache-control: no-store"), "{}", health.head);
    insta::assert_snapshot!(health.body, @r#"{"status":"healthy","ready":true,"service":{"name":"Notes","version":"1.2.3"},"checks":{"database":{"status":"healthy"},"migrations":{"status":"healthy","current":["b"],"head":["b"],"pending":[]}}}"#);
    let live = running.get("/health/live").await;
    let ready = running.get("/health/ready").await;
    assert_eq!((live.status, live.body.as_str()), (200, r#"{"status":"alive"}"#));
    assert_eq!((ready.status, ready.body.as_str()), (200, r#"{"status":"ready"}"#));
    assert_eq!(request(running.address, "HEAD", "/health").await.unwrap().status, 200);
    assert_eq!(request(running.address, "POST", "/health").await.unwrap().status, 405);
    for path in ["/health/other", "/healthy", "/", "/health/"] {
        assert_eq!(running.get(path).await.status, 404, "{path}");
    }
    running.end().await.unwrap();
}

/// The health of a service whose database was changed by others after its start.
async fn after(change: impl AsyncFnOnce(&File)) -> (u16, u16, String) {
    let file = File::new();
    let running = Running::new(notes().with_database(database(&file, two())).build()).await;
    running.ready().await;
    change(&file).await;
    tokio::time::sleep(Duration::from_millis(1100)).await;
    let (health, ready) = (running.get("/health").await, running.get("/health/ready").await);
    running.end().await.unwrap();
    (health.status, ready.status, health.body)
}

#[tokio::test]
async fn a_database_that_others_move_is_told() {
    let (behind, ahead) = tokio::join!(
        after(async |file| {
            two().downgrade_to(&file.pool().await, "-1").await.unwrap();
        }),
        after(async |file| {
            let third = sql("c", &["b"], "CREATE TABLE c (x TEXT);", "DROP TABLE c;");
            let a = sql("a", &[], "CREATE TABLE a (x TEXT);", "DROP TABLE a;");
            let b = sql("b", &["a"], "CREATE TABLE b (x TEXT);", "DROP TABLE b;");
            history(&[a, b, third]).upgrade(&file.pool().await).await.unwrap();
        }),
    );
    assert_eq!((behind.0, behind.1, ahead.0, ahead.1), (503, 503, 200, 200));
    insta::assert_snapshot!(format!("{}\n{}", behind.2, ahead.2), @r#"
    {"status":"unhealthy","ready":false,"service":{"name":"Notes"},"checks":{"database":{"status":"healthy"},"migrations":{"status":"unhealthy","message":"1 revision is pending","current":["a"],"head":["b"],"pending":["b"]}}}
    {"status":"degraded","ready":true,"service":{"name":"Notes"},"checks":{"database":{"status":"healthy"},"migrations":{"status":"degraded","message":"the database has revisions of a newer version","current":["c"],"head":["b"],"pending":[]}}}
    "#);
}

#[tokio::test]
async fn a_database_that_cannot_be_read_is_unhealthy_without_details() {
    let told = after(async |file| {
        let mut connection = file.connection().await;
        servicekit::sqlx::raw_sql("ALTER TABLE alembic_version RENAME COLUMN version_num TO secret")
            .execute(&mut connection)
            .await
            .unwrap();
    })
    .await;
    assert_eq!((told.0, told.1), (503, 503));
    insta::assert_snapshot!(told.2, @r#"{"status":"unhealthy","ready":false,"service":{"name":"Notes"},"checks":{"database":{"status":"healthy"},"migrations":{"status":"unhealthy","message":"where the database is in its history cannot be read"}}}"#);
}

#[tokio::test]
async fn checks_of_the_application_count_and_are_not_asked_for_each_request() {
    let asked = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&asked);
    let service = notes()
        .with_check("mail", move || {
            counted.fetch_add(1, Ordering::Relaxed);
            async { HealthCheck::degraded("mail is queued") }
        })
        .build();
    let running = Running::new(service.clone()).await;
    running.ready().await;
    for _ in 0..50 {
        assert_eq!(running.get("/health").await.status, 200);
    }
    assert!(asked.load(Ordering::Relaxed) < 10);
    assert_eq!(service.health().await.status, HealthStatus::Degraded);
    running.end().await.unwrap();
    assert!(!service.health().await.is_ready);
}

#[tokio::test]
async fn a_policy_that_applies_nothing_leaves_the_service_not_ready() {
    let file = File::new();
    let migrator = two().migrator().policy(PendingPolicy::Skip);
    let skipping = SqliteDatabaseBuilder::from_file(file.path()).with_migrations(migrator).build();
    let running = Running::new(notes().with_database(skipping).build()).await;
    while running.get("/health").await.body.contains("starting") {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(running.get("/health/ready").await.status, 503);
    assert!(running.get("/health").await.body.contains(r#""pending":["a","b"]"#));
    two().upgrade(&file.pool().await).await.unwrap();
    running.ready().await;
    running.end().await.unwrap();
}

#[tokio::test]
async fn the_history_of_a_library_has_a_check_of_its_own() {
    let file = File::new();
    let library = crate::support::history_with(
        &[sql("l", &[], "CREATE TABLE l (x TEXT);", "DROP TABLE l;")],
        |embedded| {
            embedded.version_table = "library_version";
            embedded.journal_table = "library_journal";
        },
    );
    let database = SqliteDatabaseBuilder::from_file(file.path())
        .with_library_migrations("library", library)
        .with_migrations(two())
        .build();
    let service = notes().with_database(database).build();
    service.start().await.unwrap();
    library.downgrade_to(&file.pool().await, "base").await.unwrap();
    let health = service.health().await;
    let statuses: Vec<_> = health.checks.iter().map(|(name, check)| (name.as_str(), check.status)).collect();
    let (well, unwell) = (HealthStatus::Healthy, HealthStatus::Unhealthy);
    assert_eq!(statuses, [("database", well), ("library.migrations", unwell), ("migrations", well)]);
    assert!(!health.is_ready);
}

#[tokio::test]
async fn several_databases_have_checks_of_their_own_and_one_without_a_history_has_one() {
    let (file, other) = (File::new(), File::new());
    let plain = Database::from_url(&format!("sqlite://{}", other.path().display())).unwrap().build();
    let service = notes()
        .with_health_at("status/")
        .with_named_database("orders", database(&file, one()))
        .with_named_database("archive", plain)
        .build();
    let router = service.router();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { servicekit::api::axum::serve(listener, router).await });
    let starting = crate::client::get(address, "/status").await;
    service.start().await.unwrap();
    let started = crate::client::get(address, "/status").await;
    assert_eq!((starting.status, started.status), (503, 200));
    assert_eq!(crate::client::get(address, "/health").await.status, 404);
    insta::assert_snapshot!(format!("{}\n{}", starting.body, started.body), @r#"
    {"status":"unhealthy","ready":false,"service":{"name":"Notes"},"checks":{"archive.database":{"status":"unhealthy","message":"the service is starting"},"orders.database":{"status":"unhealthy","message":"the service is starting"},"orders.migrations":{"status":"unhealthy","message":"the service is starting"}}}
    {"status":"healthy","ready":true,"service":{"name":"Notes"},"checks":{"archive.database":{"status":"healthy"},"orders.database":{"status":"healthy"},"orders.migrations":{"status":"healthy","current":["a"],"head":["a"],"pending":[]}}}
    "#);
}
