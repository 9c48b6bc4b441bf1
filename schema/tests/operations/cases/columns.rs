use super::{Case, bare, case, users};
use servicekit::revision::*;

pub(super) fn cases() -> Vec<Case> {
    [adding(), altering(), counting(), dropping()].concat()
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

const COLLATIONS: [(Dialect, &str); 3] =
    [(Dialect::Sqlite, "NOCASE"), (Dialect::Postgres, "C"), (Dialect::Mysql, "utf8mb4_bin")];

/// Collations, numbers and times that the database sets.
fn counting() -> Vec<Case> {
    vec![
        case("alter_column: set_collation", users, |op| {
            for (dialect, name) in COLLATIONS {
                op.only_for(dialect, |op| {
                    op.alter_column("users", "email").set_collation(name).existing(string("email", 40));
                });
            }
        }),
        case("alter_column: set_collation and set_type", users, |op| {
            op.only_for(Dialect::Postgres, |op| {
                op.alter_column("users", "email").set_type(Type::Text).set_collation("C");
            });
        }),
        case("alter_column: drop_collation", collated, |op| {
            for (dialect, name) in COLLATIONS {
                op.only_for(dialect, |op| {
                    let existing = string("title", 40).not_null().collate(name);
                    op.alter_column("books", "title").drop_collation().existing(existing);
                });
            }
        }),
        case("alter_column: set_autoincrement", books, |op| {
            op.alter_column("books", "id").set_autoincrement().existing(integer("id").not_null());
        }),
        case("alter_column: set_autoincrement of what was null", books, |op| {
            op.only_for(Dialect::Postgres, |op| {
                let existing = big_integer("number");
                op.alter_column("books", "number").set_not_null().set_autoincrement().existing(existing);
            });
        }),
        case("alter_column: set_identity_always", books, |op| {
            op.alter_column("books", "id")
                .set_identity_always()
                .sequence(sequence().start(1000).increment(10))
                .existing(integer("id").not_null());
        })
        .asking("SELECT nextval(pg_get_serial_sequence('books', 'id'))"),
        case("alter_column: set_autoincrement that counts down", books, |op| {
            op.alter_column("books", "id")
                .set_autoincrement()
                .sequence(sequence().increment(-1))
                .existing(integer("id").not_null());
        }),
        case("alter_column: set_identity_always instead of set_autoincrement", counted, |op| {
            let existing = integer("id").not_null().autoincrement();
            op.alter_column("books", "id").set_identity_always().existing(existing);
        }),
        case("alter_column: drop_identity", counted, |op| {
            let existing = integer("id").not_null().autoincrement();
            op.alter_column("books", "id").drop_identity().existing(existing);
        }),
        case("alter_column: set_autoincrement of a serial", numbered, |op| {
            on_postgres(op, |op| {
                op.alter_column("books", "id")
                    .set_autoincrement()
                    .existing(custom("id", "serial").not_null());
            });
        }),
        case("alter_column: set_identity_always of a serial, with other numbers", numbered, |op| {
            on_postgres(op, |op| {
                op.alter_column("books", "id")
                    .set_type(Type::BigInteger)
                    .set_identity_always()
                    .sequence(sequence().start(1000))
                    .existing(custom("id", "serial").not_null());
            });
        }),
        case("alter_column: drop_identity of a serial", numbered, |op| {
            on_postgres(op, |op| {
                op.alter_column("books", "id").drop_identity().existing(custom("id", "serial").not_null());
            });
        }),
        case("alter_column: set_type, from a serial to a larger one", numbered, |op| {
            on_postgres(op, |op| {
                let existing = custom("id", "serial").not_null();
                op.alter_column("books", "id").set_type(Type::custom("bigserial")).existing(existing);
            });
        }),
        case("alter_column: set_type to a serial", books, |op| {
            on_postgres(op, |op| {
                let existing = big_integer("number");
                op.alter_column("books", "number").set_type(Type::custom("bigserial")).existing(existing);
            });
        }),
        case("alter_column: set_type to a serial, from an identity", counted, |op| {
            on_postgres(op, |op| {
                let existing = integer("id").not_null().autoincrement();
                op.alter_column("books", "id").set_type(Type::custom("serial")).existing(existing);
            });
        }),
        case("alter_column: set_now_on_update", books, |op| {
            op.alter_column("books", "changed_at").set_now_on_update().existing(timestamp("changed_at"));
        }),
        case("alter_column: drop_now_on_update", collated, |op| {
            let existing = timestamp("changed_at").now_on_update();
            op.alter_column("books", "changed_at").drop_now_on_update().existing(existing);
        }),
    ]
}

fn book(id: Column, title: Column, changed_at: Column, op: &mut Operations) {
    let number = big_integer("number");
    op.create_table("books", [id.primary_key(), title.not_null(), number, changed_at]);
    op.bulk_insert("books", ["id", "title", "number"], [(3, "Emma", 1), (7, "Persuasion", 2)]);
}

fn books(op: &mut Operations) {
    book(integer("id"), string("title", 40), timestamp("changed_at"), op);
}

fn counted(op: &mut Operations) {
    book(integer("id").autoincrement(), string("title", 40), timestamp("changed_at"), op);
}

fn on_postgres(op: &mut Operations, record: impl FnOnce(&mut Operations)) {
    op.only_for(Dialect::Postgres, record);
}

fn numbered(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        book(custom("id", "serial"), string("title", 40), timestamp("changed_at"), op);
    });
}

fn collated(op: &mut Operations) {
    for (dialect, name) in COLLATIONS {
        let changed_at = timestamp("changed_at");
        let changed_at = if dialect == Dialect::Mysql { changed_at.now_on_update() } else { changed_at };
        op.only_for(dialect, |op| {
            book(integer("id"), string("title", 40).collate(name), changed_at, op);
        });
    }
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
