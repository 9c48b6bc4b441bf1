//! The models make tables, and rows of these tables are the models again.
#![allow(clippy::unwrap_used, reason = "clippy exempts test functions, not their helpers")]

use servicekit::schema::Schema;
use servicekit::testing::check_model_types;
use servicekit::{utils::get_registered_tables, Base, Dialect, Entity as _, Json, Ulid};
use shop::models::{Address, Cents, Details, Email, Order, OrderLine, Product, Review, Stars, State, User};
use shop::queries::{add_product, add_user, lines, place};
use sqlx::types::chrono::{DateTime, Utc};
use sqlx::{Connection as _, SqliteConnection};

/// A database that the revisions have made.
async fn database() -> SqliteConnection {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    shop::MIGRATIONS.upgrade(&mut connection).await.unwrap();
    connection
}

servicekit::migration_tests!(shop::MIGRATIONS, models = Base, revisions = all);

fn ann() -> User {
    let at: DateTime<Utc> = "2026-11-29T08:00:00Z".parse().unwrap();
    User {
        id: Ulid::from_bytes([1; 16]),
        created_at: at,
        updated_at: at,
        tags: Json(vec!["first".to_owned()]),
        username: "ann".to_owned(),
        email: Email("ann@example.org".to_owned()),
        address: Address {
            street: "Storgata 1".to_owned(),
            town: "Oslo".to_owned(),
            country: "NO".to_owned(),
        },
    }
}

fn lamp() -> Product {
    Product {
        id: 1,
        name: "lamp".to_owned(),
        price: Cents(49_900),
        details: Details { colours: vec!["red".to_owned()], grams: Some(700) },
        withdrawn_at: None,
    }
}

#[test]
fn every_model_registers_itself() {
    let tables = get_registered_tables(Base).unwrap();
    let names: Vec<String> = tables.iter().map(|table| table.name.to_string()).collect();
    assert_eq!(names, ["order_lines", "orders", "products", "reviews", "users"]);
}

#[test]
fn the_readme_shows_lines_of_the_models() {
    let (readme, orders) = (include_str!("../README.md"), include_str!("../src/models/orders.rs"));
    let shown = readme.split("```rust\n").nth(1).unwrap().split("```").next().unwrap();
    let missing: Vec<&str> =
        shown.lines().filter(|line| !orders.lines().any(|known| known == *line)).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn every_column_is_read_into_its_field() {
    check_model_types(Base, [Dialect::Sqlite]).unwrap();
}

/// The partial index and the index of an expression are what SQLite and PostgreSQL have.
#[test]
fn the_same_models_are_tables_of_postgresql() {
    let schema = Schema::from(get_registered_tables(Base).unwrap());
    let statements = schema.operations(Dialect::Postgres).sql(Dialect::Postgres).unwrap();
    assert_eq!(statements.iter().filter(|sql| sql.starts_with("CREATE TABLE")).count(), 5);
}

#[tokio::test]
async fn a_user_comes_back_and_an_address_without_an_at_is_refused() {
    let mut connection = database().await;
    add_user(&ann(), &mut connection).await.unwrap();
    let read: User = sqlx::query_as("SELECT * FROM users").fetch_one(&mut connection).await.unwrap();
    assert_eq!(read, ann());
    assert_eq!(read.tags(), ["first"]);

    let same = User { id: Ulid::from_bytes([2; 16]), username: "Ann".to_owned(), ..ann() };
    let same = User { email: Email("ANN@example.org".to_owned()), ..same };
    assert!(add_user(&same, &mut connection).await.is_err(), "the address is taken in small letters");
    let without = User { email: Email("nowhere".to_owned()), ..same };
    assert!(add_user(&without, &mut connection).await.is_err());
}

#[tokio::test]
async fn an_order_has_the_defaults_of_its_table_and_goes_with_its_user() {
    let mut connection = database().await;
    add_user(&ann(), &mut connection).await.unwrap();
    let product_id = add_product(&lamp(), &mut connection).await.unwrap();
    let read: Product = sqlx::query_as("SELECT * FROM products").fetch_one(&mut connection).await.unwrap();
    assert_eq!(read, lamp());

    let id = Ulid::from_bytes([3; 16]);
    let line = OrderLine { order_id: id, position: 1, product_id, amount: 2, price: read.price };
    let order = place(id, ann().id, 7, std::slice::from_ref(&line), &mut connection).await.unwrap();
    let expected = Order {
        id,
        user_id: ann().id,
        number: 7,
        total: Cents(99_800),
        state: State::New,
        placed_at: order.placed_at,
        note: None,
    };
    assert_eq!(order, expected);
    assert_eq!(lines(id, &mut connection).await.unwrap(), [line]);
    let unknown = sqlx::query("UPDATE orders SET state = 'lost'").execute(&mut connection).await;
    assert!(unknown.is_err(), "no variant is stored as this");

    sqlx::query("DELETE FROM users").execute(&mut connection).await.unwrap();
    assert_eq!(lines(id, &mut connection).await.unwrap(), []);
}

#[tokio::test]
async fn a_review_is_one_of_three_numbers() {
    let mut connection = database().await;
    add_user(&ann(), &mut connection).await.unwrap();
    let product_id = add_product(&lamp(), &mut connection).await.unwrap();
    let insert = "INSERT INTO reviews (user_id, product_id, stars, text) VALUES (?, ?, ?, ?)";
    let insert = sqlx::query(insert).bind(ann().id).bind(product_id).bind(Stars::Three).bind("bright");
    insert.execute(&mut connection).await.unwrap();
    let read: Review = sqlx::query_as("SELECT * FROM reviews").fetch_one(&mut connection).await.unwrap();
    let reasons = Some("bright".to_owned());
    assert_eq!(read, Review { user_id: ann().id, product_id, stars: Stars::Three, reasons });
    assert!(sqlx::query("UPDATE reviews SET stars = 4").execute(&mut connection).await.is_err());
}
