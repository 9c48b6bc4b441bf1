//! The tables of a shop, as `cases/beside/models.py` has them for SQLAlchemy.
#![allow(dead_code, reason = "the derive reads the fields")]
#![allow(clippy::duplicated_attributes, reason = "two indexes may be unique")]

use servicekit::sqlx::types::chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use servicekit::sqlx::types::{Decimal, JsonValue, Uuid};
use servicekit::{DbEnum, Dialect, Metadata, Table, models};

#[derive(Debug, Clone, Copy, DbEnum)]
#[db_enum(native)]
#[sqlx(type_name = "order_state", rename_all = "lowercase")]
pub(crate) enum State {
    New,
    Paid,
    Shipped,
}

#[derive(Debug, Clone, Copy, DbEnum)]
#[sqlx(rename_all = "lowercase")]
pub(crate) enum Method {
    Card,
    Invoice,
}

#[derive(Table)]
#[table(unregistered, name = "countries")]
pub(crate) struct Country {
    #[column(primary_key, type = char(2))]
    pub(crate) code: String,
    #[column(length = 100, unique)]
    name: String,
}

#[derive(Table)]
#[table(unregistered, comment = "who may order", check("credit >= 0", name = "ck_customers_credit"))]
pub(crate) struct Customer {
    #[column(primary_key, autoincrement)]
    pub(crate) id: i64,
    #[column(length = 254, unique, comment = "as it was typed")]
    email: String,
    #[column(length = 100, default = "it's new")]
    name: String,
    #[column(type = char(2), references = Country::code, on_update = cascade)]
    country: Option<String>,
    #[column(references = Self::id, on_delete = set_null, index)]
    invited_by: Option<i64>,
    #[column(default = true)]
    active: bool,
    #[column(precision = 12, scale = 2, default = 0)]
    credit: Decimal,
    #[column(default = now())]
    created_at: NaiveDateTime,
}

#[derive(Table)]
#[table(unregistered, index(city, street))]
pub(crate) struct Address {
    #[column(primary_key, autoincrement)]
    id: i64,
    #[column(references = Customer::id, on_delete = cascade, index)]
    customer_id: i64,
    #[column(length = 200)]
    street: String,
    #[column(length = 100)]
    city: String,
}

#[derive(Table)]
#[table(unregistered, unique(parent_id, name))]
pub(crate) struct Category {
    #[column(primary_key, autoincrement)]
    pub(crate) id: i32,
    #[column(references = Self::id, on_delete = restrict)]
    parent_id: Option<i32>,
    #[column(length = 60)]
    name: String,
    #[column(default = 0)]
    position: i16,
}

#[derive(Table)]
#[table(unregistered, index(category_id, price.desc()), check("price >= 0", name = "ck_products_price"))]
pub(crate) struct Product {
    #[column(primary_key, autoincrement)]
    pub(crate) id: i64,
    #[column(length = 40, unique)]
    sku: String,
    #[column(references = Category::id)]
    category_id: i32,
    #[column(precision = 10, scale = 2)]
    price: Decimal,
    weight: Option<f64>,
    description: Option<String>,
    released_on: Option<NaiveDate>,
    #[column(sqlite(type = custom("JSON")))]
    attributes: JsonValue,
}

#[derive(Table)]
#[table(unregistered, primary_key(product_id, currency, valid_from))]
pub(crate) struct Price {
    #[column(references = Product::id, on_delete = cascade)]
    product_id: i64,
    #[column(type = char(3))]
    currency: String,
    valid_from: NaiveDate,
    #[column(precision = 18, scale = 6)]
    amount: Decimal,
}

#[derive(Table)]
#[table(unregistered)]
pub(crate) struct Warehouse {
    #[column(primary_key)]
    pub(crate) id: i32,
    #[column(length = 60)]
    name: String,
    opens_at: NaiveTime,
    #[column(index, sqlite(type = binary))]
    key: Uuid,
}

#[derive(Table)]
#[table(
    unregistered,
    name = "stock",
    primary_key(warehouse_id, product_id),
    check("quantity >= 0", name = "ck_stock_quantity")
)]
pub(crate) struct Stock {
    #[column(references = Warehouse::id)]
    warehouse_id: i32,
    #[column(references = Product::id)]
    product_id: i64,
    #[column(default = 0)]
    quantity: i32,
    #[column(generated = "10 - quantity")]
    missing: Option<i32>,
}

#[derive(Table)]
#[table(unregistered, primary_key(year, number), index(customer_id, placed_at.desc()))]
pub(crate) struct Order {
    pub(crate) year: i16,
    pub(crate) number: i32,
    #[column(references = Customer::id)]
    customer_id: i64,
    #[column(default = "new")]
    state: State,
    placed_at: DateTime<Utc>,
    #[column(precision = 12, scale = 2, default = 0)]
    total: Decimal,
}

#[derive(Table)]
#[table(
    unregistered,
    primary_key(year, number, position),
    unique(year, number, product_id),
    foreign_key(year, number, references(Order::year, Order::number), on_delete = cascade, on_update = cascade),
    check("amount > 0", name = "ck_order_lines_amount")
)]
pub(crate) struct OrderLine {
    year: i16,
    number: i32,
    position: i16,
    #[column(references = Product::id)]
    product_id: i64,
    amount: i32,
}

#[derive(Table)]
#[table(unregistered, foreign_key(year, number, references(Order::year, Order::number)))]
pub(crate) struct Payment {
    #[column(primary_key, autoincrement)]
    id: i64,
    year: i16,
    number: i32,
    #[column(length = 10)]
    method: Method,
    #[column(precision = 12, scale = 2)]
    amount: Decimal,
    receipt: Option<Vec<u8>>,
}

#[derive(Table)]
#[table(unregistered, name = "product_tags", primary_key(product_id, tag))]
pub(crate) struct ProductTag {
    #[column(references = Product::id, on_delete = cascade)]
    product_id: i64,
    #[column(length = 40, index)]
    tag: String,
}

/// With indexes that MariaDB has not.
#[derive(Table)]
#[table(
    unregistered,
    index(customer_id, unique, filter = "used_at IS NULL", name = "ix_coupons_open"),
    index(sql("lower(code)"), unique, name = "ix_coupons_code")
)]
pub(crate) struct Coupon {
    #[column(primary_key)]
    id: i64,
    #[column(length = 20)]
    code: String,
    #[column(references = Customer::id)]
    customer_id: i64,
    used_at: Option<NaiveDateTime>,
}

/// The models that a database can have.
pub(crate) fn shop(dialect: Dialect) -> Metadata {
    let everywhere = models![
        Country, Customer, Address, Category, Product, Price, Warehouse, Stock, Order, OrderLine, Payment,
        ProductTag
    ];
    if dialect == Dialect::Mysql { everywhere } else { everywhere.and(models![Coupon]) }
}
