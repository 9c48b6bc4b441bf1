//! Tests of a service: each gets a migrated database of its own.

use quickstart::{MIGRATIONS, rev};
use servicekit::testing::Seed;
use sqlx::{SqliteConnection, SqlitePool};

#[servicekit::test]
async fn a_new_database_has_the_first_products(pool: SqlitePool) -> sqlx::Result<()> {
    let names: Vec<String> =
        sqlx::query_scalar("SELECT name FROM products ORDER BY name").fetch_all(&pool).await?;
    assert_eq!(names, ["cocoa", "coffee", "tea"]);
    Ok(())
}

#[servicekit::test(fixtures("users"))]
async fn an_order_belongs_to_a_user(connection: &mut SqliteConnection) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO orders (user_id) VALUES (2)").execute(&mut *connection).await?;
    let nobody = sqlx::query("INSERT INTO orders (user_id) VALUES (3)").execute(&mut *connection).await;
    assert!(nobody.is_err());
    Ok(())
}

servicekit::migration_tests!(MIGRATIONS, seeds = [users(), orders()]);

fn users() -> Seed {
    Seed::at(rev::CREATE_USERS)
        .insert("INSERT INTO users (id, name) VALUES (1, 'ann')")
        .finds("SELECT name FROM users", [["ann"]])
}

fn orders() -> Seed {
    Seed::at(rev::CREATE_ORDERS)
        .run(async |connection| {
            for order in 1..=100 {
                let query = sqlx::query("INSERT INTO orders (id, user_id) VALUES (?, 1)").bind(order);
                query.execute(connection.sqlite()?).await?;
            }
            Ok(())
        })
        .check(async |connection| {
            let query = "SELECT count(*) FROM orders JOIN users ON users.id = user_id WHERE name = 'ann'";
            let kept: i64 = sqlx::query_scalar(query).fetch_one(connection.sqlite()?).await?;
            if kept == 100 { Ok(()) } else { Err(format!("{kept} orders have their user").into()) }
        })
}
