//! The tables of the shop in real databases: made, filled and read.

use crate::shop::{Order, User};
use servicekit::schema::Table;
use servicekit::sqlx::{self, AssertSqlSafe};
use servicekit::{Dialect, Model, Operations, Ulid};
use servicekit_test_servers::{mysql, postgres};

/// The statements that create the tables.
fn statements(dialect: Dialect) -> Vec<String> {
    let mut op = Operations::default();
    for table in [User::table(), Order::table()] {
        create(&mut op, table, dialect);
    }
    op.sql(dialect).unwrap()
}

fn create(op: &mut Operations, mut table: Table, dialect: Dialect) {
    // MariaDB has no indexes of expressions.
    if dialect == Dialect::Mysql {
        table.indexes.retain(|index| index.name.as_deref() != Some("ix_users_email"));
    }
    op.create_table_from(table);
}

#[test]
fn the_statements_of_each_database() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql] {
        insta::assert_snapshot!(format!("shop_{dialect}"), statements(dialect).join(";\n"));
    }
}

/// Makes the tables, writes a row into each and reads what the defaults made.
macro_rules! rows {
    ($pool:ident, $dialect:expr, $first:literal, $second:literal, $count:literal) => {
        for sql in statements($dialect) {
            sqlx::query(AssertSqlSafe(sql)).execute(&$pool).await.unwrap();
        }
        let (user, order) = (Ulid::from_bytes([1; 16]), Ulid::from_bytes([2; 16]));
        let insert = format!("INSERT INTO users (id, username, email) VALUES ({}, 'ann', 'ann@b.no')", $first);
        sqlx::query(AssertSqlSafe(insert)).bind(user).execute(&$pool).await.unwrap();
        let insert = format!("INSERT INTO orders (id, user_id, number) VALUES ({}, {}, 7)", $first, $second);
        let insert = || AssertSqlSafe(insert.clone());
        sqlx::query(insert()).bind(order).bind(user).execute(&$pool).await.unwrap();

        let read = "SELECT o.id, u.id, u.country, o.number, o.state, o.remark FROM orders o JOIN users u ON u.id = o.user_id";
        let row: (Ulid, Ulid, Option<String>, i32, String, Option<String>) =
            sqlx::query_as(read).fetch_one(&$pool).await.unwrap();
        assert_eq!(row, (order, user, Some("NO".to_owned()), 7, "new".to_owned(), None));

        // The same number of the same user, a user who is not there, a total below zero.
        let other = Ulid::from_bytes([3; 16]);
        sqlx::query(insert()).bind(other).bind(user).execute(&$pool).await.unwrap_err();
        sqlx::query(insert()).bind(other).bind(other).execute(&$pool).await.unwrap_err();
        sqlx::query("UPDATE orders SET total = -1").execute(&$pool).await.unwrap_err();

        sqlx::query("DELETE FROM users").execute(&$pool).await.unwrap();
        let left: i64 = sqlx::query_scalar($count).fetch_one(&$pool).await.unwrap();
        assert_eq!(left, 0, "the order goes with its user");
        $pool.close().await;
    };
}

#[tokio::test]
async fn a_row_in_sqlite() {
    let options = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1);
    let pool = options.connect("sqlite::memory:").await.unwrap();
    rows!(pool, Dialect::Sqlite, "?", "?", "SELECT count(*) FROM orders");
}

#[tokio::test]
async fn a_row_in_postgresql() {
    let Some(server) = postgres() else { return };
    let database = server.create_database();
    let pool = sqlx::PgPool::connect(database.url()).await.unwrap();
    rows!(pool, Dialect::Postgres, "$1", "$2", "SELECT count(*) FROM orders");
}

#[tokio::test]
async fn a_row_in_mysql() {
    let Some(server) = mysql() else { return };
    let database = server.create_database();
    let pool = sqlx::MySqlPool::connect(database.url()).await.unwrap();
    rows!(pool, Dialect::Mysql, "?", "?", "SELECT count(*) FROM orders");
}
