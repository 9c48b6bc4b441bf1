//! create a and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.create_table("a", [integer("id").primary_key(), integer("o")]).with(index(["o"]).name("fk_a"));

    op.create_table("b", [integer("id").primary_key(), integer("o")])
        .with(foreign_key(["o"], "a", ["id"]).name("fk_b"))
        .with(index(["o"]).name("fk_b"));

    op.create_foreign_key("fk_a", "a", "b", ["o"], ["id"]);
}

pub fn downgrade(op: &mut Operations) {
    op.drop_foreign_key("fk_a", "a").existing(foreign_key(["o"], "b", ["id"]).name("fk_a"));

    // loses data: table b
    op.drop_table("b").existing(
        Table::new("b", [integer("id").not_null(), integer("o")])
            .with(primary_key(["id"]))
            .with(foreign_key(["o"], "a", ["id"]).name("fk_b"))
            .with(index(["o"]).name("fk_b")),
    );

    // loses data: table a
    op.drop_table("a").existing(
        Table::new("a", [integer("id").not_null(), integer("o")])
            .with(primary_key(["id"]))
            .with(foreign_key(["o"], "b", ["id"]).name("fk_a"))
            .with(index(["o"]).name("fk_a")),
    );
}
