use super::{Case, bare, case, users};
use servicekit::revision::*;

pub(super) fn cases() -> Vec<Case> {
    [adding(), altering(), dropping()].concat()
}

fn adding() -> Vec<Case> {
    vec![
        case("add_column", users, |op| {
            op.add_column("users", string("country", 2).not_null().default("NO").comment("ISO 3166"));
        }),
        case("add_column: check, foreign key, index", bare, |op| {
            op.add_column(
                "people",
                integer("captain_of").check("captain_of > 0").references("teams", "id").indexed(),
            );
        }),
        case("add_column: unique", users, |op| {
            op.add_column("users", string("nick", 20).unique());
        }),
        case("add_column: default that is an expression", users, |op| {
            op.add_column("users", timestamp_tz("seen_at").not_null().default(now()));
        }),
        case("add_column: stored generated", users, |op| {
            op.add_column("users", integer("age_in_days").generated("age * 365"));
        }),
        case("add_column: virtual generated", users, |op| {
            op.add_column("users", integer("age_in_days").generated_virtual("age * 365"));
        }),
        case("add_column: stored generated and not null", users, |op| {
            op.add_column("users", integer("age_in_days").generated("coalesce(age, 1) * 365").not_null());
        }),
        case(
            "add_column: autoincrement",
            |op| drop(op.create_table("t", [text("x")])),
            |op| {
                op.add_column("t", integer("id").primary_key().autoincrement());
            },
        ),
        case("add_column: if_not_exists", users, |op| {
            op.add_column("users", string("email", 9)).if_not_exists();
        }),
    ]
}

fn altering() -> Vec<Case> {
    vec![
        case("alter_column: set_not_null", users, |op| {
            op.alter_column("users", "email").set_not_null().existing(string("email", 40));
        }),
        case("alter_column: set_not_null, nothing known", users, |op| {
            op.alter_column("users", "email").set_not_null();
        }),
        case("alter_column: drop_not_null", users, |op| {
            op.alter_column("users", "name").drop_not_null().existing(string("name", 40).not_null());
        }),
        case("alter_column: set_type", users, |op| {
            op.alter_column("users", "name").set_type(Type::Text).existing(string("name", 40).not_null());
        }),
        case("alter_column: set_type with an expression", users, |op| {
            op.alter_column("users", "email").set_type(Type::Integer).using("length(email)");
        }),
        case("alter_column: set_type and set_default", users, |op| {
            op.alter_column("users", "age")
                .set_type(Type::Varchar(9))
                .set_default("none")
                .existing(integer("age"));
        }),
        case("alter_column: set_default", users, |op| {
            op.alter_column("users", "age").set_default(18);
        }),
        case("alter_column: set_default, expression", users, |op| {
            op.alter_column("users", "name").set_default(sql("lower('X')"));
        }),
        case("alter_column: drop_default", with_default, |op| {
            op.alter_column("users", "age").drop_default();
        }),
        case("alter_column: set_comment", users, |op| {
            op.alter_column("users", "age").set_comment("in years").existing(integer("age"));
        }),
        case("alter_column: drop_comment", with_default, |op| {
            op.alter_column("users", "age").drop_comment().existing(integer("age").default(7).comment("x"));
        }),
        case("alter_column: rename_to", users, |op| {
            op.alter_column("users", "age").rename_to("years");
        }),
        case("alter_column: everything", users, |op| {
            op.alter_column("users", "age")
                .rename_to("years")
                .set_type(Type::BigInteger)
                .set_not_null()
                .set_default(0)
                .set_comment("in years")
                .existing(integer("age"));
        }),
        case("rename_column", users, |op| {
            op.rename_column("users", "name", "full_name");
        }),
    ]
}

fn dropping() -> Vec<Case> {
    vec![
        case("drop_column", users, |op| {
            op.drop_column("users", "age");
        }),
        case("drop_column: with what is known of it", captains, |op| {
            op.drop_column("people", "captain_of").existing(captain());
        }),
        case("drop_column: if_exists", users, |op| {
            op.drop_column("users", "height").if_exists();
        }),
    ]
}

fn captain() -> Column {
    integer("captain_of").check("captain_of > 0").references("teams", "id").indexed()
}

fn captains(op: &mut Operations) {
    bare(op);
    op.add_column("people", captain());
}

fn with_default(op: &mut Operations) {
    op.create_table("users", [integer("id").primary_key(), integer("age").default(7).comment("x")]);
}
