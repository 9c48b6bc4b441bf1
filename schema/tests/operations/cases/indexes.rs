use super::{Case, case, users};
use servicekit::revision::*;

pub(super) fn cases() -> Vec<Case> {
    [keys(), options(), others()].concat()
}

fn keys() -> Vec<Case> {
    vec![
        case("create_index", users, |op| {
            op.create_index("ix_users_name", "users", ["name"]);
        }),
        case("create_index: named by convention", users, |op| {
            op.create_index(by_convention(), "users", ["name", "email"]);
        }),
        case("create_index: unique", users, |op| {
            op.create_index("ix_users_email", "users", ["email"]).unique();
        }),
        case("create_index: order", users, |op| {
            op.create_index("ix", "users", [key("name").asc(), key("age").desc()]);
        }),
        case("create_index: order of nulls", users, |op| {
            op.create_index("ix", "users", [key("age").desc().nulls(Nulls::Last)]);
        }),
        case("create_index: expression", users, |op| {
            op.create_index("ix", "users", [key(sql("lower(name)")), key("age")]);
        }),
        case("create_index: collation", users, |op| {
            op.only_for(Dialect::Sqlite, |op| {
                op.create_index("ix", "users", [key("name").collate("NOCASE")]);
            });
            op.only_for(Dialect::Postgres, |op| {
                op.create_index("ix", "users", [key("name").collate("C")]);
            });
            op.only_for(Dialect::Mysql, |op| {
                op.create_index("ix", "users", [key("name").collate("utf8mb4_bin")]);
            });
        }),
        case("create_index: operator class", users, |op| {
            op.create_index("ix", "users", [key("name").operator_class("varchar_pattern_ops")]);
        }),
        case("create_index: length for MySQL", users, |op| {
            op.create_index("ix", "users", [key("name").mysql_length(10)]);
        }),
    ]
}

fn options() -> Vec<Case> {
    vec![
        case("create_index: filter", users, |op| {
            op.create_index("ix", "users", ["name"]).filter("age IS NOT NULL");
        }),
        case("create_index: using", users, |op| {
            op.create_index("ix", "users", ["name"]).using("btree");
        }),
        case("create_index: using what only PostgreSQL has", users, |op| {
            op.create_index("ix", "users", ["name"]).using("spgist");
        }),
        case("create_index: include", users, |op| {
            op.create_index("ix", "users", ["name"]).include(["age", "email"]);
        }),
        case("create_index: nulls_not_distinct", users, |op| {
            op.create_index("ix", "users", ["email"]).unique().nulls_not_distinct();
        }),
        case("create_index: option", users, |op| {
            op.create_index("ix", "users", ["email"]).option("fillfactor", "70").filter("age > 1");
        }),
        case("create_index: comment", users, |op| {
            op.create_index("ix", "users", ["email"]).comment("it's for the sign-in");
        }),
        case("create_index: concurrently", users, |op| {
            op.create_index("ix", "users", ["email"]).concurrently();
        }),
        case("create_index: if_not_exists", indexed, |op| {
            op.create_index("ix", "users", ["email"]).if_not_exists();
        }),
    ]
}

fn others() -> Vec<Case> {
    vec![
        case("drop_index", indexed, |op| {
            op.drop_index("ix", "users");
        }),
        case("drop_index: concurrently", indexed, |op| {
            op.drop_index("ix", "users").concurrently();
        }),
        case("drop_index: if_exists", users, |op| {
            op.drop_index("ix", "users").if_exists();
        }),
        case("rename_index", indexed, |op| {
            op.rename_index("ix", "users", "ix_users_name");
        }),
    ]
}

fn indexed(op: &mut Operations) {
    users(op);
    op.create_index("ix", "users", ["name"]);
}
