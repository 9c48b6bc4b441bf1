//! create the shop
//!
//! Written from what differs between the models and a database, on SQLite.
use servicekit::revision::*;

revision! {
    id: "4b8d1f6a20c7",
    models: ["+order_lines", "+orders", "+products", "+reviews", "+users"],
    created: "2026-11-29T13:19:16Z",
}

pub fn upgrade(op: &mut Operations) {
    op.create_table(
        "products",
        [
            big_integer("id").primary_key().autoincrement().comment("The number on the label."),
            string("name", 120).not_null().unique().comment("What it is called."),
            big_integer("price").not_null().check("price >= 0").comment("What one of it costs."),
            jsonb("details").not_null().comment("What else there is to say."),
            timestamp_tz("withdrawn_at").comment("Set when it is not sold any more."),
        ],
    )
    .comment("Something to buy.");

    op.create_table(
        "users",
        [
            ulid("id").primary_key(),
            timestamp_tz("created_at").not_null().default(now()),
            timestamp_tz("updated_at").not_null().default(now()),
            jsonb("tags").not_null(),
            string("username", 50).not_null().unique(),
            string("email", 254).not_null(),
            text("street").not_null(),
            string("town", 80).not_null(),
            char("country", 2).not_null().default("NO"),
        ],
    )
    .with(check("email LIKE '%@%'"))
    .with(index([sql("lower(email)")]).name("ix_users_email").unique())
    .comment("who may sign in");

    op.create_table(
        "orders",
        [
            ulid("id").primary_key(),
            ulid("user_id").not_null(),
            integer("number").not_null(),
            big_integer("total").not_null().default(0),
            string("state", 12).not_null().default("new"),
            timestamp_tz("placed_at").not_null().default(now()),
            text("remark").comment("what the customer said"),
        ],
    )
    .with(unique(["user_id", "number"]))
    .with(check(one_of("state", ["new", "paid_in_full", "shipped"])))
    .with(check("total >= 0").name("ck_orders_total"))
    .with(foreign_key(["user_id"], "users", ["id"]).on_delete(ForeignKeyAction::Cascade))
    .with(index([key("user_id"), key("placed_at").desc()]))
    .with(index(["state"]).name("ix_orders_open").filter("state <> 'shipped'"))
    .option(Dialect::Mysql, "ENGINE = InnoDB");

    op.create_table(
        "order_lines",
        [
            ulid("order_id").primary_key(),
            small_integer("position").primary_key(),
            big_integer("product_id").not_null().indexed(),
            integer("amount").not_null().default(1).check("amount > 0"),
            big_integer("price").not_null(),
        ],
    )
    .with(foreign_key(["order_id"], "orders", ["id"]).on_delete(ForeignKeyAction::Cascade))
    .with(foreign_key(["product_id"], "products", ["id"]).on_delete(ForeignKeyAction::Restrict));

    op.create_table(
        "reviews",
        [
            ulid("user_id").not_null(),
            big_integer("product_id").not_null(),
            small_integer("stars").not_null(),
            text("text"),
        ],
    )
    .with(primary_key(["user_id", "product_id"]))
    .with(check(one_of("stars", [1, 2, 3])))
    .with(foreign_key(["product_id"], "products", ["id"]).on_delete(ForeignKeyAction::Cascade))
    .with(foreign_key(["user_id"], "users", ["id"]).on_delete(ForeignKeyAction::Cascade))
    .with(index([key("product_id"), key("stars").desc()]));
}

pub fn downgrade(op: &mut Operations) {
    // loses data: table reviews
    // loses data: table order_lines
    // loses data: table orders
    // loses data: table users
    // loses data: table products
    op.reverse_of(upgrade);
}
