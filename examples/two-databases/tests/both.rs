//! Both databases at head, the health of each, and orders that move.

use servicekit::sqlx;
use two_databases::{Databases, archive, orders};

#[tokio::test]
async fn both_come_to_head_and_orders_move_between_them() {
    let folder = tempfile::tempdir().unwrap();
    let databases = Databases::new(folder.path());
    let service = databases.service();
    assert!(!service.health().await.is_ready);
    service.start().await.unwrap();
    let health = service.health().await;
    assert!(health.is_ready);
    let names: Vec<&str> = health.checks.keys().map(String::as_str).collect();
    assert_eq!(names, ["archive.database", "archive.migrations", "orders.database", "orders.migrations"]);
    assert_eq!(orders::MIGRATIONS.current(&databases.orders).await.unwrap().to_string(), "5b8e2f10c9a4");
    assert_eq!(archive::MIGRATIONS.current(&databases.archive).await.unwrap().to_string(), "e06d47b1f823");

    let insert = "INSERT INTO orders (year, cents) VALUES (2025, 100), (2025, 200), (2026, 300)";
    sqlx::query(insert).execute(&databases.orders.pool().unwrap()).await.unwrap();
    assert_eq!(databases.archive_year(2025).await.unwrap(), 2);
    assert_eq!(databases.archive_year(2025).await.unwrap(), 0);
    let left: Vec<i64> = sqlx::query_scalar("SELECT cents FROM orders")
        .fetch_all(&databases.orders.pool().unwrap())
        .await
        .unwrap();
    let moved: Vec<i64> = sqlx::query_scalar("SELECT cents FROM archived_orders ORDER BY id")
        .fetch_all(&databases.archive.pool().unwrap())
        .await
        .unwrap();
    assert_eq!((left, moved), (vec![300], vec![100, 200]));
}
