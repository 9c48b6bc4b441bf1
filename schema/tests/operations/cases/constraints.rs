use super::{Case, bare, case, nothing};
use servicekit::revision::*;

pub(super) fn cases() -> Vec<Case> {
    [creating(), foreign_keys(), dropping()].concat()
}

fn creating() -> Vec<Case> {
    vec![
        case("create_primary_key", bare, |op| {
            op.create_primary_key(by_convention(), "people", ["id"]);
        }),
        case("create_primary_key: deferrable", bare, |op| {
            op.create_primary_key("pk", "people", ["id"]).deferrable(Deferrability::Immediate);
        }),
        case("create_unique_constraint", bare, |op| {
            op.create_unique_constraint("uq", "people", ["year", "number"]);
        }),
        case("create_unique_constraint: nulls_not_distinct", bare, |op| {
            op.create_unique_constraint("uq", "people", ["year"]).nulls_not_distinct();
        }),
        case("create_unique_constraint: deferrable", bare, |op| {
            op.create_unique_constraint("uq", "people", ["year"]).deferrable(Deferrability::Deferred);
        }),
        case("create_check_constraint", bare, |op| {
            op.create_check_constraint("ck", "people", "year > 0");
        }),
        case("create_check_constraint: one_of", bare, |op| {
            op.create_check_constraint("ck", "people", one_of("year", [-1, 9_223_372_036_854_775_807]));
            op.add_column("people", text("order").one_of(["it's", "a/b", "å"]));
        }),
        case("create_check_constraint: not_valid", bare, |op| {
            op.create_check_constraint("ck", "people", "year > 0").not_valid();
        }),
        case("create_check_constraint: no_inherit", bare, |op| {
            op.create_check_constraint("ck", "people", "year > 0").no_inherit().not_valid();
        }),
        case("create_check_constraint: not_enforced", bare, |op| {
            op.create_check_constraint("ck", "people", "year > 0").not_enforced();
        }),
        case("create_unique_constraint: include", bare, |op| {
            op.create_unique_constraint("uq", "people", ["year"]).include(["number"]);
        }),
        case("create_primary_key: include", bare, |op| {
            op.create_primary_key("pk", "people", ["id"]).include(["number", "year"]);
        }),
        case("validate_constraint", unchecked, |op| {
            op.validate_constraint("ck", "people");
        }),
        case("create_exclude_constraint", ranges, |op| {
            op.create_exclude_constraint("ex", "stays", [(key("during"), "="), (key(sql("room * 1")), "=")])
                .using("btree")
                .filter("room > 0");
        }),
        case("create_exclude_constraint: one range", ranges, |op| {
            op.create_exclude_constraint(by_convention(), "stays", [("during", "&&")])
                .using("gist")
                .filter("room > 0")
                .deferrable(Deferrability::Deferred);
        }),
    ]
}

fn foreign_keys() -> Vec<Case> {
    vec![
        case("create_foreign_key", bare, |op| {
            op.create_foreign_key(by_convention(), "people", "teams", ["team"], ["id"])
                .on_delete(ForeignKeyAction::SetNull)
                .on_update(ForeignKeyAction::Cascade);
        }),
        case("create_foreign_key: set default", bare, |op| {
            op.create_foreign_key("fk", "people", "teams", ["team"], ["id"])
                .on_delete(ForeignKeyAction::SetDefault);
        }),
        case("create_foreign_key: several columns, match full", bare, |op| {
            op.create_foreign_key("fk", "people", "teams", ["year", "number"], ["year", "number"])
                .matching(ForeignKeyMatch::Full);
        }),
        case("create_foreign_key: deferrable", bare, |op| {
            op.create_foreign_key("fk", "people", "teams", ["team"], ["id"])
                .deferrable(Deferrability::Deferred);
        }),
        case("create_foreign_key: not_valid", bare, |op| {
            op.create_foreign_key("fk", "people", "teams", ["team"], ["id"]).not_valid();
        }),
        case("create_foreign_key: on_delete_columns", bare, |op| {
            op.create_foreign_key("fk", "people", "teams", ["year", "number"], ["year", "number"])
                .on_delete(ForeignKeyAction::SetNull)
                .on_delete_columns(["number"])
                .on_update(ForeignKeyAction::Cascade);
        }),
        case("create_foreign_key: not_enforced", bare, |op| {
            op.create_foreign_key("fk", "people", "teams", ["team"], ["id"]).not_enforced();
        }),
        case("create_foreign_key: a circle of new tables", nothing, |op| {
            op.create_table("teams", [integer("id").primary_key(), integer("captain")]);
            let id = integer("id").primary_key();
            op.create_table("people", [id, integer("team").references("teams", "id"), integer("mentor")]);
            op.create_foreign_key(by_convention(), "people", "people", ["mentor"], ["id"]);
            op.create_foreign_key(by_convention(), "teams", "people", ["captain"], ["id"]);
        }),
        case("add_column: a circle of new tables", nothing, |op| {
            op.create_table("teams", [integer("id").primary_key()]);
            op.create_table(
                "people",
                [integer("id").primary_key(), integer("team").references("teams", "id")],
            );
            op.batch_alter_table("teams", |batch| {
                batch.add_column(integer("captain").references("people", "id"));
            });
        }),
        case("create_table: constraints that are not valid", bare, |op| {
            op.create_table("pairs", [integer("team"), integer("size")])
                .with(foreign_key(["team"], "teams", ["id"]).not_valid())
                .with(check("size = 2").name("ck").not_valid());
        }),
        case("add_column: constraints that are not valid", bare, |op| {
            op.only_for(Dialect::Postgres, |op| {
                let mut size = integer("size");
                size.checks.push(check("size > 0").not_valid());
                op.add_column("people", size);
            });
        }),
        case("create_table: deferrable foreign key", bare, |op| {
            op.create_table("pairs", [integer("team")])
                .with(foreign_key(["team"], "teams", ["id"]).deferrable(Deferrability::Deferred));
        }),
    ]
}

fn dropping() -> Vec<Case> {
    vec![
        case("drop_primary_key", constrained, |op| {
            op.drop_primary_key("pk", "people");
        }),
        case("drop_unique_constraint", constrained, |op| {
            op.drop_unique_constraint("uq", "people");
        }),
        case("drop_check_constraint", constrained, |op| {
            op.drop_check_constraint("ck", "people");
        }),
        case("drop_foreign_key", constrained, |op| {
            op.drop_foreign_key("fk", "people");
        }),
        case("drop_exclude_constraint", excluded, |op| {
            op.drop_exclude_constraint("ex", "stays");
        }),
        case("drop_check_constraint: if_exists", bare, |op| {
            op.drop_check_constraint("ck", "people").if_exists();
        }),
    ]
}

fn unchecked(op: &mut Operations) {
    bare(op);
    op.only_for(Dialect::Postgres, |op| {
        op.create_check_constraint("ck", "people", "year > 0").not_valid();
    });
}

fn ranges(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.create_table("stays", [integer("room"), custom("during", "int4range")]);
    });
}

fn excluded(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.create_table("stays", [integer("room"), custom("during", "int4range")])
            .with(exclusion([("during", "&&")]).using("gist").name("ex"));
    });
}

fn constrained(op: &mut Operations) {
    op.create_table("teams", [integer("id").primary_key()]);
    op.create_table("people", [integer("id").not_null(), integer("team"), integer("year")])
        .with(primary_key(["id"]).name("pk"))
        .with(unique(["year"]).name("uq"))
        .with(check("year > 0").name("ck"))
        .with(foreign_key(["team"], "teams", ["id"]).name("fk"));
}
