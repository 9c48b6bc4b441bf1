//! What is sold.

use super::User;
use serde::{Deserialize, Serialize};
use servicekit::{ColumnType, DbEnum, Table, Ulid};
use sqlx::types::chrono::{DateTime, Utc};

/// An amount of money in cents: SQLite has no decimal numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, sqlx::Type, ColumnType)]
#[sqlx(transparent)]
pub struct Cents(pub i64);

/// Something to buy.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow, Table)]
#[table(doc_comments, check("price >= 0", name = "ck_products_price"))]
pub struct Product {
    /// The number on the label.
    #[column(primary_key, autoincrement)]
    pub id: i64,
    /// What it is called.
    #[column(length = 120, unique)]
    pub name: String,
    /// What one of it costs.
    pub price: Cents,
    /// What else there is to say.
    #[sqlx(json)]
    pub details: Details,
    /// Set when it is not sold any more.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

/// Stored as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The colours that it comes in.
    pub colours: Vec<String>,
    /// Its weight.
    pub grams: Option<u32>,
}

/// What a user thinks of a product.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow, Table)]
#[table(primary_key(user_id, product_id), index(product_id, stars.desc()))]
pub struct Review {
    /// The user.
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: Ulid,
    /// The product.
    #[column(references = Product::id, on_delete = cascade)]
    pub product_id: i64,
    /// The verdict.
    pub stars: Stars,
    /// The reasons.
    #[sqlx(rename = "text")]
    pub reasons: Option<String>,
}

/// Stored as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, DbEnum)]
#[repr(i16)]
pub enum Stars {
    /// Not worth it.
    One = 1,
    /// Fine.
    Two = 2,
    /// Splendid.
    Three = 3,
}
