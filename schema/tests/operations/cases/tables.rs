use super::{Case, bare, case, nothing, users};
use servicekit::revision::*;

pub(super) fn cases() -> Vec<Case> {
    [constraints(), columns(), options(), others()].concat()
}

fn constraints() -> Vec<Case> {
    vec![
        case("create_table: columns", nothing, users),
        case("create_table: autoincrement", nothing, |op| {
            op.create_table("log", [big_integer("id").primary_key().autoincrement(), text("line")]);
        }),
        case("create_table: autoincrement with options", nothing, |op| {
            let numbers = sequence().start(1000).increment(10).minimum(10).maximum(99_990).cache(5).cycle();
            op.create_table("log", [big_integer("id").primary_key().autoincrement().sequence(numbers)]);
        }),
        case("create_table: now_on_update", nothing, |op| {
            op.create_table(
                "log",
                [
                    timestamp("at").default(now()).now_on_update(),
                    timestamp("on_the_second").not_null().precision(0).default(now()).now_on_update(),
                ],
            );
        }),
        case("create_table: identity always", nothing, |op| {
            op.create_table("log", [big_integer("id").primary_key().identity_always()]);
        }),
        case("create_table: constraints of columns", bare, |op| {
            op.create_table(
                "members",
                [
                    ulid("id").primary_key(),
                    integer("team_id")
                        .not_null()
                        .references("teams", "id")
                        .on_delete(ForeignKeyAction::Cascade)
                        .on_update(ForeignKeyAction::Restrict),
                    string("email", 80).not_null().unique(),
                    integer("age").check("age >= 0").check("age < 200").indexed(),
                ],
            );
        }),
        case("create_table: constraints of the table", bare, |op| {
            op.create_table(
                "places",
                [integer("year").not_null(), integer("number").not_null(), string("row", 1)],
            )
            .with(primary_key(["year", "number"]))
            .with(unique(["row", "number"]).name("uq_row"))
            .with(check("year > 0"))
            .with(check("number > 0"))
            .with(foreign_key(["year", "number"], "teams", ["year", "number"]))
            .with(index([key("number").desc()]));
        }),
    ]
}

fn columns() -> Vec<Case> {
    vec![
        case("create_table: defaults", nothing, |op| {
            op.create_table(
                "settings",
                [
                    integer("id").primary_key(),
                    string("name", 20).default("it's"),
                    text("note").default("long"),
                    boolean("on").not_null().default(true),
                    integer("level").default(-3),
                    double("factor").default(0.5),
                    string("code", 9).default(sql("upper('x')")),
                    timestamp("made").default(now()),
                    timestamp_tz("seen").not_null().default(now()),
                    binary("raw").default(b"\x00\xff"),
                    text("nothing").default(None::<&str>),
                ],
            );
        }),
        case("create_table: stored generated column", nothing, |op| {
            op.create_table(
                "boxes",
                [integer("a").not_null(), integer("b").not_null(), integer("area").generated("a * b")],
            );
        }),
        case("create_table: virtual generated column", nothing, |op| {
            op.create_table("boxes", [integer("a").not_null(), integer("double").generated_virtual("a * 2")]);
        }),
        case("create_table: collation", nothing, |op| {
            op.create_table(
                "words",
                [string("word", 9)
                    .collate_on(Dialect::Sqlite, "NOCASE")
                    .collate_on(Dialect::Postgres, "C")
                    .collate_on(Dialect::Mysql, "utf8mb4_bin")],
            );
        }),
    ]
}

fn options() -> Vec<Case> {
    vec![
        case("create_table: comments", nothing, |op| {
            op.create_table("users", [text("email").comment("where it's sent")]).comment("who may sign in");
        }),
        case("create_table: if_not_exists", users, |op| {
            op.create_table("users", [text("email")]).if_not_exists();
        }),
        case("create_table: options", nothing, |op| {
            op.create_table(
                "facts",
                [text("key").not_null().primary_key().type_on(Dialect::Mysql, Type::Varchar(20))],
            )
            .option(Dialect::Sqlite, "STRICT")
            .option(Dialect::Sqlite, "WITHOUT ROWID")
            .option(Dialect::Postgres, "WITH (fillfactor = 70)")
            .option(Dialect::Mysql, "ENGINE = InnoDB");
        }),
        case("create_table: in a schema", attached, |op| {
            for dialect in Dialect::ALL {
                op.only_for(dialect, |op| {
                    op.create_table(
                        (schema(dialect), "carts"),
                        [integer("id").primary_key(), string("name", 9)],
                    )
                    .with(index(["name"]));
                });
            }
        }),
    ]
}

fn others() -> Vec<Case> {
    vec![
        case("drop_table", users, |op| {
            op.drop_table("users");
        }),
        case("drop_table: if_exists", nothing, |op| {
            op.drop_table("users").if_exists();
        }),
        case("rename_table", users, |op| {
            op.rename_table("users", "people");
        }),
        case("create_table_comment", users, |op| {
            op.create_table_comment("users", "a \\ and a 'quote'");
        }),
        case("drop_table_comment", commented, |op| {
            op.drop_table_comment("users");
        }),
    ]
}

fn schema(dialect: Dialect) -> &'static str {
    // The tests put the name of the database in the place of MySQL's.
    dialect.select("main", "shop", "SCHEMA")
}

fn attached(op: &mut Operations) {
    op.execute_for(Dialect::Postgres, "CREATE SCHEMA shop");
}

fn commented(op: &mut Operations) {
    users(op);
    for dialect in [Dialect::Postgres, Dialect::Mysql] {
        op.only_for(dialect, |op| {
            op.create_table_comment("users", "who may sign in");
        });
    }
}
