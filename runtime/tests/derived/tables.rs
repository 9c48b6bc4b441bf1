//! The tables of the shop.

use crate::shop::{Order, Shop, User};
use servicekit::schema::{
    Column, ForeignKeyAction, Hints, Schema, Table, Type, check, index, integer, key, now, numeric, sql,
    string, text, timestamp_tz, ulid, unique,
};
use servicekit::{Dialect, Metadata, Model};

fn users() -> Table {
    Table::new(
        "users",
        [
            ulid("id").primary_key(),
            string("username", 50).not_null().unique(),
            string("email", 254).not_null().check("email LIKE '%@%'"),
            string("country", 2).default("NO"),
        ],
    )
    .with(index([key(sql("lower(email)"))]).unique().name("ix_users_email"))
    .comment("who may sign in")
}

fn orders() -> Table {
    let state = Column::new("state", Type::Varchar(12)).not_null();
    Table::new(
        "orders",
        [
            ulid("id").primary_key(),
            ulid("user_id").not_null().references("users", "id").on_delete(ForeignKeyAction::Cascade),
            integer("number").not_null(),
            numeric("total", 12, 2).not_null().default(0),
            state.check("state IN ('new', 'paid_in_full', 'shipped')").default("new"),
            timestamp_tz("placed_at").not_null().default(now()),
            text("remark").comment("what the customer said"),
        ],
    )
    .with(unique(["user_id", "number"]))
    .with(index([key("user_id"), key("placed_at").desc()]))
    .with(check("total >= 0").name("ck_orders_total"))
    .option(Dialect::Mysql, "ENGINE = InnoDB")
}

#[test]
fn the_tables_are_those_that_a_person_would_write() {
    assert_eq!(User::table(), users());
    assert_eq!(Order::table(), orders());
    assert_eq!(User::FIELDS.len(), 4);
    assert_eq!(Order::FIELDS.last(), Some(&("note", "remark")));
    assert_eq!(User::hints(), Hints::default().column_renamed_from("country", "nation"));
    assert_eq!(Order::hints(), Hints::default());
}

#[test]
fn the_models_have_registered_themselves_at_their_lines() {
    let shop = Metadata::registered::<Shop>();
    assert_eq!(shop.tables().unwrap(), [orders(), users()]);
    let file = include_str!("shop.rs");
    for (name, place) in shop.places() {
        let line = file.lines().nth(place.line as usize - 1).unwrap();
        let model = if name.name == "users" { "User" } else { "Order" };
        assert_eq!(line, format!("pub(crate) struct {model} {{"));
        assert_eq!(place.rust, format!("derived::shop::{model}"));
    }
}

/// The table of [`Remark`] under other names in Rust.
#[derive(servicekit::Table)]
#[table(unregistered, name = "notes")]
#[allow(dead_code, reason = "the derive reads the fields")]
struct Note {
    #[column(primary_key)]
    id: i32,
    body: String,
}

#[derive(servicekit::Table)]
#[table(unregistered, name = "notes")]
#[allow(dead_code, reason = "the derive reads the fields")]
struct Remark {
    #[column(primary_key)]
    id: i32,
    #[sqlx(rename = "body")]
    text: String,
}

#[test]
fn other_names_in_rust_are_no_difference() {
    let schema = |table: Table| {
        let mut schema = Schema::default();
        schema.tables.push(table);
        schema
    };
    for dialect in Dialect::ALL {
        let difference = schema(Note::table()).difference(&schema(Remark::table()), dialect);
        assert!(difference.is_empty() && difference.rename_candidates().is_empty(), "{difference}");
        assert_eq!(difference.plan().unwrap().recorded().sql(dialect).unwrap(), Vec::<String>::new());
    }
}
