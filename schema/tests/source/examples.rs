//! What the cases of operations do not have: parts that only fields set, batches, odd texts and values.

use servicekit::Operations;
use servicekit::operation::{AddColumn, AddConstraint, Recreate};
use servicekit::revision::*;
use servicekit::table::{Remainder, Value};

type Record = fn(&mut Operations);

pub(crate) fn all() -> Vec<(&'static str, Record)> {
    vec![
        ("example: short forms", short_forms),
        ("example: no short forms", no_short_forms),
        ("example: keys of several columns", several_columns),
        ("example: columns with more than they can say", fields),
        ("example: added columns with more than they can say", added),
        ("example: what there is no word for", remainders),
        ("example: a batch", batch),
        ("example: an empty batch", |op| op.batch_alter_table("t", |_| {})),
        ("example: by themselves", by_themselves),
        ("example: an enum of several columns", enums),
        ("example: names", names),
        ("example: texts", texts),
        ("example: values", values),
        ("example: rows", rows),
        ("example: a long table", long),
        ("example: nothing", |_| {}),
    ]
}

fn short_forms(op: &mut Operations) {
    op.create_table(
        "orders",
        [ulid("id").not_null(), ulid("user_id").not_null(), integer("age"), string("email", 254)],
    )
    .with(primary_key(["id"]))
    .with(foreign_key(["user_id"], "users", ["id"]).on_delete(ForeignKeyAction::Cascade))
    .with(check("age > 0").name("ck_orders_age_1"))
    .with(check("age < 200").name("ck_orders_age_2"))
    .with(unique(["email"]))
    .with(check("age <> 7"))
    .with(check(one_of("email", ["a@b"])))
    .with(index(["age", "email"]))
    .with(index(["user_id"]));
    op.create_index("ix_orders_age", "orders", ["age"]);
    op.create_unique_constraint("uq_orders_age", "orders", ["age"]);
}

fn no_short_forms(op: &mut Operations) {
    op.create_table("t", [integer("id"), integer("a"), integer("a_1"), integer("b").not_null()])
        .with(unique(["b"]))
        .with(primary_key(["id"]))
        .with(unique(["a"]).name("other"))
        .with(check("a > 1").name("ck_t_a_1"))
        .with(check("a > 2").name("ck_t_a"))
        .with(check("a > 3").name("ck_t_2"))
        .with(foreign_key(["a"], "u", ["id"]).deferrable(Deferrability::Deferred))
        .with(foreign_key(["a"], "u", ["id"]).name("fk"))
        .with(index(["b"]))
        .with(index(["a"]).unique());
}

fn several_columns(op: &mut Operations) {
    op.create_table("stars", [ulid("user_id").not_null(), ulid("item_id").not_null()])
        .with(primary_key(["user_id", "item_id"]));
    op.create_table("backwards", [ulid("user_id").not_null(), ulid("item_id").not_null().unique()])
        .with(primary_key(["item_id", "user_id"]));
    op.create_table(
        "by_columns",
        [ulid("user_id").primary_key(), ulid("item_id").primary_key().references("items", "id")],
    );
}

fn fields(op: &mut Operations) {
    let mut existing = integer("size").on_delete(ForeignKeyAction::SetNull);
    existing.checks.push(check("size > 0").name("positive"));
    existing.primary_key = true;
    let mut key = integer("owner");
    key.references = Some(foreign_key(["owner"], ("shop", "users"), ["id"]).name("fk").not_valid());
    op.drop_table("boxes").existing(
        Table::new("boxes", [existing, key])
            .with(unique(["size"]).name("uq_boxes_size"))
            .comment("all of them")
            .remainder(Remainder::new(
                Dialect::Postgres,
                "storage",
                "ALTER TABLE boxes SET (fillfactor = 70)",
            )),
    );
}

fn added(op: &mut Operations) {
    let mut add = AddColumn::new("boxes", integer("size"));
    add.constraints.push(unique(["size", "owner"]).into());
    add.indexes.push(index(["owner"]));
    add.if_not_exists = true;
    op.push(add);
    let listed = integer("size").check("size > 0").one_of([1, 70_000]).check(one_of("owner", ["it's"]));
    let mut add = AddColumn::new("boxes", listed);
    add.column.checks.push(check("size <> 7").name("not_seven"));
    op.push(add);
    op.push(AddConstraint::new("boxes", check("size > 1")));
    op.drop_column("boxes", "size")
        .if_exists()
        .existing(integer("size").unique().indexed().references("sizes", "id"));
}

fn remainders(op: &mut Operations) {
    let table = Table::new("notes", [integer("id").primary_key(), text("body")])
        .remainder(Remainder::new(
            Dialect::Postgres,
            "row level security",
            "ALTER TABLE \"notes\" ENABLE ROW LEVEL SECURITY",
        ))
        .remainder(Remainder::new(
            Dialect::Mysql,
            "two\nlines \"quoted\"",
            "ALTER TABLE notes\n  COMMENT = 'x'",
        ));
    op.create_table_from(table.clone());
    op.only_for(Dialect::Postgres, |op| drop(op.create_table_from(table)));
}

fn batch(op: &mut Operations) {
    op.batch_alter_table(("shop", "users"), |batch| {
        batch.recreate(Recreate::Always);
        batch.add_column(string("nickname", 30).unique());
        batch.alter_column("email").set_not_null().existing(string("email", 254));
        batch.drop_column("age").existing(integer("age").check("age >= 0"));
        batch.rename_column("a", "b");
        batch.create_index("ix", [key("a").desc()]).unique();
        batch.drop_index("ix_a");
        batch.create_primary_key(by_convention(), ["id"]);
        batch.create_unique_constraint("uq", ["email"]);
        batch.create_check_constraint("has_at", "email LIKE '%@%'").not_valid();
        batch
            .create_foreign_key(by_convention(), "teams", ["team"], ["id"])
            .on_delete(ForeignKeyAction::SetNull)
            .on_update(ForeignKeyAction::Cascade)
            .deferrable(Deferrability::Immediate);
        batch.drop_foreign_key("fk").existing(foreign_key(["a"], "b", ["c"]));
        batch.drop_unique_constraint("uq_a");
        batch.drop_check_constraint("ck_a");
        batch.drop_primary_key("pk");
        batch.create_exclude_constraint("x", [("a", "=")]);
        batch.drop_exclude_constraint("x_a").if_exists();
        batch.create_table_comment("who may sign in").existing("who");
        batch.drop_table_comment();
        batch.push(AddConstraint::new(("shop", "users"), check("age > 1")));
        let mut add = AddColumn::new(("shop", "users"), integer("size"));
        add.constraints.push(unique(["size", "age"]).into());
        batch.push(add);
    });
    op.batch_alter_table("t", |batch| {
        batch.recreate(Recreate::Never).rename_column("a", "b");
    });
}

fn by_themselves(op: &mut Operations) {
    op.execute("SELECT 1");
    op.autocommit(|op| {
        op.execute_for(Dialect::Postgres, "ALTER TYPE mood ADD VALUE 'calm'");
        op.execute("SELECT 2").bind("a", "b").reversed_by("SELECT 3");
        op.only_for(Dialect::Mysql, |op| {
            op.execute("SELECT 4");
            op.execute("SELECT :five").bind("five", 5);
        });
    });
    op.only_for(Dialect::Sqlite, |op| drop(op.execute("SELECT 6").reversed_by("SELECT 7")));
}

fn enums(op: &mut Operations) {
    let odd = || enum_type(("shop", "Text"), ["it's", "\"", "é"]);
    let other = || enum_type("text", [""]);
    op.create_enum(odd());
    op.create_enum(other());
    op.create_enum(enum_type("once", [] as [&str; 0]));
    op.create_table(
        "moods",
        [
            enumeration("one", odd()).default("é"),
            array("several", odd().into()),
            Column::new("two", Type::Enum(other()).array()).type_on(Dialect::Mysql, Type::Json),
        ],
    );
    op.alter_column("moods", "one").set_type(Type::from(other())).existing(enumeration("one", odd()));
    op.add_enum_value(odd(), "x").after("é").used_by("moods", enumeration("one", odd()));
}

fn names(op: &mut Operations) {
    op.create_table(
        ("sch.ema", "select"),
        [
            integer("a.b").primary_key(),
            text("\"quoted\""),
            text("with space 🦀"),
            text("back\\slash"),
            text("it's"),
        ],
    )
    .with(unique(["a.b", "\"quoted\""]))
    .with(index([sql("lower(\"quoted\")")]).name("ix \u{202e} hidden"))
    .with(exclusion([(key("a.b"), "="), (key(sql("1")).nulls(Nulls::First), "&&")]));
    op.rename_table(("sch.ema", "select"), "from");
    op.create_exclude_constraint("x", "t", [] as [(&str, &str); 0]);
    op.create_index(by_convention(), "t", [] as [&str; 0]);
}

fn texts(op: &mut Operations) {
    op.execute("SELECT 'one line'");
    op.execute("SELECT \"a\"\nFROM 'b'\n");
    op.execute("SELECT \"#\" \"## \\");
    op.execute("tab\tand\r\nreturn\0\u{7f}\u{200b}");
    op.execute(
        "INSERT INTO a_table_with_a_long_name (first_column, second_column, third_column)  VALUES ('one', 'two', \"three\")",
    );
    op.execute("'unbreakable_".to_owned() + &"x".repeat(150) + "'");
    op.create_table_comment("t", "{} {name} %s \\u{1}");
}

fn values(op: &mut Operations) {
    let update = op
        .update("t")
        .set("a", true)
        .set("b", i32::MIN)
        .set("c", i64::MAX)
        .set("d", u64::MAX)
        .set("e", -0.0)
        .set("f", f64::INFINITY)
        .set("g", 1e300)
        .set("h", f32::MIN_POSITIVE)
        .set("i", b"\x00\"\\\xff")
        .set("j", b"")
        .set("k", now())
        .set("l", sql("a + 1"))
        .set("m", None::<&str>)
        .set("n", Value::Integer(i128::MIN));
    drop(update.set("o", f64::NAN).filter("a = :a").bind("a", 'x'));
}

fn rows(op: &mut Operations) {
    op.bulk_insert("t", ["a", "b"], [(Some(1), None), (None, Some("x"))]);
    op.bulk_insert("t", ["a", "b"], [(Value::Null, Value::Null)]);
    op.bulk_insert(
        "t",
        ["a", "b"],
        [(Value::from(1), b"x".as_slice()), (Value::from("1"), b"yy".as_slice())],
    );
    op.bulk_insert("t", ["a"], [[4_294_967_296_i64], [1]]);
    op.bulk_insert("t", ["a"], [[Value::Integer(i128::MAX)], [Value::from(-1)], [Value::Null], [now()]]);
    op.bulk_insert("t", ["a"], [vec![Value::from(1)], vec![]]);
    let wide: Vec<String> = (0..17).map(|at| format!("c{at}")).collect();
    op.bulk_insert("t", &wide, [vec![1; 17]]);
    op.bulk_insert("t", [] as [&str; 0], [[] as [i32; 0]]);
}

fn long(op: &mut Operations) {
    op.create_table(
        "a_table_with_a_name",
        [
            big_integer("id")
                .primary_key()
                .autoincrement()
                .sequence(sequence().start(1000).increment(-10).cycle()),
            ulid("a_column_with_a_long_name")
                .not_null()
                .references(("another_schema", "another_table_with_a_name"), "id")
                .on_delete(ForeignKeyAction::Cascade)
                .on_update(ForeignKeyAction::Restrict),
            custom("c", "tsvector")
                .collate("C")
                .comment("for the search")
                .option(Dialect::Mysql, "INVISIBLE"),
            integer("size").default(70_000).check(
                "a_condition_that_is_long_enough > 1 AND another_condition_that_is_long < 2 OR a_third_one",
            ),
        ],
    )
    .with(
        foreign_key(["first_column", "second_column"], "another_table", ["first_column", "second_column"])
            .matching(ForeignKeyMatch::Full)
            .deferrable(Deferrability::Immediate)
            .on_delete(ForeignKeyAction::SetDefault),
    )
    .option(Dialect::Sqlite, "STRICT")
    .if_not_exists();
}
