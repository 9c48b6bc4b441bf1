//! What the shop asks its database.

use crate::models::{Order, OrderLine, Product, User};
use servicekit::{Json, Ulid};
use sqlx::{Result, SqliteConnection};

/// Adds a user.
///
/// # Errors
/// When the name or the address is taken, or the database does not answer.
pub async fn add_user(user: &User, connection: &mut SqliteConnection) -> Result<()> {
    sqlx::query(
        "INSERT INTO users (id, created_at, updated_at, tags, username, email, street, town, country) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(user.id)
    .bind(user.created_at)
    .bind(user.updated_at)
    .bind(&user.tags)
    .bind(&user.username)
    .bind(&user.email)
    .bind(&user.address.street)
    .bind(&user.address.town)
    .bind(&user.address.country)
    .execute(connection)
    .await?;
    Ok(())
}

/// Adds a product, whatever its `id` is, and tells the id that it has now.
///
/// # Errors
/// When there is one of this name, or the database does not answer.
pub async fn add_product(product: &Product, connection: &mut SqliteConnection) -> Result<i64> {
    let insert =
        sqlx::query_scalar("INSERT INTO products (name, price, details) VALUES (?, ?, ?) RETURNING id");
    insert.bind(&product.name).bind(product.price).bind(Json(&product.details)).fetch_one(connection).await
}

/// Places an order of these lines; its state and its time are the defaults of the table.
///
/// # Errors
/// When the user or a product is not there, or the database does not answer.
pub async fn place(
    id: Ulid,
    user: Ulid,
    number: i32,
    lines: &[OrderLine],
    connection: &mut SqliteConnection,
) -> Result<Order> {
    let total: i64 = lines.iter().map(|line| line.price.0 * i64::from(line.amount)).sum();
    sqlx::query("INSERT INTO orders (id, user_id, number, total) VALUES (?, ?, ?, ?)")
        .bind(id)
        .bind(user)
        .bind(number)
        .bind(total)
        .execute(&mut *connection)
        .await?;
    for line in lines {
        sqlx::query(
            "INSERT INTO order_lines (order_id, position, product_id, amount, price) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(id)
        .bind(line.position)
        .bind(line.product_id)
        .bind(line.amount)
        .bind(line.price)
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query_as("SELECT * FROM orders WHERE id = ?").bind(id).fetch_one(connection).await
}

/// The lines of an order, as rows of [`OrderLine`].
///
/// # Errors
/// When the database does not answer.
pub async fn lines(order: Ulid, connection: &mut SqliteConnection) -> Result<Vec<OrderLine>> {
    let select = sqlx::query_as("SELECT * FROM order_lines WHERE order_id = ? ORDER BY position");
    select.bind(order).fetch_all(connection).await
}
