//! drop posts
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // loses data: table posts
    op.drop_table("posts").existing(
        Table::new("posts", [integer("id").not_null(), integer("author")])
            .with(primary_key(["id"]).name("pk_posts"))
            .with(foreign_key(["author"], "users", ["id"]).name("fk_author")),
    );
}

pub fn downgrade(op: &mut Operations) {
    // comes back empty: table posts
    op.reverse_of(upgrade);
}
