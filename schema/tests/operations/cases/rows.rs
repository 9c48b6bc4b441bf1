use super::{Case, case};
use crate::table::{IntoRow as _, Value};
use servicekit::revision::*;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("bulk_insert", products, |op| {
            op.bulk_insert("products", ["id", "name", "price"], [(1, "tea", 450), (2, "baker's yeast", 90)]);
        })
        .asking("SELECT name FROM products ORDER BY id"),
        case("bulk_insert: all kinds of values", kinds, |op| {
            let row = [
                Value::from(true),
                Value::from(i64::MIN),
                Value::from(0.1 + 0.2),
                Value::from("a \\ b"),
                Value::from(b"\x00\x7f\xff"),
                Value::Null,
                Value::from(sql("1 + 1")),
                Value::from(1e300),
            ]
            .into_row();
            op.bulk_insert("kinds", ["b", "i", "r", "t", "y", "n", "e", "big"], [row]);
        })
        .asking(
            "SELECT CASE WHEN b AND i = -9223372036854775807 - 1 AND r = 0.1e0 + 0.2e0 AND length(t) = 5 \
             AND n IS NULL AND e = 2 AND big = 1e300 AND length(y) = 3 THEN 'as written' ELSE 'otherwise' END FROM kinds",
        ),
        case("bulk_insert: no rows", products, |op| {
            op.bulk_insert("products", ["id"], [] as [[i32; 1]; 0]);
        })
        .asking("SELECT name FROM products ORDER BY id"),
        case("update", filled, |op| {
            op.update("products").set("price", 500).set("name", sql("upper(name)"));
        })
        .asking("SELECT name FROM products ORDER BY id"),
        case("update: filter", filled, |op| {
            op.update("products").set("name", "green tea").filter("name = :name").bind("name", "tea");
        })
        .asking("SELECT name FROM products ORDER BY id"),
        case("execute: several statements", products, |op| {
            op.execute("INSERT INTO products (id, name) VALUES (1, 'a;b'); INSERT INTO products (id, name) VALUES (2, 'c')");
        })
        .asking("SELECT name FROM products ORDER BY id"),
        case("execute: bound values", filled, |op| {
            op.execute("UPDATE products SET name = :name, price = price -:less WHERE id = :id AND name <> ':id'")
                .bind("name", "O'Neill")
                .bind("less", -5)
                .bind("id", 1);
        })
        .asking("SELECT name FROM products WHERE price = 455 ORDER BY id"),
        case("execute_for", filled, |op| {
            op.execute_for(Dialect::Sqlite, "UPDATE products SET name = 'sqlite'");
            op.execute_for(Dialect::Postgres, "UPDATE products SET name = 'postgres'");
            op.execute_for(Dialect::Mysql, "UPDATE products SET name = 'mysql'");
        })
        .asking("SELECT name FROM products ORDER BY id"),
    ]
}

fn products(op: &mut Operations) {
    op.create_table("products", [integer("id").primary_key(), string("name", 20), integer("price")]);
}

fn filled(op: &mut Operations) {
    products(op);
    op.bulk_insert("products", ["id", "name", "price"], [(1, "tea", 450), (2, "cocoa", 90)]);
}

fn kinds(op: &mut Operations) {
    op.create_table(
        "kinds",
        [
            boolean("b"),
            big_integer("i"),
            double("r"),
            text("t"),
            binary("y"),
            text("n"),
            integer("e"),
            double("big"),
        ],
    );
}
