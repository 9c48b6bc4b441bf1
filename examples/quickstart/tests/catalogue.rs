//! A test of a service: each gets a migrated database of its own.

use quickstart::MIGRATIONS;
use servicekit::testing::temp_sqlite;
use std::error::Error;

#[tokio::test]
async fn a_new_database_has_the_first_products() -> Result<(), Box<dyn Error>> {
    let database = temp_sqlite(&MIGRATIONS).await?;

    let names: Vec<String> =
        sqlx::query_scalar("SELECT name FROM products ORDER BY name").fetch_all(database.pool()).await?;

    assert_eq!(names, ["cocoa", "coffee", "tea"]);
    Ok(())
}

#[tokio::test]
async fn a_new_line_notes_the_change_of_its_order() -> Result<(), Box<dyn Error>> {
    let database = temp_sqlite(&MIGRATIONS).await?;
    let statements = [
        "INSERT INTO users (id, name) VALUES (1, 'Ada')",
        "INSERT INTO orders (id, user_id) VALUES (1, 1)",
        "INSERT INTO order_lines (order_id, product_id) VALUES (1, 1)",
    ];

    for statement in statements {
        sqlx::query(statement).execute(database.pool()).await?;
    }

    let changed: bool =
        sqlx::query_scalar("SELECT changed_at IS NOT NULL FROM orders").fetch_one(database.pool()).await?;
    assert!(changed);
    Ok(())
}

#[tokio::test]
async fn the_history_goes_down_to_base_and_up_again() -> Result<(), Box<dyn Error>> {
    let database = temp_sqlite(&MIGRATIONS).await?;
    let schema = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1";
    let before: Vec<String> = sqlx::query_scalar(schema).fetch_all(database.pool()).await?;

    let down = MIGRATIONS.downgrade_to(database.pool(), "base").await?;
    let up = MIGRATIONS.upgrade(database.pool()).await?;

    let after: Vec<String> = sqlx::query_scalar(schema).fetch_all(database.pool()).await?;
    assert_eq!((down.steps.len(), up.steps.len()), (9, 9));
    assert_eq!(after, before);
    Ok(())
}

/// The names that a service uses without naming the crate twice.
use servicekit::sqlx;
