//! What a test gets.

use crate::support::{history, sql};
use servicekit::sqlx::pool::PoolConnection;
use servicekit::sqlx::{self, Sqlite, SqliteConnection, SqlitePool, Transaction};
use servicekit::{Database, Migrations};
use std::sync::LazyLock;

/// Users and their orders.
static SHOP: LazyLock<Migrations> = LazyLock::new(|| {
    history(&[
        sql(
            "a",
            &[],
            "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);",
            "DROP TABLE users;",
        ),
        sql(
            "b",
            &["a"],
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users, note TEXT);",
            "DROP TABLE orders;",
        ),
    ])
});

async fn names(connection: &mut SqliteConnection) -> Vec<String> {
    sqlx::query_scalar("SELECT name FROM users ORDER BY id").fetch_all(connection).await.unwrap()
}

#[servicekit::test(migrations = *SHOP)]
async fn a_pool_has_the_schema_and_no_rows(pool: SqlitePool) {
    assert_eq!(names(&mut pool.acquire().await.unwrap()).await, [""; 0]);
    // More than one connection of the pool sees the same database.
    let (one, other) = (pool.acquire().await.unwrap(), pool.acquire().await.unwrap());
    drop((one, other));
    let refused = sqlx::query("INSERT INTO orders (user_id) VALUES (7)").execute(&pool).await.unwrap_err();
    assert!(refused.to_string().contains("FOREIGN KEY"), "{refused}");
}

#[servicekit::test(migrations = *SHOP, fixtures("users"))]
async fn rows_of_a_file_beside_the_test_are_there(pool: SqlitePool) -> Result<(), sqlx::Error> {
    let mut connection = pool.acquire().await?;
    assert_eq!(names(&mut connection).await, ["ann", "bob"]);
    Ok(())
}

#[servicekit::test(migrations = *SHOP, fixtures("users"), fixtures(path = "rows", scripts("orders")))]
async fn files_are_applied_in_their_order(mut connection: PoolConnection<Sqlite>) -> sqlx::Result<()> {
    let notes: Vec<String> =
        sqlx::query_scalar("SELECT note FROM orders ORDER BY id").fetch_all(&mut *connection).await?;
    assert_eq!(notes, ["of ann", "of bob"]);
    Ok(())
}

#[servicekit::test(migrations = *SHOP, fixtures("./fixtures/users.sql"))]
async fn a_connection_is_in_a_transaction(connection: &mut SqliteConnection) {
    sqlx::query("DELETE FROM users").execute(&mut *connection).await.unwrap();
    assert_eq!(names(connection).await, [""; 0]);
    let nested = sqlx::raw_sql("BEGIN").execute(&mut *connection).await.unwrap_err();
    assert!(nested.to_string().contains("within a transaction"), "{nested}");
}

#[servicekit::test(migrations = *SHOP)]
async fn a_transaction_can_be_ended(mut transaction: Transaction<'_, Sqlite>) {
    sqlx::query("INSERT INTO users (name) VALUES ('eve')").execute(&mut *transaction).await.unwrap();
    assert_eq!(names(&mut transaction).await, ["eve"]);
    transaction.commit().await.unwrap();
}

#[servicekit::test(migrations = *SHOP)]
async fn a_database_is_open_and_at_head(database: Database<Sqlite>) {
    let rows = SHOP.current(&database).await.unwrap();
    assert_eq!(rows.to_string(), "b");
    assert!(database.init().await.unwrap().steps.is_empty());
}

#[servicekit::test(migrations = false)]
async fn an_empty_database_has_nothing(pool: SqlitePool) {
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(&pool).await.unwrap();
    assert_eq!(count, 0);
}

#[servicekit::test(migrations = *SHOP)]
#[should_panic(expected = "as it should")]
async fn a_test_that_is_to_panic_takes_a_database_too(_pool: SqlitePool) {
    panic!("as it should");
}

#[servicekit::test(migrations = *SHOP)]
#[ignore = "it shows that attributes are kept"]
async fn a_test_that_is_ignored_is_not_run(_pool: SqlitePool) {
    panic!("it was run");
}

/// Two tests at a time that would be in each other's way in one database.
macro_rules! alone {
    ($($name:ident),*) => {$(
        #[servicekit::test(migrations = *SHOP)]
        async fn $name(pool: SqlitePool) {
            for _ in 0..20 {
                sqlx::query("INSERT INTO users (name) VALUES ('me')").execute(&pool).await.unwrap();
            }
            assert_eq!(names(&mut pool.acquire().await.unwrap()).await.len(), 20);
        }
    )*};
}
alone!(first_of_several, second_of_several, third_of_several, fourth_of_several);
