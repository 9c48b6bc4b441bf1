//! What is bought.

use super::{Cents, Product, User};
use servicekit::{DbEnum, Table, Ulid};
use sqlx::types::chrono::{DateTime, Utc};

/// Where an order is on its way; stored as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, DbEnum)]
#[sqlx(rename_all = "snake_case")]
pub enum State {
    /// Just placed.
    New,
    /// Nothing is owed.
    #[column(renamed_from = "paid")]
    PaidInFull,
    /// It has left the house.
    Shipped,
}

/// What a user has ordered at once.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow, Table)]
#[table(
    unique(user_id, number),
    index(user_id, placed_at.desc()),
    index(state, filter = "state <> 'shipped'", name = "ix_orders_open"),
    check("total >= 0", name = "ck_orders_total"),
    mysql(option = "ENGINE = InnoDB")
)]
pub struct Order {
    /// The key.
    #[column(primary_key)]
    pub id: Ulid,
    /// Who has ordered.
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: Ulid,
    /// Which order of this user it is.
    pub number: i32,
    /// What all of it costs.
    #[column(default = 0)]
    pub total: Cents,
    /// Where it is.
    #[column(default = "new")]
    pub state: State,
    /// When it was placed.
    #[column(default = now())]
    pub placed_at: DateTime<Utc>,
    /// What the customer said.
    #[sqlx(rename = "remark")]
    #[column(comment = "what the customer said")]
    pub note: Option<String>,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow, Table)]
#[table(primary_key(order_id, position), check("amount > 0", name = "ck_order_lines_amount"))]
pub struct OrderLine {
    /// The order.
    #[column(references = Order::id, on_delete = cascade)]
    pub order_id: Ulid,
    /// The place of the line in it.
    pub position: i16,
    /// What is ordered.
    #[column(references = Product::id, on_delete = restrict, index)]
    pub product_id: i64,
    /// How much of it.
    #[column(default = 1)]
    pub amount: i32,
    /// What one of it cost that day.
    pub price: Cents,
}
